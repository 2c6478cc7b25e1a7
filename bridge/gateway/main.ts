/**
 * The process behind `npm run gateway`: signals in, exit status out.
 */
import { gatewayCommand } from './command.ts';

const ended = new Promise<void>((resolve) => {
  process.once('SIGINT', resolve);
  process.once('SIGTERM', resolve);
});

process.exitCode = await gatewayCommand(process.argv.slice(2), {
  print: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
  ended,
});
