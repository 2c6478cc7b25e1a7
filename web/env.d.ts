/** Types of what the bundler provides: components, and files by their address. */
/// <reference types="svelte" />
/// <reference types="vite/client" />

/** What the gallery's cards say; the build reads it off the core. */
declare module 'virtual:gallery-cards' {
  export const CARDS: unknown;
}

/** The worker in which the code of a lock runs, built apart, as one text. */
declare module 'virtual:lock-sandbox' {
  export const SANDBOX: string;
}

/** The npm libraries that come with the page, lowered, and with their versions. */
declare module 'virtual:lock-libraries' {
  export const LIBRARIES: unknown;
}

/** The versions of those libraries, by name. */
declare module 'virtual:lock-versions' {
  export const VERSIONS: Readonly<Record<string, string>>;
}
