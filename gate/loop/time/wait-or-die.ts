/**
 * Wait-or-Die: attempts with back-off until one succeeds, one proves that waiting cannot help, a
 * person cancels, or the deadline comes, and then nothing is assumed.
 *
 * The deadline is exact: it does not wait for an attempt that ignores its abort. What such an
 * attempt brings later is dropped.
 */
import { backOffMs, type BackOff } from './back-off.ts';
import { type Clock, sleepUntil } from './clock.ts';

/** What one attempt came to. */
export type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** Not yet; another attempt may succeed. */
  | { readonly kind: 'again'; readonly reason: string; readonly notBeforeMs?: number | undefined }
  /** Waiting cannot help. */
  | { readonly kind: 'hopeless'; readonly reason: string };

export type Waited<T> =
  | { readonly kind: 'done'; readonly value: T; readonly attempts: number }
  | { readonly kind: 'died'; readonly reason: string; readonly attempts: number }
  | { readonly kind: 'cancelled'; readonly attempts: number };

/** What a person is told while the loop waits; times in milliseconds. */
export interface WaitNotice {
  readonly attempts: number;
  readonly reason: string;
  readonly nextMs: number;
  readonly leftMs: number;
}

export interface Waiting<T> {
  readonly clock: Clock;
  /** 0 to 1, uniform. */
  readonly chance: () => number;
  readonly backOff: BackOff;
  /** On the clock's scale. */
  readonly deadlineMs: number;
  /** The longest that a single attempt may take. */
  readonly attemptMs: number;
  /** Raised when a person cancels. */
  readonly signal: AbortSignal;
  readonly attempt: (signal: AbortSignal) => Promise<Attempt<T>>;
  readonly onWait: (notice: WaitNotice) => void;
}

const TOO_LATE = 'the deadline came before the first attempt';

/** Waits, or dies. An attempt that throws is a defect of ours and is thrown on. */
export async function waitOrDie<T>(waiting: Waiting<T>): Promise<Waited<T>> {
  const { clock, signal, deadlineMs } = waiting;
  let reason = TOO_LATE;
  let attempts = 0;
  while (clock.now() < deadlineMs) {
    if (signal.aborted) return { kind: 'cancelled', attempts };
    attempts += 1;
    const outcome = await oneAttempt(waiting);
    if (outcome === 'cancelled') return { kind: 'cancelled', attempts };
    if (outcome.kind === 'done') return { ...outcome, attempts };
    // That the deadline cut the last attempt short says less than why the others failed.
    const isCut = outcome.kind === 'again' && clock.now() >= deadlineMs && attempts > 1;
    if (!isCut) reason = outcome.reason;
    if (outcome.kind === 'hopeless') return { kind: 'died', reason, attempts };
    const nextMs = Math.max(
      backOffMs(waiting.backOff, attempts, waiting.chance()),
      outcome.notBeforeMs ?? 0,
    );
    const leftMs = Math.max(0, deadlineMs - clock.now());
    if (leftMs > 0) waiting.onWait({ attempts, reason, nextMs: Math.min(nextMs, leftMs), leftMs });
    await sleepUntil(clock, Math.min(clock.now() + nextMs, deadlineMs), signal);
  }
  return signal.aborted ? { kind: 'cancelled', attempts } : { kind: 'died', reason, attempts };
}

/** Runs one attempt and lets go of it when its time is over, whether it listens or not. */
async function oneAttempt<T>(waiting: Waiting<T>): Promise<Attempt<T> | 'cancelled'> {
  const { clock, signal, deadlineMs, attemptMs } = waiting;
  const abort = new AbortController();
  const startMs = clock.now();
  const endMs = Math.min(deadlineMs, startMs + attemptMs);
  let forget = (): void => {};
  let cancel = (): void => {};
  const over = new Promise<Attempt<T> | 'cancelled'>((resolve) => {
    forget = clock.at(endMs, () => {
      const seconds = Math.round((endMs - startMs) / 100) / 10;
      resolve({ kind: 'again', reason: `no answer within ${seconds} s` });
    });
    cancel = () => resolve('cancelled');
    signal.addEventListener('abort', cancel, { once: true });
  });
  try {
    const running = waiting.attempt(abort.signal);
    // Its failure after it was let go of is nobody's business any more.
    running.catch(() => {});
    return await Promise.race([running, over]);
  } finally {
    forget();
    signal.removeEventListener('abort', cancel);
    abort.abort();
  }
}
