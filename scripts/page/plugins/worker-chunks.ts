/**
 * Builds the workers as chunks of the page's own build, so that page and workers share their code.
 *
 * Vite bundles every worker on its own, which ships the core once for the page and once more for
 * each worker. Invariant: only `new URL('./x-worker.ts', import.meta.url)` inside a `*-client.ts`,
 * or inside a `*-worker.ts` that starts others, is rewritten. Known limit: a worker must not import
 * dynamically, since the helper that Vite adds for that belongs to a page.
 */
import { basename, dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';

const STARTER = /\/web\/(?:workers|live)\/[\w-]+-(?:client|worker)\.ts$/;
const WORKER_URL = /new URL\(\s*'(\.\/[\w-]+-worker\.ts)',\s*import\.meta\.url,?\s*\)/g;

export const workerChunks: Plugin = {
  name: 'worker-chunks',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    const [file = ''] = id.split('?');
    if (!STARTER.test(file)) return undefined;
    const rewritten = code.replace(WORKER_URL, (_, path: string) => {
      const chunk = { id: resolve(dirname(file), path), name: basename(path, '.ts') };
      return `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'chunk', ...chunk })}`;
    });
    return rewritten === code ? undefined : { code: rewritten, map: null };
  },
};
