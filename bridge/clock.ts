/**
 * The clock and the timer of this process, as the real-time kernel wants them.
 *
 * Node's timers count whole milliseconds and fire late by up to another one. The last stretch of a
 * wait, less than a millisecond, is therefore spent in turns of the event loop: sockets and signals
 * get theirs, and a processor is busy meanwhile. Known limit: a busy machine is late all the same.
 */
import type { WallClock } from '../sim/index.ts';

const US_PER_MS = 1_000;
/** Node fires a timer at once that is set for longer than 2^31 - 1 ms. */
const LATER_MS_MAX = 0x7fff_ffff;

/** One wait: a timer for its whole milliseconds, then turns of the event loop. */
class Wait {
  readonly #dueUs: number;
  readonly #callback: () => void;
  #timer: NodeJS.Timeout | undefined = undefined;
  #turn: NodeJS.Immediate | undefined = undefined;

  constructor(us: number, callback: () => void) {
    this.#dueUs = nowUs() + us;
    this.#callback = callback;
    const wholeMs = Math.min(Math.floor(us / US_PER_MS), LATER_MS_MAX);
    if (wholeMs === 0) this.#nextTurn();
    else this.#timer = setTimeout(this.#look, wholeMs);
  }

  readonly withdraw = (): void => {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
  };

  #nextTurn(): void {
    this.#turn = setImmediate(this.#look);
  }

  readonly #look = (): void => {
    if (nowUs() < this.#dueUs) this.#nextTurn();
    else this.#callback();
  };
}

function nowUs(): number {
  return performance.now() * US_PER_MS;
}

/** Monotonic, since the process started; no wait gets ahead of sockets and signals. */
export const processClock: WallClock = {
  nowUs,
  later: (us, callback) => new Wait(us, callback).withdraw,
};

/**
 * Whole microseconds since 1970, UTC. It keeps pace with `processClock`: a clock that is set while
 * the process runs moves neither.
 */
export function unixNowUs(): number {
  return Math.floor((performance.timeOrigin + performance.now()) * US_PER_MS);
}
