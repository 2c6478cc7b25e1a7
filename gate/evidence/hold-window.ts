/**
 * Keeps the holds around one place of a trace, so that a timeline of it can be drawn afterwards.
 *
 * It reads events as a check does, with bounded state: the last finished spans before the place,
 * what is open, and a few dozen events after it. Where the place is not known beforehand it is the
 * first enter that finds another task inside.
 */
import {
  EventKind,
  type EventRef,
  type EventView,
  newView,
  NONE,
  readEvent,
  type Segment,
} from '../../sim/index.ts';

/** One stretch of a task's way through a critical section. */
export interface Span {
  readonly kind: 'hold' | 'wait';
  readonly object: number;
  readonly symbol: number;
  readonly task: number;
  readonly from: EventRef;
  /** Undefined while it lasts, at the end of the picture. */
  to: EventRef | undefined;
}

/** What a timeline is drawn from: spans of one resource, oldest first, and how far they reach. */
export interface Picture {
  readonly at: EventRef;
  readonly spans: readonly Span[];
  readonly from: EventRef;
  readonly to: EventRef;
}

const KEPT_BEFORE = 3;
const RING = 64;
const OPEN_MAX = 256;
const STEPS_AFTER = 12;
const EVENTS_AFTER = 4_000;

export class HoldWindow {
  readonly #aroundSeq: number | undefined;
  readonly #holds = new Map<number, Span>();
  readonly #waits = new Map<number, Span>();
  readonly #finished: Span[] = [];
  readonly #view = newView();
  #centre: EventRef | undefined;
  #object: number | undefined;
  #last: EventRef = { seq: 0, timeUs: 0 };
  #stepsLeft = STEPS_AFTER;
  #eventsLeft = EVENTS_AFTER;

  /** Looks at the event number `aroundSeq`, or at the first overlap. */
  constructor(aroundSeq: number | undefined) {
    this.#aroundSeq = aroundSeq;
  }

  /** True once later events would change nothing. */
  get done(): boolean {
    return this.#stepsLeft <= 0 || this.#eventsLeft <= 0;
  }

  /** Reads a segment of a trace. */
  readonly read = (segment: Segment): void => {
    for (let at = 0; at < segment.size && !this.done; at++) {
      readEvent(segment, at, this.#view);
      this.step(this.#view);
    }
  };

  step(event: EventView): void {
    if (this.done) return;
    if (this.#centre === undefined && this.#aroundSeq !== undefined) {
      if (event.seq >= this.#aroundSeq) this.#centreOn(event);
    }
    if (this.#centre !== undefined) this.#eventsLeft -= 1;
    this.#last = { seq: event.seq, timeUs: event.timeUs };
    switch (event.kind) {
      case EventKind.request:
        this.#open(this.#waits, 'wait', event);
        break;
      case EventKind.grant:
      case EventKind.timeout:
      case EventKind.cancel:
        this.#close(this.#waits, event);
        break;
      case EventKind.enter:
        this.#open(this.#holds, 'hold', event);
        this.#count(event);
        break;
      case EventKind.exit:
        this.#close(this.#holds, event);
        this.#count(event);
        break;
      default:
    }
  }

  /** The picture, or undefined if the place never came or nobody ever entered. */
  picture(): Picture | undefined {
    const at = this.#centre;
    if (at === undefined) return undefined;
    const object = this.#object ?? this.#anyResource();
    const all = [...this.#finished, ...this.#holds.values(), ...this.#waits.values()];
    const holds = all.filter((span) => span.kind === 'hold' && span.object === object);
    if (holds.length === 0) return undefined;
    const before = holds.filter((span) => span.to !== undefined && span.to.seq < at.seq);
    const near = new Set([
      ...before.sort((x, y) => seqOf(x.to) - seqOf(y.to)).slice(-KEPT_BEFORE),
      ...holds.filter((span) => !before.includes(span)),
    ]);
    const from = [...near].reduce<EventRef>(
      (first, span) => (span.from.seq < first.seq ? span.from : first),
      at,
    );
    // A lock that guards another resource (the aggregator's) is no part of this picture.
    const elsewhere = new Set(
      all.filter((span) => span.kind === 'hold').map((span) => span.object),
    );
    elsewhere.delete(object ?? NONE);
    const waits = all.filter(
      (span) => span.kind === 'wait' && !elsewhere.has(span.object) && seqOf(span.to) >= from.seq,
    );
    const spans = [...near, ...waits].sort((x, y) => x.from.seq - y.from.seq);
    return { at, spans, from, to: this.#last };
  }

  #centreOn(event: EventView): void {
    this.#centre = { seq: event.seq, timeUs: event.timeUs };
    const kind = event.kind;
    if (kind === EventKind.enter || kind === EventKind.exit) this.#object = event.object;
  }

  #open(spans: Map<number, Span>, kind: Span['kind'], event: EventView): void {
    if (kind === 'hold' && this.#centre === undefined && this.#aroundSeq === undefined) {
      if (this.#isInside(event)) this.#centreOn(event);
    }
    if (spans.size >= OPEN_MAX) return;
    const { object, symbol, task } = event;
    const from = { seq: event.seq, timeUs: event.timeUs };
    spans.set(event.a, { kind, object, symbol, task, from, to: undefined });
  }

  #close(spans: Map<number, Span>, event: EventView): void {
    const span = spans.get(event.a);
    if (span === undefined) return;
    spans.delete(event.a);
    span.to = { seq: event.seq, timeUs: event.timeUs };
    if (span.kind === 'wait' && span.from.timeUs === event.timeUs) return;
    this.#finished.push(span);
    if (this.#finished.length > RING) this.#finished.shift();
  }

  #count(event: EventView): void {
    if (this.#centre === undefined) return;
    if (this.#object === undefined || this.#object === event.object) this.#stepsLeft -= 1;
  }

  #isInside(event: EventView): boolean {
    for (const span of this.#holds.values()) if (span.object === event.object) return true;
    return false;
  }

  #anyResource(): number | undefined {
    const spans = [...this.#holds.values(), ...this.#finished];
    const objects = spans.filter((span) => span.kind === 'hold').map((span) => span.object);
    return objects.length === 0 ? undefined : Math.min(...objects);
  }
}

function seqOf(ref: EventRef | undefined): number {
  return ref?.seq ?? Infinity;
}
