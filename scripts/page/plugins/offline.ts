/**
 * Builds the service worker as a file of a fixed name, and tells it which files make up the page.
 *
 * A worker keeps its name for ever, or browsers would go on asking for the old one; its content
 * changes with every version, which is how they notice. Invariant: the list holds every file that
 * the page may ask for, and none that a host keeps to itself.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';

const SOURCE = join(import.meta.dirname, '..', '..', '..', 'web', 'offline', 'service-worker.ts');
const NAME = 'service-worker.js';
/** The page itself is asked for by its folder; hosts keep `_headers`; maps are for developers. */
const NOT_KEPT = /^(index\.html|_headers|service-worker\.js)$|\.map$/;

/** Name and content of every file that is copied as it is. */
function publicFiles(directory: string): readonly (readonly [string, Uint8Array])[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(directory, path).split(sep).join('/'), readFileSync(path)] as const);
}

export const offline: Plugin = {
  name: 'offline',
  apply: 'build',
  buildStart() {
    this.emitFile({ type: 'chunk', id: SOURCE, fileName: NAME });
  },
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const worker = bundle[NAME];
      if (worker?.type !== 'chunk') throw new Error(`expected ${NAME} among the chunks`);
      if (worker.imports.length + worker.dynamicImports.length > 0) {
        throw new Error(`expected ${NAME} to import nothing, got ${worker.imports.join(', ')}`);
      }
      const copied = publicFiles(this.environment.config.publicDir);
      const kept = [...Object.keys(bundle), ...copied.map(([name]) => name)]
        .filter((name) => !NOT_KEPT.test(name))
        .sort();
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('expected index.html among the assets');
      const version = createHash('sha256').update(kept.join()).update(page.source);
      for (const [, content] of copied) version.update(content);
      const values = { KEPT_FILES: kept, PAGE_VERSION: version.digest('hex').slice(0, 16) };
      for (const [name, value] of Object.entries(values)) {
        if (!worker.code.includes(name)) throw new Error(`expected ${NAME} to ask for ${name}`);
        worker.code = worker.code.replaceAll(name, () => JSON.stringify(value));
      }
    },
  },
};
