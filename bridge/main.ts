/** The process behind `npm run bridge`: signals in, exit status out. */
import { join } from 'node:path';
import { processHost } from './program.ts';
import { bridgeCommand } from './relay/command.ts';

process.exitCode = await bridgeCommand(process.argv.slice(2), {
  ...processHost(),
  environment: process.env,
  pageDirectory: join(import.meta.dirname, '..', 'dist'),
});
