/**
 * An execution of a lock as lanes: who waits and who holds, turn by turn, and where several hold.
 *
 * Time is abstract: a column is a turn in which something happened, and all are as wide. Invariant:
 * spans of a lane do not overlap, and one that never ends reaches to the last column.
 */
import type { LockEvent } from './sandbox/lock-contract.ts';

/** From one column to another, the last excluded. */
export interface Span {
  readonly kind: 'waits' | 'holds';
  readonly from: number;
  readonly to: number;
}

export interface Lanes {
  readonly columns: number;
  /** By client. */
  readonly lanes: readonly (readonly Span[])[];
  /** Where more than one holds. */
  readonly shared: readonly { readonly from: number; readonly to: number }[];
  /** By time: which column it is. */
  readonly columnOf: ReadonlyMap<number, number>;
}

export function lanesOf(events: readonly LockEvent[], clients: number): Lanes {
  const times = [...new Set(events.map(({ timeUs }) => timeUs))].sort((x, y) => x - y);
  const columnOf = new Map(times.map((timeUs, at) => [timeUs, at]));
  const columns = times.length + 1;
  const lanes = Array.from({ length: clients }, (_, client) =>
    spansOf(
      events.filter((event) => event.client === client),
      (timeUs) => columnOf.get(timeUs) ?? 0,
      columns,
    ),
  );
  return { columns, lanes, shared: sharedOf(lanes, columns), columnOf };
}

function spansOf(
  events: readonly LockEvent[],
  columnAt: (timeUs: number) => number,
  columns: number,
): Span[] {
  const spans: Span[] = [];
  let open: { readonly kind: Span['kind']; readonly from: number } | undefined;
  const close = (to: number): void => {
    if (open !== undefined && to > open.from) spans.push({ ...open, to });
    open = undefined;
  };
  for (const { kind, timeUs } of events) {
    const at = columnAt(timeUs);
    close(at);
    if (kind === 'request') open = { kind: 'waits', from: at };
    if (kind === 'enter') open = { kind: 'holds', from: at };
  }
  close(columns);
  return spans;
}

function sharedOf(lanes: readonly (readonly Span[])[], columns: number): Lanes['shared'] {
  const shared: { from: number; to: number }[] = [];
  for (let at = 0; at < columns; at++) {
    const holders = lanes.filter((spans) =>
      spans.some(({ kind, from, to }) => kind === 'holds' && from <= at && at < to),
    );
    const last = shared.at(-1);
    if (holders.length < 2) continue;
    if (last?.to === at) last.to = at + 1;
    else shared.push({ from: at, to: at + 1 });
  }
  return shared;
}
