/**
 * Asks the command line, as a child process, what the page should say too.
 *
 * The suite imports no code of the application: what it compares with is what a user would see in a
 * terminal.
 */
import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const LAB = ['--import', 'tsx', join(ROOT, 'gate', 'main.ts')];
const ROOM = { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 };

/** The part of a run's document that the suite compares. */
export interface RunDocument {
  readonly verdict: 'passed' | 'violated' | 'inconclusive';
  readonly checks: readonly { readonly id: string; readonly verdict: string }[];
  readonly digest: string;
  /** Link to the run; its fragment is the page's. */
  readonly url: string;
  readonly pnl: {
    readonly perSymbol: Readonly<Record<string, string>>;
    readonly ledgerTotal: string;
    readonly aggregatorTotal: string;
    readonly difference: string;
  };
}

/** A scenario as `gallery` lists it. */
export interface GalleryCard {
  readonly name: string;
  readonly title: string;
  readonly verdict: string;
  readonly checks: readonly string[];
  readonly twin: string | null;
  readonly long: boolean;
}

function documentOf<T>(stdout: string, args: readonly string[]): T {
  try {
    return JSON.parse(stdout) as T;
  } catch {
    throw new Error(`expected a document from lab ${args.join(' ')}, got: ${stdout.slice(0, 400)}`);
  }
}

/** The gallery, at once: tests are made from it. */
export function galleryOfCommandLine(): readonly GalleryCard[] {
  const args = ['gallery', '--json'];
  const stdout = execFileSync(process.execPath, [...LAB, ...args], { ...ROOM, encoding: 'utf8' });
  return documentOf<{ scenarios: readonly GalleryCard[] }>(stdout, args).scenarios;
}

/** What `run` says of a scenario by name or link; a violation is an answer, not a failure. */
export function runOnCommandLine(scenario: string): Promise<RunDocument> {
  const args = ['run', scenario, '--json'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...LAB, ...args], ROOM, (error, stdout, stderr) => {
      const isVerdict = error === null || [0, 1, 3].includes(Number(error.code));
      if (isVerdict) resolve(documentOf<RunDocument>(stdout, args));
      else reject(new Error(`lab ${args.join(' ')}: ${stderr || stdout}`, { cause: error }));
    });
  });
}

/** The ids of the checks that are violated, sorted. */
export function violatedChecks(run: RunDocument): readonly string[] {
  return run.checks
    .filter(({ verdict }) => verdict === 'violated')
    .map(({ id }) => id)
    .sort();
}

/** The fragment of a run's link, with its `#`. */
export function fragmentOf(run: RunDocument): string {
  return new URL(run.url).hash;
}
