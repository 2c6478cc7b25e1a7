/**
 * Follows a log that some engine still writes: looks once a second, and has it judged again when it
 * has grown.
 *
 * A log is judged from its first line each time, because a verdict is about the whole; the pause
 * until the next look is as long as the last judging took, and a second at least. Invariant: it
 * looks only while the page is in sight, and a file that shrank or begins otherwise is told from
 * one that grew.
 */
import type { LogOrigin, Look, PickedLog } from './log-origin.ts';

export type FollowState =
  | { readonly kind: 'off' }
  /** What is shown is all that there is; looks again within a second. */
  | { readonly kind: 'watching' }
  | { readonly kind: 'judging'; readonly why: Change }
  /** The page is out of sight: nothing is looked at. */
  | { readonly kind: 'paused' }
  /** Not there at the moment; looks on. */
  | { readonly kind: 'missing' }
  /** Over until the reader does something. */
  | { readonly kind: 'stopped'; readonly why: 'stale' | 'refused' };

/** How the file differs from what was judged: more of the same, or another one in its place. */
export type Change = 'grown' | 'replaced';

/** What the follower needs of the page, so that a test can do without. */
export interface FollowDoor {
  /** Calls back after `ms`; the answer takes it back. */
  readonly later: (work: () => void, ms: number) => () => void;
  readonly nowMs: () => number;
  readonly isHidden: () => boolean;
  /** Calls back whenever the page comes into sight or leaves it; the answer ends that. */
  readonly onSight: (work: () => void) => () => void;
}

export const pageDoor: FollowDoor = {
  later: (work, ms) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  nowMs: () => performance.now(),
  isHidden: () => document.hidden,
  onSight: (work) => {
    document.addEventListener('visibilitychange', work);
    return () => document.removeEventListener('visibilitychange', work);
  },
};

export interface FollowHooks {
  /** Judges the file as it is now; false if it is no longer what the page is about. */
  readonly judge: (file: File, why: Change) => Promise<boolean>;
  readonly onState: (state: FollowState) => void;
}

/** How often it looks, at most. */
export const LOOK_EVERY_MS = 1_000;
/** Bytes at the start by which a file that grew is told from another one. */
const HEAD_BYTES = 1_024;

/** What a file was when it was judged. */
interface Mark {
  readonly size: number;
  readonly modifiedMs: number;
  readonly head: Uint8Array;
}

export class LogFollower {
  readonly #origin: LogOrigin;
  readonly #hooks: FollowHooks;
  readonly #door: FollowDoor;
  readonly #leaveSight: () => void;
  #judged: File;
  #mark: Mark | undefined;
  #takeBack: () => void = () => undefined;
  #isOver = false;
  #isBusy = false;

  /** `judged`: the file as it was judged last. It looks for the first time at once. */
  constructor({ file, origin }: PickedLog, hooks: FollowHooks, door: FollowDoor = pageDoor) {
    this.#origin = origin;
    this.#judged = file;
    this.#hooks = hooks;
    this.#door = door;
    this.#leaveSight = door.onSight(() => this.#next(0));
    this.#next(0);
  }

  /** Looks no more. */
  stop(): void {
    if (this.#isOver) return;
    this.#end({ kind: 'off' });
  }

  #end(state: FollowState): void {
    this.#isOver = true;
    this.#takeBack();
    this.#leaveSight();
    this.#hooks.onState(state);
  }

  #next(afterMs: number): void {
    if (this.#isOver || this.#isBusy) return;
    this.#takeBack();
    if (this.#door.isHidden()) {
      this.#hooks.onState({ kind: 'paused' });
      return;
    }
    this.#takeBack = this.#door.later(() => void this.#look(), afterMs);
  }

  async #look(): Promise<void> {
    this.#isBusy = true;
    const fromMs = this.#door.nowMs();
    await this.#take(await this.#origin.look());
    this.#isBusy = false;
    this.#next(Math.max(LOOK_EVERY_MS, this.#door.nowMs() - fromMs));
  }

  async #take(look: Look): Promise<void> {
    if (this.#isOver) return;
    switch (look.kind) {
      case 'file':
        await this.#compare(look.file);
        return;
      case 'gone':
        this.#hooks.onState({ kind: 'missing' });
        return;
      case 'stale':
      case 'refused':
        this.#end({ kind: 'stopped', why: look.kind });
        return;
    }
  }

  async #compare(file: File): Promise<void> {
    const before = this.#mark ?? (await markOf(this.#judged));
    const now = await markOf(file);
    // One of the two changed while it was looked at: the next look tells.
    if (now === undefined || this.#isOver) return;
    this.#mark = now;
    const why = before === undefined ? 'replaced' : changeOf(before, now);
    if (why !== undefined) {
      this.#hooks.onState({ kind: 'judging', why });
      this.#judged = file;
      const goesOn = await this.#hooks.judge(file, why);
      if (this.#isOver) return;
      if (!goesOn) {
        this.#end({ kind: 'off' });
        return;
      }
    }
    this.#hooks.onState({ kind: 'watching' });
  }
}

function changeOf(before: Mark, now: Mark): Change | undefined {
  if (now.size === before.size && now.modifiedMs === before.modifiedMs) return undefined;
  const isLonger = now.size > before.size;
  return isLonger && before.head.every((byte, at) => byte === now.head[at]) ? 'grown' : 'replaced';
}

async function markOf(file: File): Promise<Mark | undefined> {
  try {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    return { size: file.size, modifiedMs: file.lastModified, head };
  } catch {
    return undefined;
  }
}
