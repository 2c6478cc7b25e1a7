/**
 * What the page knows of real time: the connection with the bridge, what was chosen for the next
 * run, and the run itself. Loaded when somebody first asks for it.
 *
 * Invariant: a run that needs the bridge starts only while that is connected, and where orders may
 * leave only after they were armed.
 */
import type { CheckId, LockName, Problem, Scenario } from '../../sim/index.ts';
import type { LiveWords } from '../format/words/live-en.ts';
import type { Language } from '../format/words.ts';
import type { LiveEnd, LockPlace, Standing, UnknownStretch } from '../live/contract.ts';
import { ms } from '../format/figures.ts';
import { type Unknown, unknownOf } from '../timeline/index.ts';
import { type After, LiveRun, type MakeLiveEngine } from './live-run.svelte.ts';
import { Link, type MakeLink } from './link.svelte.ts';
import {
  soFarSentence,
  stretchText,
  type Told,
  unknownAt,
  unknownSentence,
} from './live-sentences.ts';
import { loadLiveWords } from '../shell/area-words.ts';
import { type LockCounts, lockCounts } from '../timeline/index.ts';
import type { Session } from './session.svelte.ts';

/** What it needs of the browser, so that a test can stand in for it. */
export interface LiveDoors {
  readonly makeLink: MakeLink;
  readonly makeEngine: MakeLiveEngine;
  readonly after?: After;
}

/** What the page's witnesses can say before the run is over. */
export interface Testimony {
  readonly source: 'recorded';
  readonly elapsedUs: number;
  readonly lock: LockCounts;
  readonly checks: readonly { readonly id: CheckId; readonly verdict: Standing['verdict'] }[];
}

/** What came of a wish to run: `arm` says that orders have to be armed first. */
export type Start = 'started' | 'arm' | 'refused';

/** Real time for a page, with its words there. */
export async function openLive(
  session: Session,
  language: Language,
  doors: LiveDoors,
  again: () => void,
): Promise<Live> {
  return new Live(session, await loadLiveWords(language), doors, again);
}

export class Live {
  words: LiveWords = $state.raw() as LiveWords;
  lockAt: LockPlace = $state('worker');
  end: LiveEnd['kind'] = $state('simulated');
  /** Why the last start came to nothing. */
  problem: Problem | undefined = $state.raw(undefined);
  /** Whether the present stays in sight while a run goes on. */
  isFollowing = $state(true);
  /** Whether arming is asked for because a run waits for it. */
  isRunWaiting = $state(false);
  readonly link: Link;
  readonly run: LiveRun;
  readonly #session: Session;
  #language: Language | undefined;

  /** `again` is asked when somebody wants the same once more. */
  constructor(session: Session, words: LiveWords, doors: LiveDoors, again: () => void) {
    this.#session = session;
    this.words = words;
    this.link = new Link(doors.makeLink);
    this.run = new LiveRun(session, doors.makeEngine, again, doors.after);
  }

  /** The choice as far as it can be had at the moment. */
  get choice(): { readonly lockAt: LockPlace; readonly end: LiveEnd['kind'] } {
    const isConnected = this.link.connected !== undefined;
    const end = isConnected ? this.end : 'simulated';
    return { end, lockAt: this.lockAt === 'bridge' && end !== 'bridge' ? 'worker' : this.lockAt };
  }

  /** Whether a run goes on. */
  get isRunning(): boolean {
    return this.#isRecording && this.#session.phase === 'running';
  }

  /** Stretches of which nobody knows what happened. */
  get unknown(): readonly UnknownStretch[] {
    return this.#isRecording ? (this.run.recorded?.unknown ?? []) : [];
  }

  /** The same as the timeline draws it; undefined where there is none. */
  get unknownDrawn(): Unknown | undefined {
    return unknownOf(this.unknown);
  }

  /** The same in a sentence, for whoever reads events; undefined where there is none. */
  get gaps(): string | undefined {
    const stretches = this.unknown.map((stretch) => stretchText(stretch, this.words));
    return stretches.length === 0 ? undefined : this.words.unknown.events(stretches.join('; '));
  }

  /** Whether the run lost a worker or its connection on the way. */
  get isBroken(): boolean {
    if (!this.#isRecording) return false;
    return this.unknown.length > 0 || (this.run.recorded?.lost.length ?? 0) > 0;
  }

  /** The words of the button that follows the present; undefined where nothing goes on. */
  get following(): { readonly label: string; readonly hint: string } | undefined {
    const { follow: label, followHint: hint } = this.words;
    return this.isRunning ? { label, hint } : undefined;
  }

  follow(isFollowing: boolean): void {
    this.isFollowing = isFollowing;
  }

  /** That nobody knows what happened at a time, and why; undefined where the trace tells. */
  unknownAt(timeUs: number): string | undefined {
    const stretch = unknownAt(this.unknown, timeUs);
    if (stretch === undefined) return undefined;
    const { here, why } = this.words.unknown;
    return here(ms(stretch.startUs), ms(stretch.endUs), why[stretch.why]);
  }

  /** What the verdict says while the run goes on; undefined else. */
  get told(): Told | undefined {
    const { link, run } = this;
    if (!this.isRunning) return undefined;
    const isCut = this.#end === 'bridge' && link.state.kind === 'lost';
    return soFarSentence(run.standing, isCut, this.words);
  }

  /** What the witnesses have seen of a run that goes on; undefined else. */
  get testimony(): Testimony | undefined {
    const { trace, version } = this.#session;
    if (!this.isRunning || version < 0) return undefined;
    const lock = lockCounts(trace.index);
    const verdict = lock.overlaps > 0 ? 'violated' : 'inconclusive';
    const { endUs } = trace.index;
    return {
      ...{ source: 'recorded', elapsedUs: endUs, lock },
      checks: [{ id: 'lock.exclusion', verdict }],
    };
  }

  /** What the verdict has to leave open of a run that is over; undefined where that is nothing. */
  get reserved(): string | undefined {
    const { recorded } = this.run;
    if (recorded === undefined || !this.#isRecording) return undefined;
    return unknownSentence(recorded, this.#session.symbols, this.words);
  }

  /** Says everything in `language` from now on, once its words are there. */
  async speak(language: Language): Promise<void> {
    if (this.#language === language) return;
    this.#language = language;
    const words = await loadLiveWords(language);
    if (this.#language === language) this.words = words;
  }

  /** Starts the page's scenario in real time, as it was chosen. */
  async start(): Promise<Start> {
    await this.#session.opening;
    const { scenario, source } = this.#session;
    const { lockAt, end } = this.choice;
    this.problem = undefined;
    if (scenario === undefined) return 'refused';
    const far = end === 'bridge' ? await this.#farEnd(scenario, lockAt) : { kind: end };
    if (far === 'arm' || far === 'refused') return far;
    this.isRunWaiting = false;
    this.isFollowing = true;
    const entry = source.kind === 'log' ? undefined : source.entry;
    this.#session.turnTo(this.run);
    const opened = await this.run.open({ scenario, entry: entry?.name, lockAt, end: far }, entry);
    if (opened.kind === 'ok') return 'started';
    this.problem = opened.error;
    return 'refused';
  }

  get #isRecording(): boolean {
    return this.#session.source.kind === 'recorded';
  }

  get #end(): LiveEnd['kind'] | undefined {
    const { source } = this.#session;
    return source.kind === 'recorded' ? source.end : undefined;
  }

  /** The gateway at the bridge, with the lock in front of it that was chosen. */
  async #farEnd(scenario: Scenario, lockAt: LockPlace): Promise<LiveEnd | 'arm' | 'refused'> {
    const { link } = this;
    const lock: LockName = lockAt === 'bridge' ? scenario.lock.name : 'none';
    if (!(await link.setLock(lock))) {
      this.problem = link.refusal;
      return 'refused';
    }
    if (!link.isReadyFor(scenario)) {
      this.isRunWaiting = true;
      return 'arm';
    }
    try {
      return { kind: 'bridge', port: await link.openPort() };
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      this.problem = { code: 'unavailable', message };
      return 'refused';
    }
  }
}
