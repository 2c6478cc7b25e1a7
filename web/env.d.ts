/** Types of what the bundler provides: components, and files by their address. */
/// <reference types="svelte" />
/// <reference types="vite/client" />

/** What the gallery's cards say; the build reads it off the core. */
declare module 'virtual:gallery-cards' {
  export const CARDS: unknown;
}
