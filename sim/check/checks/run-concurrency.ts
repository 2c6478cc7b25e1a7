/**
 * run.concurrency: enough symbols are active at once, and none of them pauses too long between
 * signals.
 *
 * A symbol is active from its first signal to its last. Both limits are the scenario's: at least so
 * many symbols at one time, every interval between two signals of a symbol shorter than so much.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { refOf, symbolName } from '../names.ts';

const TOO_FEW = 'At most {symbols} symbols were active at once; {promised} are asked for.';
const TOO_LONG =
  '{symbol} signalled at {ms} ms, {intervalMs} ms after the signal before; less than {maxMs} ms is ' +
  'asked for.';

class RunConcurrency implements CheckFold {
  readonly #facts: Facts;
  readonly findings = new Findings();
  /** By symbol: its first and last signal. */
  readonly #firstUs: number[] = [];
  readonly #lastUs: number[] = [];
  readonly #lastSeq: number[] = [];
  #intervalUsMax = 0;

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView): void {
    const { symbol, timeUs } = event;
    this.findings.examined += 1;
    const lastUs = this.#lastUs[symbol];
    if (lastUs === undefined) this.#firstUs[symbol] = timeUs;
    else {
      const intervalUs = timeUs - lastUs;
      if (intervalUs > this.#intervalUsMax) this.#intervalUsMax = intervalUs;
      if (intervalUs >= this.#facts.thresholds.intervalUsMax) this.#tooLong(event, intervalUs);
    }
    this.#lastUs[symbol] = timeUs;
    this.#lastSeq[symbol] = event.seq;
  }

  finish(end: TraceEnd): Finding {
    const symbols = this.#activeAtOnce();
    const promised = this.#facts.thresholds.symbolsMin;
    // A trace that was cut short may have ended before all were under way.
    const judged = this.findings.examined > 0 && end.complete;
    if (judged && symbols < promised && this.findings.violated()) {
      this.findings.show(TOO_FEW, { symbols, promised }, []);
    }
    const measured = { symbols, intervalUsMax: this.#intervalUsMax };
    return this.findings.finish(end, measured);
  }

  /** The most symbols whose spans, ends included, have an instant in common. */
  #activeAtOnce(): number {
    const starts = this.#firstUs.filter((us) => us !== undefined).sort((x, y) => x - y);
    const ends = this.#lastUs.filter((us) => us !== undefined).sort((x, y) => x - y);
    let most = 0;
    let over = 0;
    starts.forEach((startUs, begun) => {
      while ((ends[over] as number) < startUs) over += 1;
      most = Math.max(most, begun + 1 - over);
    });
    return most;
  }

  #tooLong(event: EventView, intervalUs: number): void {
    if (!this.findings.violated()) return;
    const { symbol } = event;
    this.findings.show(
      TOO_LONG,
      {
        symbol: symbolName(this.#facts, symbol),
        ms: formatMs(event.timeUs),
        intervalMs: formatMs(intervalUs),
        maxMs: formatMs(this.#facts.thresholds.intervalUsMax),
      },
      [{ seq: this.#lastSeq[symbol] as number, timeUs: event.timeUs - intervalUs }, refOf(event)],
    );
  }
}

export const runConcurrency: Check = {
  id: 'run.concurrency',
  claim: 'Enough symbols signal at once, each at short intervals.',
  reads: [EventKind.signal],
  needs: [EventKind.signal],
  timed: true,
  start: (facts) => new RunConcurrency(facts),
};
