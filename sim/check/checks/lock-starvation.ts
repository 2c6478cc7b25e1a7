/**
 * lock.starvation: nobody is passed over beyond the bound, and nobody waits for ever behind a holder.
 *
 * A waiter starves (a) when somebody who asked later is let in although it has waited longer than the
 * scenario's bound; a long hold alone is no starvation. It also starves (b) when the run has come to
 * its end and it still waits for a lock that its holder keeps. The end of a wait for a free lock is the
 * business of lock.lost-wakeup, that in a circle of lock.deadlock. Each waiter counts once. In an
 * exploration no duration breaks a promise, so there only (b) is judged.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView, NONE, RunEnd } from '../../trace/event.ts';
import type { Check, CheckFold, Facts, Finding, TraceEnd } from '../contract.ts';
import { Findings } from '../findings.ts';
import { type Holdings, HoldingsByObject } from '../holdings.ts';
import { objectName, refOf, whoName } from '../names.ts';
import { GRAPH_READS, WaitGraph } from '../wait-graph.ts';

const PASSED_OVER =
  '{waiter} has waited since {askedMs} ms, longer than {boundMs} ms, and {who}, who asked later, was ' +
  'let in at {ms} ms.';
const KEPT = '{waiter} has waited since {askedMs} ms and waits for ever: {holder} keeps {lock}.';
const STILL_WAITS = 'The trace ends at {endMs} ms while {waiter} waits, since {askedMs} ms.';

class LockStarvation implements CheckFold {
  readonly #facts: Facts;
  readonly #boundUs: number;
  readonly #findings = new Findings();
  readonly #graph = new WaitGraph();
  readonly #lines = new HoldingsByObject();
  /** By hold: waiters that were counted; they are few, and they leave with their wait. */
  readonly #starved = new Set<number>();
  #longestUs = 0;
  #runEnd: number = RunEnd.done;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#boundUs = facts.durations ? facts.thresholds.starvationUs : Infinity;
  }

  step(event: EventView): void {
    const kind = event.kind;
    if (kind === EventKind.end) {
      this.#runEnd = event.b;
      return;
    }
    this.#graph.step(event);
    if (kind === EventKind.release || kind === EventKind.exit) return;
    const line = this.#lines.of(event.object);
    if (kind === EventKind.request) {
      if (line.size > 0 || this.#graph.holders(event.object).size > 0) this.#findings.examined += 1;
      if (line.find(event.a) < 0) line.open(event);
      return;
    }
    const slot = line.close(event.a);
    if (slot < 0) return;
    const waitedUs = event.timeUs - line.sinceUs(slot);
    if (waitedUs > this.#longestUs) this.#longestUs = waitedUs;
    if (this.#starved.size > 0) this.#starved.delete(event.a);
    const { first } = line;
    if (kind !== EventKind.grant || first < 0) return;
    if (event.timeUs - line.sinceUs(first) > this.#boundUs) {
      this.#passOver(event, line, line.seq(slot));
    }
  }

  finish(end: TraceEnd): Finding {
    for (const task of this.#graph.waiting()) this.#stillWaits(end, task);
    return this.#findings.finish(end, { longestWaitUs: this.#longestUs });
  }

  /** Counts everybody who asked before `askedSeq` and has waited too long. */
  #passOver(event: EventView, line: Holdings, askedSeq: number): void {
    for (let slot = line.first; slot >= 0; slot = line.behind(slot)) {
      if (line.seq(slot) > askedSeq) return;
      if (event.timeUs - line.sinceUs(slot) <= this.#boundUs) return;
      const hold = line.hold(slot);
      if (this.#starved.has(hold)) continue;
      this.#starved.add(hold);
      if (!this.#findings.violated()) continue;
      this.#findings.show(
        PASSED_OVER,
        {
          waiter: line.who(slot, this.#facts),
          askedMs: formatMs(line.sinceUs(slot)),
          boundMs: formatMs(this.#boundUs),
          who: whoName(this.#facts, event.symbol, event.task),
          ms: formatMs(event.timeUs),
        },
        [line.ref(slot), refOf(event)],
      );
    }
  }

  #stillWaits(end: TraceEnd, task: number): void {
    const graph = this.#graph;
    const facts = this.#facts;
    const waiter = graph.who(task, facts);
    const askedMs = formatMs(graph.sinceUs(task));
    if (!end.complete) {
      const values = { waiter, askedMs, endMs: formatMs(end.timeUs) };
      this.#findings.leaveOpen(STILL_WAITS, values, [graph.ref(task)]);
      return;
    }
    // The end of a run cuts off services; it is stuck only if others are.
    if (this.#runEnd !== RunEnd.stuck && graph.symbol(task) === NONE) return;
    const object = graph.object(task);
    if (graph.chainEnd(object) !== 'kept' || this.#starved.has(graph.hold(task))) return;
    if (!this.#findings.violated()) return;
    const held = graph.holders(object);
    const values = {
      waiter,
      askedMs,
      holder: held.who(held.first, facts),
      lock: objectName(object),
    };
    this.#findings.show(KEPT, values, [held.ref(held.first), graph.ref(task)]);
  }
}

export const lockStarvation: Check = {
  id: 'lock.starvation',
  claim: 'No waiter is passed over beyond the bound, and none waits for ever behind a holder.',
  reads: [...GRAPH_READS, EventKind.end],
  needs: [EventKind.request, EventKind.grant, EventKind.release],
  timed: false,
  start: (facts) => new LockStarvation(facts),
};
