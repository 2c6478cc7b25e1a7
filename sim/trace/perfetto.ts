/**
 * Exports a trace for Perfetto: who waits and who holds, the socket, the queue and the money.
 *
 * A symbol has a track for its use of the socket and one for its waiting, so that slices always
 * nest; where two of the same symbol overlap, the second goes to a further track of the same name,
 * which Perfetto draws as one. Slices that never end stay open. Known limit: only the guarded
 * socket and its lock are drawn. Money is in cents, and what a float aggregator holds is drawn as
 * it is.
 */
import type { EventRef } from './event.ts';
import {
  BreakerState,
  DrawdownState,
  EventKind,
  type EventView,
  NONE,
  ObjectId,
  SocketErrorCode,
  SocketOp,
} from './event.ts';
import { PerfettoLanes } from './perfetto-lanes.ts';
import { PerfettoPackets } from './perfetto-packets.ts';
import { newView, readEvent, type Segment } from './segment.ts';

export interface PerfettoOptions {
  /** The process's name: what the run is called. */
  readonly title: string;
  readonly symbolNames: readonly string[];
  /** Names of tasks by id, for those that belong to no symbol. */
  readonly taskNames: readonly string[];
}

/** Something to point at, for instance a violation. */
export interface PerfettoMark {
  readonly text: string;
  readonly at: EventRef;
}

/** In which order the tracks stand. */
const Rank = {
  marks: 0,
  holders: 1,
  queue: 2,
  symbols: 10,
  socket: 1_000,
  ledger: 1_001,
  aggregator: 1_002,
  risk: 1_003,
} as const;

export class PerfettoExport {
  readonly #packets: PerfettoPackets;
  readonly #options: PerfettoOptions;
  readonly #view = newView();
  /** By symbol, or by task behind the symbols: the track of holds, and the one of waits. */
  readonly #holds: PerfettoLanes[] = [];
  readonly #waits: PerfettoLanes[] = [];
  readonly #socket: PerfettoLanes;
  readonly #holdersTrack: number;
  readonly #queueTrack: number;
  readonly #ledgerTrack: number;
  readonly #aggregatorTrack: number;
  readonly #figures: number[] = [];
  #riskTrack: number | undefined;
  #holders = 0;
  #waiting = 0;
  #ledgerCents = 0;

  /** `emit` gets the file piece by piece. */
  constructor(options: PerfettoOptions, emit: (piece: Uint8Array) => void) {
    const packets = new PerfettoPackets(options.title, emit);
    this.#options = options;
    this.#packets = packets;
    this.#holdersTrack = packets.counterTrack('holders of the socket', Rank.holders, undefined);
    this.#queueTrack = packets.counterTrack('waiting for the lock', Rank.queue, undefined);
    this.#socket = new PerfettoLanes(packets, 'socket', Rank.socket);
    this.#ledgerTrack = packets.counterTrack('PnL, ledger', Rank.ledger, 'cents');
    this.#aggregatorTrack = packets.counterTrack('PnL, aggregator', Rank.aggregator, 'cents');
  }

  /** Takes in a segment; segments come in order and once each. */
  readonly read = (segment: Segment): void => {
    const view = this.#view;
    for (let at = 0; at < segment.size; at++) {
      readEvent(segment, at, view);
      this.#event(view);
    }
  };

  /** Adds what is to be pointed at, and ends the file. */
  finish(marks: readonly PerfettoMark[] = []): void {
    if (marks.length > 0) {
      const track = this.#packets.track('violations', Rank.marks);
      for (const { text, at } of marks) {
        this.#packets.instant(track, at.timeUs, text, ['event', at.seq]);
      }
    }
    this.#packets.finish();
  }

  #event(event: EventView): void {
    switch (event.kind) {
      case EventKind.request:
      case EventKind.grant:
      case EventKind.timeout:
      case EventKind.cancel:
        if (event.object === ObjectId.socket) this.#wait(event);
        return;
      case EventKind.enter:
      case EventKind.exit:
        if (event.object === ObjectId.socket) this.#hold(event);
        return;
      case EventKind.send:
      case EventKind.receive:
      case EventKind.socketError:
      case EventKind.socketOpen:
      case EventKind.socketClose:
        if (event.object === ObjectId.socket) this.#exchange(event);
        return;
      case EventKind.fill:
        this.#ledgerCents += event.value;
        this.#packets.count(this.#ledgerTrack, event.timeUs, this.#ledgerCents);
        this.#lanes(this.#holds, event, '').instant(event.timeUs, 'fill', ['cents', event.value]);
        return;
      case EventKind.metrics:
        this.#figures[event.symbol] = event.object === 1 ? event.value * 100 : event.value;
        this.#packets.count(this.#aggregatorTrack, event.timeUs, sum(this.#figures));
        return;
      case EventKind.breaker:
      case EventKind.drawdown:
      case EventKind.guardian:
        this.#risk(event);
        return;
      default:
    }
  }

  #wait(event: EventView): void {
    const lanes = this.#lanes(this.#waits, event, ' waiting');
    if (event.kind === EventKind.request) {
      if (lanes.begin(event.a, event.timeUs, 'wait', ['hold', event.a])) this.#waiting += 1;
    } else if (lanes.end(event.a, event.timeUs)) this.#waiting -= 1;
    this.#packets.count(this.#queueTrack, event.timeUs, this.#waiting);
  }

  #hold(event: EventView): void {
    const lanes = this.#lanes(this.#holds, event, '');
    if (event.kind === EventKind.enter) {
      if (lanes.begin(event.a, event.timeUs, 'hold', ['hold', event.a])) this.#holders += 1;
    } else if (lanes.end(event.a, event.timeUs)) this.#holders -= 1;
    this.#packets.count(this.#holdersTrack, event.timeUs, this.#holders);
  }

  #exchange(event: EventView): void {
    const socket = this.#socket;
    const detail = ['request', event.a] as const;
    switch (event.kind) {
      case EventKind.send:
        socket.begin(event.a, event.timeUs, this.#nameOf(event), detail);
        return;
      case EventKind.receive:
        if (!socket.end(event.a, event.timeUs)) socket.instant(event.timeUs, 'stray reply', detail);
        return;
      case EventKind.socketError: {
        socket.end(event.a, event.timeUs);
        const code = nameOf(SocketErrorCode, event.b >> 2);
        const name = `${code} in ${nameOf(SocketOp, event.b & 3)}`;
        return socket.instant(event.timeUs, name, detail);
      }
      case EventKind.socketClose:
      case EventKind.socketOpen:
        socket.endAll(event.timeUs);
        socket.instant(
          event.timeUs,
          event.kind === EventKind.socketOpen ? 'open' : 'close',
          undefined,
        );
        return;
      default:
    }
  }

  #risk(event: EventView): void {
    this.#riskTrack ??= this.#packets.track('risk', Rank.risk);
    const name =
      event.kind === EventKind.breaker
        ? `breaker ${nameOf(BreakerState, event.b)}`
        : event.kind === EventKind.drawdown
          ? `drawdown ${nameOf(DrawdownState, event.b)}`
          : `guardian ${event.a === 0 ? 'resumed' : 'halted'}`;
    this.#packets.instant(this.#riskTrack, event.timeUs, name, undefined);
  }

  /** The lanes of whom an event belongs to: its symbol, or else its task. */
  #lanes(all: PerfettoLanes[], event: EventView, suffix: string): PerfettoLanes {
    const row = event.symbol === NONE ? NONE + event.task : event.symbol;
    const rank = Rank.symbols + 2 * Math.min(row, 400) + (suffix === '' ? 0 : 1);
    return (all[row] ??= new PerfettoLanes(this.#packets, this.#nameOf(event) + suffix, rank));
  }

  #nameOf(event: EventView): string {
    const name = this.#options.symbolNames[event.symbol];
    return name ?? this.#options.taskNames[event.task] ?? `task ${event.task}`;
  }
}

/** The file of a trace, piece by piece. */
export function* perfettoTrace(
  segments: Iterable<Segment>,
  options: PerfettoOptions,
  marks: readonly PerfettoMark[] = [],
): Generator<Uint8Array, void, undefined> {
  const pieces: Uint8Array[] = [];
  const file = new PerfettoExport(options, (piece) => pieces.push(piece));
  for (const segment of segments) {
    file.read(segment);
    yield* pieces.splice(0);
  }
  file.finish(marks);
  yield* pieces.splice(0);
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}

function nameOf(names: Readonly<Record<string, number>>, code: number): string {
  return Object.keys(names).find((name) => names[name] === code) ?? String(code);
}
