/**
 * Lets the page be used without a network, once its first run is shown and nothing else is to do.
 *
 * Not while developing, and not in a frame: whoever embeds the page did not ask to keep it. A
 * browser that refuses (a private window, a full disk) just stays without.
 */
const AGAIN_MS = 500;

const isFramed = window.top !== window || new URLSearchParams(location.search).has('embed');

const register = (): void => {
  navigator.serviceWorker.register('./service-worker.js').catch(() => undefined);
};

/** Files that are kept for later must not come before those that the first run needs. */
const registerOnceShown = (): void => {
  if (document.querySelector('main:not([data-phase=running])') === null) {
    setTimeout(registerOnceShown, AGAIN_MS);
  } else if ('requestIdleCallback' in window) requestIdleCallback(register);
  else setTimeout(register, AGAIN_MS);
};

if (import.meta.env.PROD && 'serviceWorker' in navigator && !isFramed) {
  window.addEventListener('load', registerOnceShown);
}

export {};
