/**
 * The log that the page has open, as input: where it comes from, whether it is followed, and the
 * reader's own forms of lines.
 *
 * What is read and judged is somebody else's: `open` is given. Invariant: one log at a time; taking
 * another, or leaving logs altogether, ends the following of the one before.
 */
import { loadPatterns, savePatterns } from '../workers/log-patterns.ts';
import {
  type Change,
  type FollowDoor,
  LogFollower,
  type FollowState,
  pageDoor,
} from '../workers/log-follower.ts';
import type { PickedLog } from '../workers/log-origin.ts';
import type { Memory } from './preferences.svelte.ts';

/** Why a log is read: for the first time, once more, or because the followed file has changed. */
export type ReadCause = 'opened' | 'again' | Change;

/**
 * Reads and judges a log; true once it was judged to its end and is still what the page is about,
 * false where that was cancelled, failed or overtaken. It does not reject.
 */
export type OpenLog = (
  file: File,
  patterns: readonly string[],
  cause: ReadCause,
) => Promise<boolean>;

export class LogInput {
  /** What was opened last, as it was then; undefined while the page is about something else. */
  log: PickedLog | undefined = $state.raw(undefined);
  follow: FollowState = $state.raw({ kind: 'off' });
  patterns: readonly string[] = $state.raw([]);
  /** Why a reload showed nothing. */
  trouble: 'stale' | 'gone' | 'refused' | undefined = $state(undefined);
  readonly #open: OpenLog;
  readonly #memory: Memory | null;
  readonly #door: FollowDoor;
  #follower: LogFollower | undefined;

  constructor(open: OpenLog, memory: Memory | null, door: FollowDoor = pageDoor) {
    this.#open = open;
    this.#memory = memory;
    this.#door = door;
    this.patterns = loadPatterns(memory);
  }

  /** Opens a log. */
  async take(picked: PickedLog): Promise<void> {
    this.leave();
    this.log = picked;
    await this.#open(picked.file, this.patterns, 'opened');
  }

  /** Reads the same log again, as it is now. */
  async reload(): Promise<void> {
    const { log } = this;
    if (log === undefined) return;
    const look = await log.origin.look();
    if (this.log !== log) return;
    this.trouble = look.kind === 'file' ? undefined : look.kind;
    if (look.kind !== 'file') return;
    this.log = { ...log, file: look.file };
    await this.#readAgain(this.log);
  }

  /** Starts or ends the following of the present log. */
  setFollowing(isOn: boolean): void {
    this.#follower?.stop();
    this.#follower = undefined;
    const { log } = this;
    if (!isOn || log === undefined) return;
    this.trouble = undefined;
    this.follow = { kind: 'watching' };
    const { origin } = log;
    this.#follower = new LogFollower(
      log,
      {
        judge: (file, why) => {
          this.log = { file, origin };
          return this.#open(file, this.patterns, why);
        },
        onState: (state) => (this.follow = state),
      },
      this.#door,
    );
  }

  /** Takes up forms of lines, for good, and reads the present log with them. */
  async choosePatterns(patterns: readonly string[]): Promise<void> {
    this.patterns = patterns;
    savePatterns(this.#memory, patterns);
    if (this.log !== undefined) await this.#readAgain(this.log);
  }

  /** The page turns to something else. */
  leave(): void {
    this.setFollowing(false);
    this.log = undefined;
    this.trouble = undefined;
  }

  /** Whoever follows the log rests meanwhile. */
  async #readAgain(log: PickedLog): Promise<void> {
    const wasFollowed = this.#follower !== undefined && this.follow.kind !== 'off';
    this.setFollowing(false);
    const isJudged = await this.#open(log.file, this.patterns, 'again');
    if (wasFollowed && isJudged && this.log === log) this.setFollowing(true);
  }
}
