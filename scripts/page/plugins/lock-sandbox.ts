/**
 * Gives the page the worker for a lock's code as one text, built apart from everything else.
 *
 * It is started from a blob in a frame without an origin, where no file of the page can be loaded;
 * so it shares no chunk, and the page loads the text when a lock is first explored.
 */
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { PROJECT_ROOT } from '../../project/files.ts';

const PUBLIC_ID = 'virtual:lock-sandbox';
const RESOLVED_ID = `\0${PUBLIC_ID}`;
const ENTRY = join(PROJECT_ROOT, 'web', 'own-lock', 'sandbox', 'main.ts');

/** `pure`: modules that only declare, as in the page's own build. */
export const lockSandbox = (pure: RegExp): Plugin => ({
  name: 'lock-sandbox',
  resolveId: (id) => (id === PUBLIC_ID ? RESOLVED_ID : undefined),
  load: async (id) =>
    id === RESOLVED_ID
      ? `export const SANDBOX = ${JSON.stringify(await sandboxText(pure))};`
      : undefined,
});

async function sandboxText(pure: RegExp): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2023',
      minify: true,
      lib: { entry: ENTRY, formats: ['iife'], name: 'lockSandbox' },
      rolldownOptions: { treeshake: { moduleSideEffects: (id) => !pure.test(id) } },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('expected one script of the lock sandbox');
  return chunk.code;
}
