/**
 * The process behind `npm run -s lab`: arguments in, exit status out, and no crash that looks like
 * a verdict.
 *
 * Everything is loaded inside the guard, so that even a module that cannot be loaded ends in status
 * 70.
 */
import { Exit } from './shell/exit.ts';

function crashed(error: unknown): void {
  process.exitCode = Exit.internal;
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`lab: an error of our own, not a verdict:\n${told}\n`);
  if (process.argv.includes('--json')) {
    const message = error instanceof Error ? error.message : String(error);
    process.stdout.write(`${JSON.stringify({ error: { code: 'internal', message } })}\n`);
  }
}

function die(error: unknown): void {
  crashed(error);
  process.exit(Exit.internal);
}

process.on('uncaughtException', die);
process.on('unhandledRejection', die);

try {
  const { processShell } = await import('./shell/shell.ts');
  const { lab } = await import('./program.ts');
  process.exitCode = await lab(process.argv.slice(2), processShell());
} catch (error) {
  crashed(error);
}
