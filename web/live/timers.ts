/**
 * The timer of a worker as the real-time kernel wants it.
 *
 * A browser stretches a timer that was set by a timer, the fifth in a row and every further one, to
 * 4 ms. So none is: a wait that is asked for while a timer fires is set from a message instead.
 * Waits are whole milliseconds, rounded up, and anything below one is waited for in turns of the
 * event loop, which keep a processor busy. Known limit: a busy machine is late all the same.
 */

const US_PER_MS = 1_000;
/** A browser fires a timer at once that is set for longer than 2^31 - 1 ms. */
const LATER_MS_MAX = 0x7fff_ffff;

/** Calls back once, at the earliest after `us` microseconds; the result withdraws it. */
export type Later = (us: number, callback: () => void) => () => void;

/** Calls work back in a later turn of the event loop, as soon as there is one. */
type Turn = (work: () => void) => void;

function messageTurns(): Turn {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (work) => {
    waiting.push(work);
    port2.postMessage(0);
  };
}

/** A timer on the clock of this thread. */
export function workerTimer(nowUs: () => number): Later {
  const turn = messageTurns();
  let isFiring = false;
  return (us, callback) => {
    let isOpen = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const dueUs = nowUs() + us;
    const poll = (): void => {
      if (!isOpen) return;
      if (nowUs() >= dueUs) callback();
      else turn(poll);
    };
    const set = (): void => {
      if (!isOpen) return;
      const waitMs = Math.min(Math.ceil((dueUs - nowUs()) / US_PER_MS), LATER_MS_MAX);
      timer = setTimeout(fire, Math.max(0, waitMs));
    };
    const fire = (): void => {
      const leftUs = dueUs - nowUs();
      if (leftUs > 0) {
        // A timer counts from when its turn began, so it may come before its time.
        turn(leftUs < US_PER_MS ? poll : set);
        return;
      }
      isFiring = true;
      try {
        callback();
      } finally {
        isFiring = false;
      }
    };
    if (us < US_PER_MS) turn(poll);
    else if (isFiring) turn(set);
    else set();
    return () => {
      isOpen = false;
      clearTimeout(timer);
    };
  };
}
