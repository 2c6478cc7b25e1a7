/**
 * Keeps the page for when there is no network, and never gives an old page for a new one.
 *
 * The page itself always comes from the network when that can be reached; only its hashed files,
 * whose names change with their content, come from the cache first. A version is kept whole or not
 * at all. The version before stays too, for tabs that still run it. Known limit: a network that
 * neither answers nor fails is waited for, as without a service worker.
 */
declare const self: ServiceWorkerGlobalScope;
/** Every file of this version but the page, relative to it; the build fills it in. */
declare const KEPT_FILES: readonly string[];
declare const PAGE_VERSION: string;

const PAGE = self.registration.scope;
/** Other pages of the same origin have caches too. */
const OURS = `interlock ${PAGE} `;
const PRESENT = OURS + PAGE_VERSION;
const HASHED = 'assets/';
const files = KEPT_FILES;
const urls = new Set(files.map((file) => PAGE + file));

/** Asks the server whether the copy in the browser's own cache is still good. */
const fresh = (request: RequestInfo): Promise<Response> => fetch(request, { cache: 'no-cache' });

async function keep(): Promise<void> {
  const page = await fresh(PAGE);
  if (!page.ok || page.redirected) throw new Error(`expected the page, got ${page.status}`);
  const text = await page.clone().text();
  for (const [file] of text.matchAll(/assets\/[\w.-]+/g)) {
    // A later version was put there in between; its own worker keeps it.
    if (!files.includes(file)) throw new Error(`${file} is of another version`);
  }
  const cache = await caches.open(PRESENT);
  const requests = files.map(
    (file) => new Request(PAGE + file, { cache: file.startsWith(HASHED) ? 'default' : 'no-cache' }),
  );
  await cache.addAll(requests);
  await cache.put(PAGE, page);
  await self.skipWaiting();
}

/** Caches are listed in the order of their making. */
async function tidy(): Promise<void> {
  const earlier = (await caches.keys()).filter((key) => key.startsWith(OURS) && key !== PRESENT);
  await Promise.all(earlier.slice(0, -1).map((key) => caches.delete(key)));
}

async function networkFirst(request: Request, kept: string): Promise<Response> {
  try {
    return await fresh(request);
  } catch (cause) {
    const response = await caches.match(kept, { cacheName: PRESENT });
    if (response === undefined) throw cause;
    return response;
  }
}

async function cacheFirst(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(tidy()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = request.url.replace(/[?#].*$/s, '');
  if (request.method !== 'GET') return;
  if (url === PAGE || url === `${PAGE}index.html`) {
    event.respondWith(networkFirst(request, PAGE));
  } else if (url.startsWith(PAGE + HASHED)) event.respondWith(cacheFirst(request));
  else if (urls.has(url)) event.respondWith(networkFirst(request, url));
});

export {};
