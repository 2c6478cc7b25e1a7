/** One event in a table's words: who it was, and what its numbers mean. */
import {
  eventName,
  EventKind,
  type EventView,
  formatCents,
  newView,
  NONE,
  ObjectId,
} from '../../sim/index.ts';
import type { Session } from '../state/session.svelte.ts';
import { integer, ms } from './figures.ts';

/** An event as tables tell it. */
export interface EventRow {
  readonly seq: number;
  /** Its number, or in a log its line. */
  readonly place: string;
  readonly time: string;
  readonly kind: string;
  readonly who: string;
  readonly detail: string;
}

const OBJECTS: readonly (string | undefined)[] = (() => {
  const names: string[] = [];
  names[ObjectId.socket] = 'socket';
  names[ObjectId.aggregator] = 'aggregator';
  names[ObjectId.sideSocket] = 'side socket';
  return names;
})();

const ERRORS = ['', 'EFSM', 'EAGAIN', 'EBUSY', 'EBADF', 'ETERM'] as const;
const OPERATIONS = ['send', 'receive', 'close'] as const;

/** Whose event it was: the symbol's name, else the task's; empty where it was nobody's. */
export function whoOf(
  event: EventView,
  symbols: readonly string[],
  tasks: readonly string[],
): string {
  if (event.symbol !== NONE) return symbols[event.symbol] ?? `symbol ${event.symbol}`;
  return event.task === NONE ? '' : (tasks[event.task] ?? `task ${event.task}`);
}

/** What the numbers of an event say, shortly. */
export function detailOf(event: EventView): string {
  const { kind, object, a, b, value } = event;
  switch (kind) {
    case EventKind.request:
    case EventKind.release:
    case EventKind.timeout:
    case EventKind.cancel:
    case EventKind.enter:
    case EventKind.exit:
      return `${OBJECTS[object] ?? 'lock'}, hold ${a}`;
    case EventKind.grant:
      return `${OBJECTS[object] ?? 'lock'}, hold ${a}, ${b} still wait`;
    case EventKind.send:
    case EventKind.receive:
      return `${OBJECTS[object] ?? 'socket'}, request ${a}`;
    case EventKind.socketError:
      return `${OBJECTS[object] ?? 'socket'}: ${ERRORS[b >> 2] ?? ''} on ${OPERATIONS[b & 3] ?? ''}`;
    case EventKind.signal:
    case EventKind.settle:
      return `signal ${a}`;
    case EventKind.fill:
      return `order ${a}, ticket ${b}, ${formatCents(value)}`;
    case EventKind.order:
    case EventKind.reject:
    case EventKind.unknown:
    case EventKind.resolve:
      return `order ${a}`;
    case EventKind.metrics:
    case EventKind.total:
      return object === 1 || (kind === EventKind.total && b === 1)
        ? String(value)
        : formatCents(value);
    case EventKind.books:
      return formatCents(value);
    default:
      return '';
  }
}

/** The event with number `seq`, which the trace has to have. */
export function eventRow(
  seq: number,
  { trace, symbols, tasks }: Pick<Session, 'trace' | 'symbols' | 'tasks'>,
): EventRow {
  const event = newView();
  trace.read(seq, event);
  return {
    seq,
    place: integer(trace.placeOf(seq)),
    time: ms(event.timeUs),
    kind: kindOf(event),
    who: whoOf(event, symbols, tasks),
    detail: detailOf(event),
  };
}

/** The name of an event's kind. */
export function kindOf(event: EventView): string {
  return eventName(event.kind);
}
