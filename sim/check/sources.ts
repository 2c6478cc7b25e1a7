/**
 * Where events come from, what each source can carry at all, and which checks its verdict rests on.
 *
 * A run carries everything, so all checks are required of it. Exploration abstracts from durations,
 * so what adds them up or bounds them, `run.*` and `lock.capacity`, is not required there. What a
 * log carries is known once it is read.
 */
import { EventKind } from '../trace/event.ts';
import { CHECK_IDS, type CheckId, type Source } from './contract.ts';

const EVERY_KIND: ReadonlySet<EventKind> = new Set(Object.values(EventKind));
const EVERY_CHECK: ReadonlySet<CheckId> = new Set(CHECK_IDS);

/** A run in virtual time. */
export const SIMULATED: Source = {
  kind: 'simulated',
  carries: EVERY_KIND,
  timed: true,
  required: EVERY_CHECK,
};

/**
 * A run under a schedule that somebody chose; its times are in order, its durations mean nothing.
 */
export const EXPLORED: Source = {
  kind: 'explored',
  carries: EVERY_KIND,
  timed: true,
  required: new Set(CHECK_IDS.filter((id) => !id.startsWith('run.') && id !== 'lock.capacity')),
};

/** A run in real time. */
export const LIVE: Source = {
  kind: 'live',
  carries: EVERY_KIND,
  timed: true,
  required: EVERY_CHECK,
};

const LOCK_KINDS: ReadonlySet<EventKind> = new Set([
  ...[EventKind.request, EventKind.grant, EventKind.release, EventKind.timeout],
  ...[EventKind.cancel, EventKind.enter, EventKind.exit],
]);

/** A run in real time whose socket is guarded elsewhere: nothing is known of holds. */
export const LIVE_UNGUARDED: Source = {
  ...LIVE,
  carries: new Set([...EVERY_KIND].filter((kind) => !LOCK_KINDS.has(kind))),
  required: new Set(CHECK_IDS.filter((id) => !id.startsWith('lock.'))),
};

/** What a log turned out to contain. */
export interface LogContents {
  /** Kinds on whose events a check may rely. */
  readonly carries: ReadonlySet<EventKind>;
  /** Whether every lock line had a time stamp, and none went back. */
  readonly timed: boolean;
  /** Whether a final sum was printed that is no number. */
  readonly unreadTotal?: boolean;
}

/** A log that some engine wrote: exclusion always, the rest as far as the log shows it. */
export function logSource(contents: LogContents): Source {
  const { carries, timed, unreadTotal = false } = contents;
  const required = new Set<CheckId>(['lock.pairing', 'lock.exclusion', 'lock.ownership']);
  if (timed) required.add('lock.capacity');
  const totals = carries.has(EventKind.total) && carries.has(EventKind.books);
  if (totals || unreadTotal) required.add('pnl.total');
  if (carries.has(EventKind.socketError)) required.add('socket.alternation');
  return { kind: 'log', carries, timed, required };
}
