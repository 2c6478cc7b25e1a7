/**
 * The command line `lab`: what it takes, and how what came of it becomes an exit status.
 *
 * With --json, standard output is one document whatever happens: the outcome, or the error. No
 * command is here that does not work yet.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { checkLogCommand } from './commands/check-log.ts';
import { galleryCommand } from './commands/gallery.ts';
import { gateInitCommand, gateRunCommand, gateVerifyCommand } from './commands/gate.ts';
import { runCommand } from './commands/run.ts';
import { urlCommand } from './commands/url.ts';
import { type Commit, EXPECT, wholeOption } from './options.ts';
import { addExplore, addExploreWorker } from './program-explore.ts';
import { Exit } from './shell/exit.ts';
import { type Outcome, refuse } from './shell/outcome.ts';
import type { Shell } from './shell/shell.ts';

/** Runs one command line, without `node` and the script's name; gives the exit status. */
export async function lab(words: readonly string[], shell: Shell): Promise<Exit> {
  let outcome: Outcome<Exit> = refuse('usage', 'expected a command');
  const program = labProgram(shell, (value) => {
    outcome = value;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return Exit.passed;
    outcome = refuse('usage', usageMessage(error));
  }
  if (outcome.kind === 'ok') return outcome.value;
  const { exit, code, message } = outcome.error;
  tellError(shell, words, code, message);
  return exit;
}

/** Tells an error where it belongs: a document on standard output with --json, else a note. */
export function tellError(
  shell: Shell,
  words: readonly string[],
  code: string,
  message: string,
): void {
  if (words.includes('--json')) shell.print([JSON.stringify({ error: { code, message } })]);
  else shell.note(`lab: ${message}`);
}

function labProgram(shell: Shell, commit: Commit): Command {
  const program = new Command('lab')
    .description('Runs and judges trading engines that share one ZeroMQ socket behind a lock.')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => shell.print([text.trimEnd()]),
      writeErr: () => {},
      getOutHelpWidth: () => shell.style.columns,
      getOutHasColors: () => shell.style.colour,
    })
    .addHelpText('after', EPILOGUE);
  addRun(program, shell, commit);
  addLive(program, shell, commit);
  addCheckLog(program, shell, commit);
  addExplore(program, shell, commit);
  addExploreWorker(program, shell, commit);
  addUrl(program, shell, commit);
  addGallery(program, shell, commit);
  addGate(program, shell, commit);
  return program;
}

const EPILOGUE = `
Exit status: 0 passed, 1 violated, 2 usage or unreadable input,
3 inconclusive, cancelled or unavailable, 70 an error of our own.`;

function addRun(program: Command, shell: Shell, commit: Commit): void {
  program
    .command('run')
    .description('run a scenario and judge it')
    .argument('<scenario>', 'a gallery name, a file or a playground link')
    .addOption(seedOption())
    .option('--out <directory>', 'write run.log, result.json and trace.pftrace there')
    .option('--expect <outcome>', EXPECT)
    .option('--json', 'print one JSON document', false)
    .action(async (source: string, options: RunFlags) => {
      const { seed, out, expect, json } = options;
      commit(await runCommand(source, { seed, out, expect, json }, shell));
    });
}

function addLive(program: Command, shell: Shell, commit: Commit): void {
  program
    .command('live')
    .description('run a scenario in real time over a real socket and judge it')
    .argument('[scenario]', 'a gallery name, a file or a playground link', 'reference')
    .option('--endpoint <address>', 'your gateway, tcp://HOST:PORT; without it one is started')
    .addOption(
      new Option('--bridge', 'reach that one through the bridge, as the page does')
        .default(false)
        .conflicts('endpoint'),
    )
    .option('--ticks <address>', 'where your gateway publishes its prices')
    .option('--symbols <names>', 'trade these instead, separated by commas', (text) =>
      text.split(','),
    )
    .addOption(wholeOption('--seconds <number>', 'signal for so long', 1, 86_400, undefined))
    .option('--lock <name>', 'put this lock around the socket')
    .addOption(seedOption())
    .option('--allow-trade', 'let orders reach your gateway', false)
    .option('--state <directory>', 'keep there what the engine knows of your account')
    .option('--out <directory>', 'write run.log, result.json and trace.pftrace there')
    .option('--expect <outcome>', EXPECT)
    .option('--json', 'print one JSON document', false)
    .action(async (source: string, flags: LiveFlags, command: Command) => {
      // Loaded here, because only this command needs ZeroMQ itself.
      const { liveCommand } = await import('./commands/live.ts');
      commit(
        await liveCommand(source, { ...NO_LIVE_FLAGS, ...flags, words: wordsOf(command) }, shell),
      );
    });
}

/** The words of a command line after the command's name. */
function wordsOf(command: Command): readonly string[] {
  const words = command.parent?.args ?? [];
  return words.slice(words.indexOf(command.name()) + 1);
}

function addCheckLog(program: Command, shell: Shell, commit: Commit): void {
  program
    .command('check-log')
    .description('judge the log of any engine')
    .argument('<file>', 'the log, or - for standard input')
    .option('--pattern <regexp>', PATTERN, collect, [])
    .option('--expect <outcome>', EXPECT)
    .option('--json', 'print one JSON document', false)
    .action(async (file: string, options: CheckLogFlags) => {
      const { pattern, expect, json } = options;
      commit(await checkLogCommand(file, { patterns: pattern, expect, json }, shell));
    });
}

const PATTERN =
  'read lines by named groups: acquire, release, fill, books, total or error, with symbol, id, time; ' +
  'may be given several times';

function addUrl(program: Command, shell: Shell, commit: Commit): void {
  program
    .command('url')
    .description('turn a scenario into its playground link, or a link back')
    .argument('[scenario]', 'a gallery name, a file or a playground link')
    .option('--decode <url>', 'print the scenario of a link instead')
    .addOption(seedOption())
    .option('--json', 'print one JSON document', false)
    .action(async (source: string | undefined, options: UrlFlags) => {
      const { decode, seed, json } = options;
      commit(await urlCommand(source, { decode, seed, json }, shell));
    });
}

function addGallery(program: Command, shell: Shell, commit: Commit): void {
  program
    .command('gallery')
    .description('list the scenarios that ship')
    .option('--json', 'print one JSON document', false)
    .action(({ json }: { readonly json: boolean }) => commit(galleryCommand({ json }, shell)));
}

function addGate(program: Command, shell: Shell, commit: Commit): void {
  const gate = program
    .command('gate')
    .description('verify everything that a task asks for, and report it')
    .helpCommand(false);
  gate
    .command('run')
    .description('run the governance loop on a task')
    .requiredOption('--task <task>', 'a number or name in docs/tasks, or a file')
    .option('--without-review', 'leave the reviews out: at most a mechanical pass', false)
    .option('--review-file <file>', 'a verdict given before; may be given twice', collect, [])
    .addOption(
      new Option('--format <format>', 'how failures are told')
        .choices(['text', 'github'])
        .default('text'),
    )
    .option('--json', 'print the report as one JSON document', false)
    .action(async ({ reviewFile, ...flags }: GateRunFlags) => {
      commit(await gateRunCommand({ ...flags, reviewFiles: reviewFile }, shell));
    });
  gate
    .command('init')
    .description('write a new task')
    .option('--task <name>', 'its number or name; else the next free number')
    .action(async ({ task }: { readonly task?: string }) => {
      commit(await gateInitCommand(task, shell));
    });
  gate
    .command('verify')
    .description('check an archive against its sums')
    .argument('<directory>', 'the archive of a task, or of one of its runs')
    .option('--json', 'print one JSON document', false)
    .action(async (directory: string, { json }: { readonly json: boolean }) => {
      commit(await gateVerifyCommand(directory, { json }, shell));
    });
}

interface GateRunFlags {
  readonly task: string;
  readonly withoutReview: boolean;
  readonly reviewFile: readonly string[];
  readonly format: 'text' | 'github';
  readonly json: boolean;
}

interface RunFlags {
  readonly seed: number | undefined;
  readonly out: string | undefined;
  readonly expect: string | undefined;
  readonly json: boolean;
}

interface LiveFlags {
  readonly endpoint?: string;
  readonly bridge: boolean;
  readonly ticks?: string;
  readonly symbols?: readonly string[];
  readonly seconds?: number;
  readonly lock?: string;
  readonly seed?: number;
  readonly allowTrade: boolean;
  readonly state?: string;
  readonly out?: string;
  readonly expect?: string;
  readonly json: boolean;
}

const NO_LIVE_FLAGS = {
  endpoint: undefined,
  ticks: undefined,
  symbols: undefined,
  seconds: undefined,
  lock: undefined,
  seed: undefined,
  state: undefined,
  out: undefined,
  expect: undefined,
};

interface CheckLogFlags {
  readonly pattern: readonly string[];
  readonly expect: string | undefined;
  readonly json: boolean;
}

interface UrlFlags {
  readonly decode: string | undefined;
  readonly seed: number | undefined;
  readonly json: boolean;
}

function seedOption(): Option {
  return new Option('--seed <number>', "use this seed instead of the scenario's").argParser(seedOf);
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) {
    throw new InvalidArgumentError(`Expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`);
  }
  return seed;
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** Commander's message without its lead, and where to read more. */
function usageMessage(error: CommanderError): string {
  if (error.code === 'commander.help') return 'expected a command; see: lab --help';
  return `${error.message.replace(/^error: /, '').replaceAll('\n', ' ')}; see: lab --help`;
}
