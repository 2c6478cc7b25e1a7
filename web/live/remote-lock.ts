/**
 * The lock as a task in one worker uses it while it stands in another.
 *
 * Invariant: the lock's worker decides. A grant may be on its way when a waiter's time is over, so
 * giving up is asked for too, and the hold waits until one of both answers has come.
 */
import {
  assertUnreachable,
  type Hold,
  type Lock,
  type RealTimeKernel,
  type TaskRef,
} from '../../sim/index.ts';
import { Answer, Ask, packAsk, readAnswer } from './lock-words.ts';
import type { Link } from './member.ts';

export class RemoteLock implements Lock {
  readonly timeoutUs: number;
  readonly #kernel: RealTimeKernel;
  readonly #link: Link<number>;
  readonly #nextHold: () => number;
  readonly #waiting = new Map<number, Hold>();
  readonly #givingUp = new Set<number>();

  constructor(
    kernel: RealTimeKernel,
    link: Link<number>,
    timeoutUs: number,
    nextHold: () => number,
  ) {
    this.#kernel = kernel;
    this.#link = link;
    this.timeoutUs = timeoutUs;
    this.#nextHold = nextHold;
  }

  request(owner: TaskRef): Hold {
    const { id: task, symbol } = owner;
    const hold: Hold = { hold: this.#nextHold(), task, symbol, owner, state: 'waiting' };
    this.#waiting.set(hold.hold, hold);
    this.#link.send(packAsk(Ask.request, hold.hold, task, symbol));
    return hold;
  }

  expire({ hold, task, symbol }: Hold): void {
    if (!this.#waiting.has(hold) || this.#givingUp.has(hold)) return;
    this.#givingUp.add(hold);
    this.#link.send(packAsk(Ask.expire, hold, task, symbol));
  }

  release({ hold }: Hold, caller: TaskRef): void {
    this.#link.send(packAsk(Ask.release, hold, caller.id, caller.symbol));
  }

  /** The lock's worker has decided; a faulty lock may do so twice. */
  hear(word: number): void {
    const answer = readAnswer(word);
    const hold = this.#waiting.get(answer.hold);
    if (hold === undefined) return;
    this.#waiting.delete(answer.hold);
    this.#givingUp.delete(answer.hold);
    switch (answer.kind) {
      case Answer.grant:
        hold.state = 'held';
        break;
      case Answer.gaveUp:
        hold.state = 'gave-up';
        break;
      default:
        assertUnreachable(answer.kind);
    }
    this.#kernel.wake(hold.owner);
  }
}

/** No lock: whoever asks is let in at once, and nothing of it is stamped. */
export class OpenDoor implements Lock {
  readonly timeoutUs = Infinity;
  #lastHold = 0;

  request(owner: TaskRef): Hold {
    const hold = ++this.#lastHold;
    return { hold, task: owner.id, symbol: owner.symbol, owner, state: 'held' };
  }

  expire(): void {
    // Nobody waits here.
  }

  release(): void {
    // Nobody holds here.
  }
}

/**
 * Numbers for the holds that one of several workers asks for, so that no two workers use the same;
 * dense, because the checks keep arrays by hold.
 */
export function holdNumbers(place: number, places: number): () => number {
  let next = place + 1 - places;
  return () => (next += places);
}
