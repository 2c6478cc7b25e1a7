/**
 * `npm start`, once the page is built: serves dist/ on this machine alone until Ctrl-C.
 *
 * `--port N` asks for one port (0: any that is free) and fails if it is taken; without it the next
 * free one is used and said. `--dir` serves another build, `--base /path/` stands it in a folder.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startPageServer } from './server.ts';

/** Where the command line's links point unless it is told otherwise. */
const PORT = 4173;
const PORTS_MORE = 20;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      dir: { type: 'string', default: join(import.meta.dirname, '..', '..', 'dist') },
      base: { type: 'string', default: '/' },
    },
  });
  const directory = resolve(values.dir);
  if (!existsSync(join(directory, 'index.html'))) {
    throw new Error(`expected a built page in ${directory}: npm run build makes one`);
  }
  if (!/^\/([\w.~-]+\/)*$/.test(values.base)) {
    throw new Error(`expected --base like /some/path/, got ${values.base}`);
  }
  if (values.port !== undefined && !/^\d{1,5}$/.test(values.port)) {
    throw new Error(`expected --port with a number from 0 to 65535, got ${values.port}`);
  }
  const server = await startPageServer({
    directory,
    base: values.base,
    port: Number(values.port ?? PORT),
    portsMore: values.port === undefined ? PORTS_MORE : 0,
  });
  const other = values.port === undefined && server.port !== PORT;
  const why = other ? ` (${PORT} is taken; --port chooses)` : '';
  process.stdout.write(`Interlock: ${server.url}${why}\nCtrl-C stops it.\n`);
  const stop = (): void => void server.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
