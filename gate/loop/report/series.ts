/**
 * What the report's pictures are drawn from: the archived run, run once more.
 *
 * A run is a function of its scenario. If it does not come to the same digest here as it did for
 * the stress stage, there is no picture, and that is told.
 */
import {
  EventKind,
  newView,
  parseScenario,
  readEvent,
  Run,
  type Result,
  type Segment,
} from '../../../sim/index.ts';

export interface HoldSpan {
  readonly symbol: number;
  readonly fromUs: number;
  readonly toUs: number;
}

/** A total in cents as it changed. */
export type Steps = readonly (readonly [timeUs: number, cents: number])[];

export interface Series {
  readonly symbols: readonly string[];
  readonly elapsedUs: number;
  readonly holds: readonly HoldSpan[];
  readonly ledger: Steps;
  readonly aggregator: Steps;
}

/** Beyond this many ticks a small picture shows nothing any more. */
const TICKS_MAX = 20_000;
const CENTS_PER_DOLLAR = 100;

/** The series, or one sentence on why there are none. */
export function seriesOf(document: unknown, digest: string): Result<Series, string> {
  const scenario = parseScenario(document);
  if (scenario.kind === 'error') return { kind: 'error', error: scenario.error.message };
  const ticks = scenario.value.symbols.reduce((sum, each) => sum + each.signals, 0);
  if (ticks > TICKS_MAX || scenario.value.symbols.some((each) => each.durationUs > 0)) {
    return { kind: 'error', error: 'the run is too long for a small picture' };
  }
  const collector = new Collector();
  const run = new Run(scenario.value, { keepTrace: false, readers: [collector.read] });
  while (run.advance(TICKS_MAX));
  const result = run.result();
  if (result.digest !== digest) {
    return { kind: 'error', error: `the run came to another digest: ${result.digest}` };
  }
  const symbols = scenario.value.symbols.map(({ name }) => name);
  const { holds, ledger, aggregator } = collector;
  return {
    kind: 'ok',
    value: { symbols, elapsedUs: result.elapsedUs, holds, ledger, aggregator },
  };
}

class Collector {
  readonly holds: HoldSpan[] = [];
  readonly ledger: [number, number][] = [[0, 0]];
  readonly aggregator: [number, number][] = [[0, 0]];
  readonly #open = new Map<number, { readonly symbol: number; readonly fromUs: number }>();
  readonly #figures = new Map<number, number>();
  readonly #view = newView();
  #filled = 0;

  readonly read = (segment: Segment): void => {
    for (let at = 0; at < segment.size; at++) {
      readEvent(segment, at, this.#view);
      this.#take();
    }
  };

  #take(): void {
    const { kind, timeUs, symbol, object, a: hold, b, value } = this.#view;
    switch (kind) {
      case EventKind.enter:
        if (object === 0) this.#open.set(hold, { symbol, fromUs: timeUs });
        break;
      case EventKind.exit: {
        const open = object === 0 ? this.#open.get(hold) : undefined;
        if (open !== undefined) this.holds.push({ ...open, toUs: timeUs });
        this.#open.delete(hold);
        break;
      }
      case EventKind.fill:
        this.#filled += value;
        this.ledger.push([timeUs, this.#filled]);
        break;
      case EventKind.metrics: {
        this.#figures.set(symbol, object === 1 ? value * CENTS_PER_DOLLAR : value);
        const total = [...this.#figures.values()].reduce((sum, each) => sum + each, 0);
        this.aggregator.push([timeUs, total]);
        break;
      }
      case EventKind.total:
        this.aggregator.push([timeUs, b === 1 ? value * CENTS_PER_DOLLAR : value]);
        break;
      default:
    }
  }
}
