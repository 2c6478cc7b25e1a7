/**
 * How much each moment of a run says about a violated check.
 *
 * A departure from the default schedule and what the check's own evidence names come first; then
 * what those tasks did of the kind that the check is about; then what others did of that kind. What
 * comes after the evidence says nothing any more, unless the run got stuck: then the end is the
 * point.
 */
import type { CheckId, Evidence } from '../check/contract.ts';
import { EventKind, NONE, RunEnd, type TraceEvent } from '../trace/event.ts';

/** A moment as far as it is weighed. */
interface Weighed {
  readonly events: readonly TraceEvent[];
  readonly choices: readonly number[];
  readonly lastSeq: number;
}

const LOCK_KINDS: readonly EventKind[] = [
  EventKind.request,
  EventKind.grant,
  EventKind.release,
  EventKind.timeout,
  EventKind.cancel,
  EventKind.enter,
  EventKind.exit,
];
const SOCKET_KINDS: readonly EventKind[] = [
  EventKind.send,
  EventKind.receive,
  EventKind.socketError,
  EventKind.socketOpen,
  EventKind.socketClose,
  EventKind.fault,
];
const ORDER_KINDS: readonly EventKind[] = [
  EventKind.order,
  EventKind.fill,
  EventKind.reject,
  EventKind.unknown,
  EventKind.resolve,
];
const MONEY_KINDS: readonly EventKind[] = [EventKind.fill, EventKind.metrics, EventKind.unknown];
const RULE_KINDS: readonly EventKind[] = [
  EventKind.breaker,
  EventKind.drawdown,
  EventKind.guardian,
];

/** By the first word of the check's id: the kinds of events that it is about. */
const KINDS: Readonly<Record<string, readonly EventKind[]>> = {
  lock: LOCK_KINDS,
  socket: [...SOCKET_KINDS, EventKind.enter, EventKind.exit, EventKind.grant],
  order: [...ORDER_KINDS, ...SOCKET_KINDS],
  pnl: MONEY_KINDS,
  metrics: MONEY_KINDS,
  risk: [...ORDER_KINDS, ...RULE_KINDS],
};

/** Weighs moments by the check: 0 is not told, more is told sooner. */
export function relevance(
  check: CheckId,
  finding: Evidence | undefined,
  moments: readonly Weighed[],
): (moment: Weighed) => number {
  const kinds = KINDS[check.split('.')[0] ?? ''] ?? LOCK_KINDS;
  const named = new Set(finding?.at.map(({ seq }) => seq));
  const all = moments.flatMap(({ events }) => events);
  const tasks = new Set(all.filter(({ seq }) => named.has(seq)).map(({ task }) => task));
  const isStuck = all.some(({ kind, b }) => kind === EventKind.end && b === RunEnd.stuck);
  const lastSeq = isStuck || tasks.has(NONE) ? Infinity : Math.max(-1, ...named);
  const ofKind = ({ kind }: TraceEvent): boolean => kinds.includes(kind);
  const ofTask = ({ task, symbol }: TraceEvent): boolean =>
    tasks.size === 0 || tasks.has(task) || tasks.has(symbol) || isStuck;
  return ({ events, choices, lastSeq: last }) => {
    if (events.some(({ seq }) => named.has(seq))) return 4;
    if (choices.length > 0) return 3;
    if (lastSeq >= 0 && last > lastSeq) return 0;
    if (events.some((event) => event.kind === EventKind.end)) return isStuck ? 4 : 0;
    const about = events.filter(ofKind);
    if (about.length === 0) return 0;
    return about.some(ofTask) ? 2 : 1;
  };
}
