/**
 * Lock statistics of a trace: how long tasks waited and held, how many at once, who was overtaken.
 *
 * Of the gateway's socket and its lock only. Waits count however they ended, by a grant, a time-out or
 * the end of the trace, so that time-outs are not left out of the figures; holds count once they are
 * over. Percentiles are exact.
 */
import { type Percentiles, Tally } from '../base/tally.ts';
import { WaitLine } from '../base/wait-line.ts';
import type { Observer, TraceEnd } from '../check/contract.ts';
import { EventKind, type EventView, NONE, ObjectId } from '../trace/event.ts';

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
    ...[EventKind.request, EventKind.grant, EventKind.timeout, EventKind.cancel],
    ...[EventKind.enter, EventKind.exit],
  ];
  readonly #figures: (Figures | undefined)[] = [];
  readonly #line = new WaitLine();
  /** By slot of the line: since when, whose, how often overtaken. */
  readonly #askedUs: number[] = [];
  readonly #asker: number[] = [];
  readonly #overtaken: number[] = [];
  readonly #inside = new WaitLine();
  readonly #enteredUs: number[] = [];
  #acquires = 0;
  #releases = 0;
  #maxHolders = 0;
  #overlaps = 0;
  #queueDepthMax = 0;
  #bypassMax = 0;
  #bypassTotal = 0;
  #heldUs = 0;
  /** The hold that was asked for last, until the next event shows whether it has to wait. */
  #fresh = -1;

  step(event: EventView): void {
    if (event.object !== ObjectId.socket) return;
    const kind = event.kind;
    if (kind === EventKind.enter) this.#enter(event);
    else if (kind === EventKind.exit) this.#exit(event);
    else {
      const atOnce = kind === EventKind.grant && event.a === this.#fresh;
      if (!atOnce && this.#line.size > this.#queueDepthMax) this.#queueDepthMax = this.#line.size;
      if (kind === EventKind.request) this.#request(event);
      else this.#leave(event, kind === EventKind.grant);
    }
  }

  finish(end: TraceEnd): LockStats {
    const line = this.#line;
    if (line.size > this.#queueDepthMax) this.#queueDepthMax = line.size;
    for (let slot = line.first; slot >= 0; slot = line.behind(slot)) {
      const waitedUs = Math.max(0, end.timeUs - (this.#askedUs[slot] as number));
      this.#of(this.#asker[slot] as number).wait.add(waitedUs);
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

  #enter(event: EventView): void {
    const inside = this.#inside;
    this.#acquires += 1;
    this.#of(event.symbol).acquires += 1;
    if (inside.find(event.a) >= 0) return;
    if (inside.size > 0) this.#overlaps += 1;
    if (inside.size >= OPEN_MAX) inside.leave(inside.key(inside.first));
    this.#enteredUs[inside.join(event.a)] = event.timeUs;
    if (inside.size > this.#maxHolders) this.#maxHolders = inside.size;
  }

  #exit(event: EventView): void {
    this.#releases += 1;
    const slot = this.#inside.leave(event.a);
    if (slot < 0) return;
    const heldUs = Math.max(0, event.timeUs - (this.#enteredUs[slot] as number));
    this.#heldUs += heldUs;
    this.#of(event.symbol).hold.add(heldUs);
  }

  #request(event: EventView): void {
    const line = this.#line;
    if (line.find(event.a) >= 0) return;
    const slot = line.join(event.a);
    this.#askedUs[slot] = event.timeUs;
    this.#asker[slot] = event.symbol;
    this.#overtaken[slot] = 0;
    this.#fresh = event.a;
  }

  #leave(event: EventView, granted: boolean): void {
    const line = this.#line;
    this.#fresh = -1;
    if (granted && line.size > 1) this.#overtake(line.find(event.a));
    const slot = line.leave(event.a);
    if (slot < 0) return;
    this.#of(event.symbol).wait.add(Math.max(0, event.timeUs - (this.#askedUs[slot] as number)));
  }

  /** Everybody who asked before the one in slot `own` is overtaken. */
  #overtake(own: number): void {
    if (own < 0) return;
    const line = this.#line;
    for (let slot = line.first; slot !== own; slot = line.behind(slot)) {
      const times = (this.#overtaken[slot] as number) + 1;
      this.#overtaken[slot] = times;
      this.#bypassTotal += 1;
      if (times > this.#bypassMax) this.#bypassMax = times;
    }
  }
}

/** As many holds as are told apart at one time; a log without releases would fill the memory. */
const OPEN_MAX = 65_536;

function statsOf(symbol: number, figures: Figures): SymbolLockStats {
  const { acquires, wait, hold } = figures;
  return { symbol, acquires, waitUs: wait.percentiles(), holdUs: hold.percentiles() };
}
