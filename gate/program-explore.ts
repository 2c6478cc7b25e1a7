/** What `lab explore` and `lab explore-worker` take from the command line. */
import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { exploreCommand, mergeCommand } from './commands/explore.ts';
import { exploreSubjectCommand } from './commands/explore-subject.ts';
import { type Commit, EXPECT, wholeOption } from './options.ts';
import type { Exit } from './shell/exit.ts';
import { type Outcome, refuse } from './shell/outcome.ts';
import type { Shell } from './shell/shell.ts';

/** Adds `lab explore`. */
export function addExplore(program: Command, shell: Shell, commit: Commit): void {
  program
    .command('explore')
    .description('search the schedules of a scenario, or of a lock, for one that violates a check')
    .argument('[scenario]', 'a gallery name, a file or a playground link')
    .option('--subject <file>', 'explore the lock that this module exports instead')
    .option('--library <name>', 'explore the lock of an npm library instead')
    .addOption(wholeOption('--clients <number>', 'so many use the lock', 1, 16, 3))
    .addOption(wholeOption('--rounds <number>', 'so often each', 1, 100, 2))
    .addOption(
      new Option('--strategy <name>', 'exhaustive proves, where it comes to its end')
        .choices(EXPLORE_STRATEGIES)
        .default('portfolio'),
    )
    .addOption(wholeOption('--schedules <number>', SCHEDULES, 1, 1e9, undefined))
    .addOption(wholeOption('--seconds <number>', 'search so long at most', 1, 1e6, 60))
    .addOption(wholeOption('--seed <number>', 'seed of the search', 0, 1e9, 1))
    .addOption(wholeOption('--depth <number>', 'ordered steps a bug may need (pct)', 1, 16, 3))
    .option('--no-early-deadlines', 'no deadline passes while something else could happen')
    .addOption(
      wholeOption('--workers <number>', 'threads; 1 for none', 1, 256, availableParallelism()),
    )
    .addOption(
      new Option('--shard <i/n>', 'do the i-th of n parts only, from 1').argParser(shardOf),
    )
    .option('--merge <file...>', 'put the --json documents of all shards together instead')
    .option('--queue <url>', 'let the workers at this Redis do the parts: redis://HOST:PORT')
    .option('--expect <outcome>', EXPECT)
    .addOption(
      new Option('--reporter <name>', 'junit prints the outcome as JUnit XML').choices(['junit']),
    )
    .option('--json', 'print one JSON document', false)
    .action(async (source: string | undefined, flags: ExploreFlags) => {
      commit(await exploreFlagged(source, flags, shell));
    });
}

/** Adds `lab explore-worker`. */
export function addExploreWorker(program: Command, shell: Shell, commit: Commit): void {
  program
    .command('explore-worker')
    .description('do parts of the searches that lab explore --queue hands out, until Ctrl-C')
    .requiredOption('--queue <url>', 'the Redis where they are: redis://HOST:PORT')
    .addOption(wholeOption('--lease <seconds>', 'silence that gives a part away', 1, 3_600, 30))
    .action(async (flags: { readonly queue: string; readonly lease: number }) => {
      // Loaded here, because only this and --queue need Redis.
      const { exploreWorkerCommand } = await import('./commands/explore-worker.ts');
      commit(await exploreWorkerCommand(flags, shell));
    });
}

async function exploreFlagged(
  source: string | undefined,
  flags: ExploreFlags,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const { json, reporter, shard = { index: 1, count: 1 }, ...rest } = flags;
  const { subject, library, clients, rounds, merge, ...search } = rest;
  const told = json ? 'json' : (reporter ?? 'text');
  const options = { expect: undefined, ...search, shard, reporter: told } as const;
  const given = [source, subject, library, merge].filter((each) => each !== undefined).length;
  if (given !== 1) {
    const message = 'expected a scenario, --subject, --library or --merge, one of them';
    return refuse('usage', `${message}; got ${given}; see: lab explore --help`);
  }
  if (merge !== undefined) return mergeCommand(merge, options, shell);
  if (source !== undefined) return exploreCommand(source, options, shell);
  if (options.queue !== undefined || shard.count > 1 || !options.earlyDeadlines) {
    const message = 'expected --queue, --shard and --no-early-deadlines with a scenario only';
    const why =
      'the code of a lock is not sent to other machines; --workers uses all cores of this';
    return refuse('usage', `${message}: ${why}`);
  }
  const request =
    subject !== undefined
      ? { kind: 'subject' as const, name: subject }
      : { kind: 'library' as const, name: library as string };
  return exploreSubjectCommand(request, { clients, rounds }, options, shell);
}

const SCHEDULES = 'try so many at most; else 10,000, or with exhaustive what its time allows';

/** Those that a person would choose. */
const EXPLORE_STRATEGIES = ['random', 'pct', 'urw', 'portfolio', 'exhaustive'] as const;

interface ExploreFlags {
  readonly subject?: string;
  readonly library?: string;
  readonly clients: number;
  readonly rounds: number;
  readonly strategy: (typeof EXPLORE_STRATEGIES)[number];
  readonly schedules?: number;
  readonly seconds: number;
  readonly seed: number;
  readonly depth: number;
  readonly earlyDeadlines: boolean;
  readonly workers: number;
  readonly shard?: { readonly index: number; readonly count: number };
  readonly merge?: readonly string[];
  readonly queue?: string;
  readonly expect?: string;
  readonly reporter?: 'junit';
  readonly json: boolean;
}

function shardOf(text: string): { readonly index: number; readonly count: number } {
  const [, first = '', second = ''] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const index = Number(first);
  const count = Number(second);
  if (index >= 1 && index <= count) return { index, count };
  throw new InvalidArgumentError('Expected a part such as 2/8, from 1/8 to 8/8.');
}
