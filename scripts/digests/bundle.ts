/**
 * Makes one plain module of an entry and all that it imports, for engines that load no TypeScript.
 *
 * Syntax is lowered to what SpiderMonkey 102 reads; functions that it lacks are not made up for.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { PROJECT_ROOT } from '../project/files.ts';

/** Writes the bundle of scripts/digests/`entry`.ts under .cache and returns where it lies. */
export async function bundle(entry: string): Promise<string> {
  const built = await build({
    root: PROJECT_ROOT,
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: {
        entry: join(PROJECT_ROOT, 'scripts', 'digests', `${entry}.ts`),
        formats: ['es'],
        fileName: entry,
      },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  const chunks = outputs.flatMap((one) => ('output' in one ? one.output : []));
  const [chunk, ...more] = chunks;
  if (chunk?.type !== 'chunk' || more.length > 0 || chunk.imports.length > 0) {
    throw new Error(`expected one module without imports of ${entry}, got ${chunks.length} files`);
  }
  const directory = join(PROJECT_ROOT, '.cache', 'digests');
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${entry}.mjs`);
  writeFileSync(path, chunk.code);
  return path;
}
