/**
 * run.latency: every signal is over, from its creation to its consumed reply, in less than the
 * maximum.
 *
 * Waiting for the lock, retries and time-outs are part of it: nothing is left out and nothing
 * sampled. A signal that never ends counts once it is older than the maximum at the end. Known
 * limit: a symbol has one signal at a time.
 */
import { Tally } from '../../base/tally.ts';
import { formatMs } from '../../base/time.ts';
import { EventKind, type EventRef, type EventView } from '../../trace/event.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { refOf, symbolName } from '../names.ts';

const TOO_LONG =
  'Signal {signal} of {symbol} took {latencyMs} ms, from {startMs} to {ms} ms; less than {maxMs} ms is ' +
  'asked for.';
const NEVER_OVER =
  'Signal {signal} of {symbol}, of {startMs} ms, is not over after {latencyMs} ms; less than {maxMs} ms ' +
  'is asked for.';
const OPEN_AT_END =
  'The trace ends at {ms} ms before signal {signal} of {symbol}, of {startMs} ms, is over.';

class RunLatency implements CheckFold {
  readonly #facts: Facts;
  readonly #maxUs: number;
  readonly findings = new Findings();
  readonly #tally = new Tally();
  /** By symbol: its present signal; -1 between two. */
  readonly #signal: number[] = [];
  readonly #startUs: number[] = [];
  readonly #startSeq: number[] = [];

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#maxUs = facts.thresholds.latencyUsMax;
  }

  step(event: EventView): void {
    const { symbol } = event;
    if (event.kind === EventKind.signal) {
      this.#signal[symbol] = event.a;
      this.#startUs[symbol] = event.timeUs;
      this.#startSeq[symbol] = event.seq;
      return;
    }
    if (this.#signal[symbol] !== event.a) return;
    this.#signal[symbol] = -1;
    const latencyUs = event.timeUs - (this.#startUs[symbol] as number);
    this.findings.examined += 1;
    this.#tally.add(latencyUs);
    if (latencyUs < this.#maxUs || !this.findings.violated()) return;
    const values = { ...this.#values(symbol, latencyUs, event.timeUs), signal: event.a };
    this.findings.show(TOO_LONG, values, [this.#start(symbol), refOf(event)]);
  }

  finish(end: TraceEnd): Finding {
    this.#signal.forEach((signal, symbol) => {
      if (signal === undefined || signal < 0) return;
      const latencyUs = end.timeUs - (this.#startUs[symbol] as number);
      const values = { ...this.#values(symbol, latencyUs, end.timeUs), signal };
      const at = [this.#start(symbol)];
      if (latencyUs < this.#maxUs) this.findings.leaveOpen(OPEN_AT_END, values, at);
      else if (this.findings.violated()) this.findings.show(NEVER_OVER, values, at);
    });
    const { samples, p50, p99, max } = this.#tally.percentiles();
    return this.findings.finish(end, { samples, p50Us: p50, p99Us: p99, maxUs: max });
  }

  #values(symbol: number, latencyUs: number, nowUs: number) {
    return {
      symbol: symbolName(this.#facts, symbol),
      latencyMs: formatMs(latencyUs),
      startMs: formatMs(nowUs - latencyUs),
      ms: formatMs(nowUs),
      maxMs: formatMs(this.#maxUs),
    };
  }

  #start(symbol: number): EventRef {
    return { seq: this.#startSeq[symbol] as number, timeUs: this.#startUs[symbol] as number };
  }
}

export const runLatency: Check = {
  id: 'run.latency',
  claim: 'Every signal is over within the maximum latency, whatever it had to wait for.',
  reads: [EventKind.signal, EventKind.settle],
  needs: [EventKind.signal, EventKind.settle],
  timed: true,
  start: (facts) => new RunLatency(facts),
};
