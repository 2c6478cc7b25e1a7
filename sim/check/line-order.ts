/**
 * Who overtakes whom in a lock's line: the part that lock.fifo and lock.bypass share.
 *
 * A waiter is overtaken each time that somebody who asked later is let in first. Who times out or is
 * withdrawn leaves the line. A lock that promises nothing is not judged: no occasion.
 */
import { formatMs } from '../base/time.ts';
import { EventKind, type EventView } from '../trace/event.ts';
import type { CheckFold, Facts, Finding, TraceEnd } from './contract.ts';
import { Findings } from './findings.ts';
import { Holdings } from './holdings.ts';
import { whoName } from './names.ts';

export const ORDER_READS = [
  ...[EventKind.request, EventKind.grant, EventKind.timeout, EventKind.cancel],
];

/** The line of one lock, and how often each waiter in it was overtaken. */
export class Line {
  readonly waiting = new Holdings();
  readonly overtaken: number[] = [];
}

export abstract class OrderFold implements CheckFold {
  protected readonly facts: Facts;
  protected readonly findings = new Findings();
  readonly #judged: boolean;
  readonly #lines: (Line | undefined)[] = [];

  constructor(facts: Facts, judged: boolean) {
    this.facts = facts;
    this.#judged = judged;
  }

  step(event: EventView): void {
    if (!this.#judged) return;
    const line = (this.#lines[event.object] ??= new Line());
    const { waiting } = line;
    const kind = event.kind;
    if (kind === EventKind.request) {
      if (waiting.find(event.a) < 0) line.overtaken[waiting.open(event)] = 0;
      return;
    }
    if (kind === EventKind.grant && waiting.size > 1 && waiting.find(event.a) >= 0) {
      this.findings.examined += 1;
      if (waiting.hold(waiting.first) !== event.a) this.overtake(event, line);
    }
    waiting.close(event.a);
  }

  abstract finish(end: TraceEnd): Finding;

  /** The event lets somebody in who is not the first in line. */
  protected abstract overtake(event: EventView, line: Line): void;

  protected values(event: EventView, waiting: Holdings, slot: number) {
    return {
      who: whoName(this.facts, event.symbol, event.task),
      waiter: waiting.who(slot, this.facts),
      ms: formatMs(event.timeUs),
      askedMs: formatMs(waiting.sinceUs(slot)),
    };
  }
}
