/**
 * Lock statistics of a trace: how long tasks waited and held, how many at once, who was overtaken.
 *
 * Of the gateway's socket and its lock only. Waits count however they ended, by a grant, a time-out
 * or the end of the trace, so that time-outs are not left out of the figures; holds count once they
 * are over. Percentiles are exact.
 */
import { type Percentiles, Tally } from '../base/tally.ts';
import type { Observer, TraceEnd } from '../trace/observer.ts';
import { EventKind, type EventView, NONE, ObjectId } from '../trace/event.ts';
import type { Holding, Holdings } from '../trace/holdings.ts';
import type { TraceBook } from '../trace/book.ts';

export type { Percentiles } from '../base/tally.ts';

export interface SymbolLockStats {
  readonly symbol: number;
  readonly acquires: number;
  readonly waitUs: Percentiles;
  readonly holdUs: Percentiles;
}

export interface LockStats {
  /** Enters into and exits from the guarded socket's critical section. */
  readonly acquires: number;
  readonly releases: number;
  /** The most tasks that used the socket at one time. */
  readonly maxHolders: number;
  /** Enters that found somebody else inside. */
  readonly overlaps: number;
  readonly queueDepthMax: number;
  /** The most often that one waiter was overtaken, and how often anybody was. */
  readonly bypassMax: number;
  readonly bypassTotal: number;
  /** Holding time of all tasks added up, to be compared with the span of the run. */
  readonly heldUs: number;
  readonly waitUs: Percentiles;
  readonly holdUs: Percentiles;
  readonly perSymbol: readonly SymbolLockStats[];
}

/** The figures of one symbol, or of the tasks that belong to none. */
class Figures {
  readonly wait = new Tally();
  readonly hold = new Tally();
  acquires = 0;
}

/** Collects the statistics while the trace is read. */
export class LockStatsFold implements Observer {
  readonly reads: readonly EventKind[] = [
    ...[EventKind.grant, EventKind.timeout, EventKind.cancel],
    ...[EventKind.enter, EventKind.exit],
  ];
  readonly #figures: (Figures | undefined)[] = [];
  #acquires = 0;
  #releases = 0;
  #maxHolders = 0;
  #overlaps = 0;
  #queueDepthMax = 0;
  #bypassMax = 0;
  #bypassTotal = 0;
  #heldUs = 0;

  step(event: EventView, book: TraceBook): void {
    if (event.object !== ObjectId.socket) return;
    const kind = event.kind;
    if (kind === EventKind.enter) this.#enter(event, book);
    else if (kind === EventKind.exit) this.#exit(event, book.locks.closed);
    else this.#leave(event, book);
  }

  /** The figures of the trace that `book` has taken in whole. */
  finish(end: TraceEnd, book: TraceBook): LockStats {
    const { waiting } = book.locks.of(ObjectId.socket);
    this.#deepest(waiting.size);
    for (let at = 0; at < waiting.size; at++) {
      const wait = waiting.at(at) as Holding;
      this.#of(wait.symbol).wait.add(Math.max(0, end.timeUs - wait.sinceUs));
    }
    const wait = new Tally();
    const hold = new Tally();
    const perSymbol: SymbolLockStats[] = [];
    this.#figures.forEach((figures, symbol) => {
      if (figures === undefined) return;
      wait.addAll(figures.wait);
      hold.addAll(figures.hold);
      if (symbol !== NONE) perSymbol.push(statsOf(symbol, figures));
    });
    return {
      acquires: this.#acquires,
      releases: this.#releases,
      maxHolders: this.#maxHolders,
      overlaps: this.#overlaps,
      queueDepthMax: this.#queueDepthMax,
      bypassMax: this.#bypassMax,
      bypassTotal: this.#bypassTotal,
      heldUs: this.#heldUs,
      waitUs: wait.percentiles(),
      holdUs: hold.percentiles(),
      perSymbol,
    };
  }

  #of(symbol: number): Figures {
    const known = this.#figures[symbol];
    if (known !== undefined) return known;
    const made = new Figures();
    this.#figures[symbol] = made;
    return made;
  }

  #enter(event: EventView, book: TraceBook): void {
    this.#acquires += 1;
    this.#of(event.symbol).acquires += 1;
    if (book.locks.opened === undefined) return;
    const holders = book.locks.of(event.object).inside.size;
    if (holders > 1) this.#overlaps += 1;
    if (holders > this.#maxHolders) this.#maxHolders = holders;
  }

  #exit(event: EventView, hold: Holding | undefined): void {
    this.#releases += 1;
    if (hold === undefined) return;
    const heldUs = Math.max(0, event.timeUs - hold.sinceUs);
    this.#heldUs += heldUs;
    this.#of(event.symbol).hold.add(heldUs);
  }

  #leave(event: EventView, book: TraceBook): void {
    const wait = book.locks.closed;
    if (wait === undefined) return;
    const { waiting } = book.locks.of(event.object);
    const granted = event.kind === EventKind.grant;
    // A request that is granted at once has not stood in line.
    if (!granted || event.seq > wait.seq + 1) this.#deepest(waiting.size + 1);
    this.#of(event.symbol).wait.add(Math.max(0, event.timeUs - wait.sinceUs));
    const { first } = waiting;
    if (granted && first !== undefined && first.seq < wait.seq) this.#overtaken(waiting, wait.seq);
  }

  #deepest(depth: number): void {
    if (depth > this.#queueDepthMax) this.#queueDepthMax = depth;
  }

  /** The book has counted this overtaking with everybody who asked before `seq`. */
  #overtaken(waiting: Holdings, seq: number): void {
    for (let at = 0; at < waiting.size; at++) {
      const waiter = waiting.at(at) as Holding;
      if (waiter.seq > seq) return;
      this.#bypassTotal += 1;
      if (waiter.overtaken > this.#bypassMax) this.#bypassMax = waiter.overtaken;
    }
  }
}

function statsOf(symbol: number, figures: Figures): SymbolLockStats {
  const { acquires, wait, hold } = figures;
  return { symbol, acquires, waitUs: wait.percentiles(), holdUs: hold.percentiles() };
}
