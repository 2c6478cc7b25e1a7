/**
 * The process behind `npm run bridge`: signals in, exit status out.
 */
import { join } from 'node:path';
import { bridgeCommand } from './relay/command.ts';

const ended = new Promise<void>((resolve) => {
  process.once('SIGINT', resolve);
  process.once('SIGTERM', resolve);
});

process.exitCode = await bridgeCommand(process.argv.slice(2), {
  print: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
  environment: process.env,
  pageDirectory: join(import.meta.dirname, '..', 'dist'),
  ended,
});
