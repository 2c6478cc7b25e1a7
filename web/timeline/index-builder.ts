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
import { Buckets, type SumSeries } from './buckets.ts';
import { type Lane, type LaneIndex, LaneList } from './lane-index.ts';
import { NO_LANE } from './hold-table.ts';
import { OpenList } from './open-list.ts';
import { OverlapTable } from './overlap-table.ts';
import { PnlIndex } from './pnl-index.ts';
import { SocketTable, SpanKind } from './socket-table.ts';
import { newTaskWaits, type TaskWait, WaitState } from './task-waits.ts';
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

/** Begins as a double, so that the fields that hold times never change their shape. */
const NEVER_US = -0.5;

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
  readonly overlaps = new OverlapTable();
  readonly open = new OpenList();
  /** What every task waits for, by its id. */
  readonly waits = newTaskWaits();
  /** What was seen at all; what was not is shown as not recorded. */
  readonly recorded = { requests: false, exchanges: false, figures: false };
  /** Holds that began while another was inside. */
  violations = 0;
  /** How many stand in line now. */
  depth = 0;
  #fresh = -1;
  #bucket = 0;
  /** Where the present bucket begins and ends. */
  #bucketUs = NEVER_US;
  #bucketEndUs = NEVER_US;
  /** A field and not a parameter: a fraction that is passed on costs an object a call. */
  #nowUs = NEVER_US;
  #exchangeSinceUs = NEVER_US;
  #letGo = NO_LANE;

  constructor({ symbols, resource = ObjectId.socket }: TimelineOptions) {
    this.#resource = resource;
    for (let symbol = 0; symbol < symbols; symbol++) this.#lanes.of(symbol, NONE);
    this.#bucketUs = 0;
    this.#bucketEndUs = this.buckets.widthUs;
  }

  /** Whose lanes there are; it grows while events arrive. */
  get lanes(): readonly Lane[] {
    return this.#lanes.lanes;
  }

  /** Time of the last event, or of the end that was told. */
  get endUs(): number {
    return Math.max(0, this.#nowUs);
  }

  /** From 0 to the last event, or to the end that was told. */
  extent(): TimeRange {
    return { startUs: 0, endUs: this.endUs };
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
          a[at] as number,
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
      this.#other(kind, symbol, object, a, b, value, seq);
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
    a: number,
    b: number,
    value: number,
    seq: number,
  ): void {
    const timeUs = this.#nowUs;
    if (kind === EventKind.fill) {
      this.recorded.figures = true;
      this.pnl.fill(timeUs, value, seq);
      this.overlaps.fill(symbol, a, value);
    } else if (kind === EventKind.order) {
      this.overlaps.order(symbol, a);
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
    if (kind !== EventKind.grant || task !== fresh) return false;
    const wait = this.#waitOf(task);
    return wait.hold === hold && wait.seq === seq - 1;
  }

  /** The last request was not granted at once: it stands in line from its own time on. */
  #confirm(): void {
    const task = this.#fresh;
    if (task < 0) return;
    this.#fresh = -1;
    this.depth += 1;
    const wait = this.#waitOf(task);
    wait.state = WaitState.queued;
    wait.depth = this.depth;
    this.depthMax.raise(this.#bucket, this.depth);
  }

  #waitOf(task: number): TaskWait {
    return this.waits[task] as TaskWait;
  }

  #request(task: number, symbol: number, hold: number, seq: number): void {
    const wait = this.#waitOf(task);
    this.recorded.requests = true;
    if (wait.state === WaitState.granted) this.#endWait(wait, wait.grantUs, WaitEnd.granted);
    else if (wait.state !== WaitState.none) this.#giveUp(task, wait.hold, WaitEnd.cancelled);
    wait.state = WaitState.fresh;
    wait.hold = hold;
    wait.seq = seq;
    wait.requestUs = this.#nowUs;
    wait.lane = this.#lanes.of(symbol, task);
    wait.depth = 0;
    this.#fresh = task;
  }

  #grant(task: number, hold: number): void {
    const wait = this.#waitOf(task);
    if (wait.hold !== hold) return;
    if (wait.state === WaitState.fresh) {
      this.#fresh = -1;
      wait.from = NO_LANE;
    } else if (wait.state === WaitState.queued) {
      this.depth -= 1;
      wait.from = this.#letGo;
    } else return;
    wait.state = WaitState.granted;
    wait.grantUs = this.#nowUs;
    this.#addWaitSpan(wait);
  }

  #giveUp(task: number, hold: number, end: WaitEnd): void {
    const wait = this.#waitOf(task);
    if (wait.hold !== hold || wait.state !== WaitState.queued) return;
    this.depth -= 1;
    this.#addWaitSpan(wait);
    this.#endWait(wait, this.#nowUs, end);
  }

  #addWaitSpan({ requestUs, lane }: TaskWait): void {
    if (this.#nowUs === requestUs) return;
    const one = this.byLane[lane];
    if (one !== undefined) this.#addSince(one.waited, requestUs);
  }

  /** Adds the time from `startUs` to now; most spans begin in the bucket in which they end. */
  #addSince(series: SumSeries, startUs: number): void {
    const now = this.#nowUs;
    if (startUs >= this.#bucketUs) series.add(this.#bucket, now - startUs);
    else this.buckets.addSpan(series, startUs, now);
  }

  #endWait(wait: TaskWait, endUs: number, end: WaitEnd): void {
    wait.state = WaitState.none;
    const { requestUs, seq, depth, lane } = wait;
    this.byLane[lane]?.waits.add(requestUs, endUs, seq, depth, end);
  }

  #enter(task: number, symbol: number, hold: number, seq: number): void {
    const now = this.#nowUs;
    const { open } = this;
    if (open.find(hold) >= 0) return;
    const number = this.#lanes.of(symbol, task);
    const lane = this.byLane[number] as LaneIndex;
    const holders = open.size + 1;
    const row = lane.holds.open(now, seq, holders);
    const wait = this.#waitOf(task);
    if (wait.state === WaitState.granted && wait.hold === hold) {
      wait.state = WaitState.none;
      lane.holds.setWait(row, wait.requestUs, wait.grantUs, wait.seq, wait.depth, wait.from);
    }
    open.add(hold, number, row);
    this.holdersMax.raise(this.#bucket, holders);
    if (holders > 1) this.#overlap(seq);
  }

  /** Somebody came in beside others: all who are inside overlap from now on. */
  #overlap(seq: number): void {
    const { open } = this;
    this.violations += 1;
    this.overlaps.raise(this.#nowUs, seq, open.size);
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
    if (open.size === 1) this.overlaps.end(now, seq);
    this.#addSince(lane.held, lane.holds.close(row, now, seq));
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
    this.#addSince(this.awaiting, this.#exchangeSinceUs);
    this.#exchangeSinceUs = NEVER_US;
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
    this.#bucketUs = last * buckets.widthUs;
    this.#bucketEndUs = this.#bucketUs + buckets.widthUs;
  }
}
