/** Types of what the bundler provides: components, and files by their address. */
/// <reference types="svelte" />
/// <reference types="vite/client" />
