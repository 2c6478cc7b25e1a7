/**
 * metrics.isolation: what one symbol does changes no figure of another.
 *
 * Judges values, not writes: a figure that is written again with the value that it has is
 * unchanged. Every figure begins at 0.
 */
import { amountText, exactAmount } from '../../base/figure.ts';
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventView } from '../../trace/event.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { refOf, symbolName } from '../names.ts';

const MOVED =
  'Order {order} of {cause} moved the figure of {symbol} from {before} to {after} at {ms} ms.';

class MetricsIsolation implements CheckFold {
  readonly #facts: Facts;
  readonly findings = new Findings();
  /** By symbol: its figure as last stated. */
  readonly #figure: number[] = [];

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  step(event: EventView): void {
    const { symbol } = event;
    this.findings.examined += 1;
    const before = this.#figure[symbol] ?? 0;
    this.#figure[symbol] = event.value;
    if (symbol === event.b || event.value === before || !this.findings.violated()) return;
    const inDollars = event.object === 1;
    this.findings.show(
      MOVED,
      {
        order: event.a,
        cause: symbolName(this.#facts, event.b),
        symbol: symbolName(this.#facts, symbol),
        before: amountText(exactAmount(before, inDollars)),
        after: amountText(exactAmount(event.value, inDollars)),
        ms: formatMs(event.timeUs),
      },
      [refOf(event)],
    );
  }

  finish(end: TraceEnd): Finding {
    return this.findings.finish(end);
  }
}

export const metricsIsolation: Check = {
  id: 'metrics.isolation',
  claim: 'An event of one symbol changes no value of another.',
  reads: [EventKind.metrics],
  needs: [EventKind.metrics],
  timed: false,
  start: (facts) => new MetricsIsolation(facts),
};
