/** What makes a process or a thread of Node read TypeScript, in whatever folder it is started. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Options of Node that go before the module: a bare `tsx` would be looked for where it starts. */
export const READS_TYPESCRIPT: readonly string[] = ['--import', LOADER];
