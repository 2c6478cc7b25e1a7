/**
 * What a stage of the loop works with: the task, the tools, the time, and the places where it
 * leaves what it found.
 */
import type { Environment } from '../../shell/style.ts';
import { type Command, type Finished, runCommand } from '../process/command.ts';
import type { Leash } from '../process/leash.ts';
import type { Tools } from '../process/tools.ts';
import type {
  BrowserFacts,
  BuildFacts,
  LiveFacts,
  RegistrationFacts,
  ReviewFacts,
  SearchFacts,
  StressFacts,
  TreeFacts,
} from '../report/schema.ts';
import { keylessEnvironment, type SecretGuard } from '../secrets/guard.ts';
import type { FoundTask } from '../task/find.ts';
import type { BackOff } from '../time/back-off.ts';
import type { Clock } from '../time/clock.ts';
import type { WaitNotice } from '../time/wait-or-die.ts';
import type { ReviewName, StageName } from './stage.ts';

/** What the stages found so far; each stage writes its own part. */
export interface Facts {
  tree?: TreeFacts;
  /** Every file of the tree that is not ignored, sorted. */
  projectFiles?: readonly string[];
  build?: BuildFacts;
  stress?: StressFacts;
  /** The rows A1 to A7, with the run that they come from. */
  mainRun?: MainRun;
  searches?: readonly SearchFacts[];
  browser?: BrowserFacts;
  live?: LiveFacts;
  reviews: Partial<Record<ReviewName, ReviewFacts>>;
  registration?: RegistrationFacts;
  measured: { readonly what: string; readonly value: string }[];
}

export interface MainRun {
  readonly rows: readonly {
    readonly id: string;
    readonly criterion: string;
    readonly target: string;
    readonly measured: string;
    readonly verdict: 'passed' | 'violated' | 'inconclusive' | 'not-run';
  }[];
  readonly again: string;
  readonly link: string;
  readonly digest: string;
  readonly scenario: Readonly<Record<string, unknown>>;
  readonly log: string;
}

export interface LoopContext {
  readonly root: string;
  readonly found: FoundTask;
  readonly tools: Tools;
  readonly env: Environment;
  readonly guard: SecretGuard;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly backOff: BackOff;
  readonly leash: Leash;
  /** Raised when a person cancels. */
  readonly signal: AbortSignal;
  /** A directory for what commands write; gone after the run. */
  readonly work: string;
  readonly facts: Facts;
  /** Files for the archive by name, as they are. */
  readonly evidence: Map<string, string | Uint8Array>;
  readonly onWait: (stage: StageName, notice: WaitNotice) => void;
}

const MS_PER_S = 1_000;
/** The most of one log that is archived: its beginning and its end. */
const LOG_CHARS_MAX = 2_000_000;

/** When a stage that begins now has to be over. */
export function deadlineOf(context: LoopContext, deadlineSeconds: number): number {
  return context.clock.now() + deadlineSeconds * MS_PER_S;
}

/**
 * Runs one of the project's commands until the deadline; what it printed is archived under
 * `logName`, if there is one, also where it is `abandoned` before it ends.
 */
export async function runTool(
  context: LoopContext,
  words: Command['words'],
  deadlineMs: number,
  logName: string | undefined,
  env: Readonly<Record<string, string>> = {},
  abandoned?: AbortSignal,
): Promise<Finished> {
  const { clock, leash, signal, root } = context;
  const command = { words, cwd: root, env: childEnvironment(context, env) };
  const keep = (log: string): void => {
    if (logName !== undefined) context.evidence.set(`evidence/${logName}`, bounded(log));
  };
  const limits = { clock, leash, signal, deadlineMs };
  const finished = await runCommand(command, {
    ...limits,
    abandoned,
    onAbandoned: (log) => keep(context.guard.foreign(log)),
  });
  // Before anything is cut out of it: half a key is still a secret.
  const out = context.guard.foreign(finished.out);
  const log = context.guard.foreign(finished.log);
  keep(log);
  return { ...finished, out, log };
}

const ELSEWHERE: readonly string[] = ['BASE_URL', 'PAGE_URL', 'FORCE_COLOR'];

/** No keys, no colour, nothing that would make a command verify another page than this one. */
function childEnvironment(
  context: LoopContext,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  const env = Object.entries(keylessEnvironment(context.env)).filter(
    ([name]) => !ELSEWHERE.includes(name),
  );
  return { ...Object.fromEntries(env), NO_COLOR: '1', ...more };
}

/** A log that does not go on without end. */
function bounded(text: string): string {
  if (text.length <= LOG_CHARS_MAX) return text;
  const half = LOG_CHARS_MAX / 2;
  const left = text.length - LOG_CHARS_MAX;
  return `${text.slice(0, half)}\n... ${left} characters left out ...\n${text.slice(-half)}`;
}

/** A scenario's name as part of a file name. */
export function fileNameOf(at: number, scenario: string): string {
  const name = scenario.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 40);
  return `${String(at + 1).padStart(2, '0')}-${name}`;
}
