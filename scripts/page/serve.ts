/**
 * `npm start`, once the page is built: serves dist/ on this machine alone until Ctrl-C, and is a
 * bridge to the reference gateway.
 *
 * `--port N` asks for one port (0: any that is free) and fails if it is taken; without it the next
 * free one is used and said. `--dir` serves another build, `--base /path/` stands it in a folder.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startPage } from '../../bridge/start.ts';

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
  if (!/^\/([\w.~-]+\/)*$/.test(values.base)) {
    throw new Error(`expected --base like /some/path/, got ${values.base}`);
  }
  if (values.port !== undefined && !/^\d{1,5}$/.test(values.port)) {
    throw new Error(`expected --port with a number from 0 to 65535, got ${values.port}`);
  }
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const codes: string[] = [];
  let showCode = (code: string): void => void codes.push(code);
  const started = await startPage({
    directory: resolve(values.dir),
    base: values.base,
    port: Number(values.port ?? PORT),
    portsMore: values.port === undefined ? PORTS_MORE : 0,
    showCode: (code) => showCode(code),
    crashed: fail,
  });
  if (started.kind === 'error') throw new Error(started.error.message);
  const { port, url, noBridge, close } = started.value;
  const other = values.port === undefined && port !== PORT;
  print(`Interlock: ${url}${other ? ` (${PORT} is taken; --port chooses)` : ''}`);
  showCode = (code) => print(`Pairing code, for Connect on one page: ${code}`);
  codes.forEach(showCode);
  if (noBridge !== undefined) print(`No bridge: ${noBridge}`);
  print('Ctrl-C stops it.');
  const stop = (): void => void close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function fail(error: unknown): never {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(70);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
