/**
 * The index of a trace: what the timeline draws and finds, gathered while the events arrive.
 *
 * Fed by segments of a run or by single events of a log, in order; it keeps neither. Believes what
 * it reads: a hold is what was entered and exited, a wait what was requested and granted, a
 * violation a hold that began while another was inside. Known limits: one resource is watched; at
 * most 1,024 holds are open at once, then the oldest is left as it is; a hold that is entered twice
 * counts once.
 */
import { EventKind, type EventView, NONE, ObjectId, type Segment } from '../../sim/index.ts';
import { Buckets } from './buckets.ts';
import { type Lane, type LaneIndex, LaneList } from './lane-index.ts';
import { NO_LANE } from './hold-table.ts';
import { OpenList } from './open-list.ts';
import { PnlIndex } from './pnl-index.ts';
import { SocketTable, SpanKind } from './socket-table.ts';
import { TaskWaits, WaitState } from './task-waits.ts';
import type { TimeRange } from './view-state.ts';
import { WaitEnd } from './wait-table.ts';

export type { Lane } from './lane-index.ts';

export interface TimelineOptions {
  /** How many symbols are known from the start; their lanes are 0 to symbols - 1. */
  readonly symbols: number;
  /** Which resource is watched; the gateway's socket unless something else is said. */
  readonly resource?: number;
}

/** Kinds that matter only on the watched resource. */
const ON_RESOURCE = new Uint8Array(256);
for (const kind of [
  ...[EventKind.request, EventKind.grant, EventKind.release, EventKind.timeout, EventKind.cancel],
  ...[EventKind.enter, EventKind.exit, EventKind.send, EventKind.receive],
  ...[EventKind.socketError, EventKind.socketOpen, EventKind.socketClose],
]) {
  ON_RESOURCE[kind] = 1;
}

export class TimelineIndex {
  readonly #resource: number;
  readonly buckets = new Buckets();
  readonly #lanes = new LaneList(this.buckets);
  /** Holds and waits by lane. */
  readonly byLane: readonly LaneIndex[] = this.#lanes.byLane;
  readonly holdersMax = this.buckets.newMax();
  readonly depthMax = this.buckets.newMax();
  readonly awaiting = this.buckets.newSum();
  readonly socketErrors = this.buckets.newMax();
  readonly socket = new SocketTable();
  readonly pnl = new PnlIndex();
  readonly open = new OpenList();
  readonly waits = new TaskWaits();
  /** What was seen at all; what was not is shown as not recorded. */
  readonly recorded = { requests: false, exchanges: false, figures: false };
  /** Holds that began while another was inside. */
  violations = 0;
  /** How many stand in line now. */
  depth = 0;
  #fresh = -1;
  #bucket = 0;
  #bucketEndUs = 0;
  /** A field and not a parameter: a fraction that is passed on costs an object a call. */
  #nowUs = 0;
  #exchangeSinceUs = -1;
  #letGo = NO_LANE;

  constructor({ symbols, resource = ObjectId.socket }: TimelineOptions) {
    this.#resource = resource;
    for (let symbol = 0; symbol < symbols; symbol++) this.#lanes.of(symbol, NONE);
    this.#bucketEndUs = this.buckets.widthUs;
  }

  /** Whose lanes there are; it grows while events arrive. */
  get lanes(): readonly Lane[] {
    return this.#lanes.lanes;
  }

  /** Time of the last event, or of the end that was told. */
  get endUs(): number {
    return this.#nowUs;
  }

  /** From 0 to the last event, or to the end that was told. */
  extent(): TimeRange {
    return { startUs: 0, endUs: this.#nowUs };
  }

  /** Takes a segment in; it may be reused or transferred afterwards. */
  readonly append = (segment: Segment): void => {
    const { head, a, b, timeUs, value, firstSeq, size } = segment;
    const resource = this.#resource;
    for (let at = 0; at < size; at++) {
      const word = head[at] as number;
      const kind = word & 255;
      if ((timeUs[at] as number) > this.#nowUs) this.#nowUs = timeUs[at] as number;
      if (ON_RESOURCE[kind] === 1) {
        if (word >>> 24 !== resource) continue;
        this.#take(
          kind as EventKind,
          (word >>> 8) & 255,
          (word >>> 16) & 255,
          a[at] as number,
          b[at] as number,
          firstSeq + at,
        );
      } else {
        const symbol = (word >>> 16) & 255;
        const object = word >>> 24;
        this.#other(
          kind as EventKind,
          symbol,
          object,
          b[at] as number,
          value[at] as number,
          firstSeq + at,
        );
      }
    }
    this.buckets.version += 1;
  };

  /** Takes one event in, as a log gives it; the view may be reused afterwards. */
  readonly step = (event: EventView): void => {
    const { kind, task, symbol, object, a, b, value, seq, timeUs } = event;
    if (timeUs > this.#nowUs) this.#nowUs = timeUs;
    if (ON_RESOURCE[kind] === 1) {
      if (object === this.#resource) this.#take(kind, task, symbol, a, b, seq);
    } else {
      this.#other(kind, symbol, object, b, value, seq);
    }
    this.buckets.version += 1;
  };

  /** The trace ends at `endUs`, or lasted that long so far. */
  finish(endUs: number): void {
    this.#confirm();
    if (endUs > this.#nowUs) this.#nowUs = endUs;
    if (this.#nowUs >= this.#bucketEndUs) this.#advance();
    this.buckets.version += 1;
  }

  /** Everything but the watched resource: figures, and the time. */
  #other(
    kind: EventKind,
    symbol: number,
    object: number,
    b: number,
    value: number,
    seq: number,
  ): void {
    const timeUs = this.#nowUs;
    if (kind === EventKind.fill) {
      this.recorded.figures = true;
      this.pnl.fill(timeUs, value, seq);
    } else if (kind === EventKind.metrics) {
      this.recorded.figures = true;
      this.pnl.figure(timeUs, symbol, object === 1, value, seq);
    } else if (kind === EventKind.total) {
      this.recorded.figures = true;
      this.pnl.total(timeUs, b === 1, value, seq);
    }
  }

  #take(kind: EventKind, task: number, symbol: number, a: number, b: number, seq: number): void {
    const fresh = this.#fresh;
    if (fresh >= 0 && !this.#isAtOnce(fresh, kind, task, a, seq)) this.#confirm();
    if (this.#nowUs >= this.#bucketEndUs) this.#advance();
    switch (kind) {
      case EventKind.request:
        return this.#request(task, symbol, a, seq);
      case EventKind.grant:
        return this.#grant(task, a);
      case EventKind.timeout:
        return this.#giveUp(task, a, WaitEnd.timeout);
      case EventKind.cancel:
        return this.#giveUp(task, a, WaitEnd.cancelled);
      case EventKind.enter:
        return this.#enter(task, symbol, a, seq);
      case EventKind.exit:
        return this.#exit(a, seq);
      case EventKind.release:
        this.#letGo = this.#lanes.known(symbol, task);
        return;
      default:
        return this.#exchange(kind, task, symbol, b, seq);
    }
  }

  /** Whether this event grants what the last one asked for: then nobody stood in line. */
  #isAtOnce(fresh: number, kind: EventKind, task: number, hold: number, seq: number): boolean {
    const { waits } = this;
    return (
      kind === EventKind.grant &&
      task === fresh &&
      waits.hold[task] === hold &&
      waits.seq[task] === seq - 1
    );
  }

  /** The last request was not granted at once: it stands in line from its own time on. */
  #confirm(): void {
    const task = this.#fresh;
    if (task < 0) return;
    this.#fresh = -1;
    this.depth += 1;
    this.waits.state[task] = WaitState.queued;
    this.waits.depth[task] = this.depth;
    this.depthMax.raise(this.#bucket, this.depth);
  }

  #request(task: number, symbol: number, hold: number, seq: number): void {
    const now = this.#nowUs;
    const { waits } = this;
    this.recorded.requests = true;
    if (waits.state[task] === WaitState.granted) {
      this.#endWait(task, waits.grantUs[task] as number, WaitEnd.granted);
    } else if (waits.state[task] !== WaitState.none) {
      this.#giveUp(task, waits.hold[task] as number, WaitEnd.cancelled);
    }
    waits.state[task] = WaitState.fresh;
    waits.hold[task] = hold;
    waits.seq[task] = seq;
    waits.requestUs[task] = now;
    waits.lane[task] = this.#lanes.of(symbol, task);
    waits.depth[task] = 0;
    this.#fresh = task;
  }

  #grant(task: number, hold: number): void {
    const { waits } = this;
    const state = waits.state[task];
    if (waits.hold[task] !== hold) return;
    if (state === WaitState.fresh) {
      this.#fresh = -1;
      waits.from[task] = NO_LANE;
    } else if (state === WaitState.queued) {
      this.depth -= 1;
      waits.from[task] = this.#letGo;
    } else return;
    waits.state[task] = WaitState.granted;
    waits.grantUs[task] = this.#nowUs;
    this.#addWaitSpan(task);
  }

  #giveUp(task: number, hold: number, end: WaitEnd): void {
    const { waits } = this;
    if (waits.hold[task] !== hold || waits.state[task] !== WaitState.queued) return;
    this.depth -= 1;
    this.#addWaitSpan(task);
    this.#endWait(task, this.#nowUs, end);
  }

  #addWaitSpan(task: number): void {
    const { waits } = this;
    const now = this.#nowUs;
    const requestUs = waits.requestUs[task] as number;
    if (now === requestUs) return;
    const lane = this.byLane[waits.lane[task] as number];
    if (lane !== undefined) this.buckets.addSpan(lane.waited, requestUs, now);
  }

  #endWait(task: number, endUs: number, end: WaitEnd): void {
    const { waits } = this;
    waits.state[task] = WaitState.none;
    const lane = this.byLane[waits.lane[task] as number];
    lane?.waits.add(
      waits.requestUs[task] as number,
      endUs,
      waits.seq[task] as number,
      waits.depth[task] as number,
      end,
    );
  }

  #enter(task: number, symbol: number, hold: number, seq: number): void {
    const now = this.#nowUs;
    const { open, waits } = this;
    if (open.find(hold) >= 0) return;
    const number = this.#lanes.of(symbol, task);
    const lane = this.byLane[number] as LaneIndex;
    const holders = open.size + 1;
    const row = lane.holds.open(now, seq, holders);
    if (waits.state[task] === WaitState.granted && waits.hold[task] === hold) {
      waits.state[task] = WaitState.none;
      lane.holds.setWait(
        row,
        waits.requestUs[task] as number,
        waits.grantUs[task] as number,
        waits.seq[task] as number,
        waits.depth[task] as number,
        waits.from[task] as number,
      );
    }
    open.add(hold, number, row);
    this.holdersMax.raise(this.#bucket, holders);
    if (holders > 1) this.#overlap();
  }

  /** Somebody came in beside others: all who are inside overlap from now on. */
  #overlap(): void {
    const { open } = this;
    this.violations += 1;
    for (let at = 0; at < open.size; at++) {
      const lane = this.byLane[open.laneAt(at)] as LaneIndex;
      lane.holds.markOverlapped(open.rowAt(at));
      lane.violated.raise(this.#bucket, 1);
    }
  }

  #exit(hold: number, seq: number): void {
    const now = this.#nowUs;
    const { open } = this;
    const at = open.find(hold);
    if (at < 0) return;
    const number = open.laneAt(at);
    const row = open.rowAt(at);
    const lane = this.byLane[number] as LaneIndex;
    this.#letGo = number;
    open.remove(at);
    this.buckets.addSpan(lane.held, lane.holds.close(row, now, seq), now);
  }

  #exchange(kind: EventKind, task: number, symbol: number, b: number, seq: number): void {
    const now = this.#nowUs;
    const { socket } = this;
    if (kind === EventKind.socketOpen) {
      this.#endExchange(SpanKind.closed);
      return;
    }
    this.recorded.exchanges = true;
    if (kind === EventKind.receive) this.#endExchange(SpanKind.answered);
    else if (kind === EventKind.send) {
      this.#endExchange(SpanKind.abandoned);
      socket.begin(now, seq, this.#lanes.known(symbol, task), SpanKind.awaiting);
      this.#exchangeSinceUs = now;
    } else if (kind === EventKind.socketClose) {
      this.#endExchange(SpanKind.abandoned);
      socket.begin(now, seq, NO_LANE, SpanKind.closed);
    } else {
      socket.addError(now, seq, this.#lanes.known(symbol, task), b);
      this.socketErrors.raise(this.#bucket, 1);
    }
  }

  #endExchange(kind: SpanKind): void {
    const now = this.#nowUs;
    this.socket.end(now, kind);
    if (this.#exchangeSinceUs < 0) return;
    this.buckets.addSpan(this.awaiting, this.#exchangeSinceUs, now);
    this.#exchangeSinceUs = -1;
  }

  /** Time has left the present bucket: who is inside or in line is so in the next ones too. */
  #advance(): void {
    const { buckets, open, depth } = this;
    const widthUs = buckets.widthUs;
    const last = buckets.reach(this.#nowUs);
    // A fold joins buckets: the present one has moved to half its number, for each doubling.
    for (let width = widthUs; width < buckets.widthUs; width *= 2) this.#bucket >>= 1;
    const holders = open.size;
    for (let bucket = this.#bucket + 1; bucket <= last; bucket++) {
      this.holdersMax.raise(bucket, holders);
      this.depthMax.raise(bucket, depth);
      if (holders < 2) continue;
      for (let at = 0; at < holders; at++) {
        (this.byLane[open.laneAt(at)] as LaneIndex).violated.raise(bucket, 1);
      }
    }
    this.#bucket = last;
    this.#bucketEndUs = (last + 1) * buckets.widthUs;
  }
}
