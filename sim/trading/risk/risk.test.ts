/** The other risk rules, and all of them together: who passes, who does not, and when that ends. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DrawdownState,
  EventKind,
  GuardianReason,
  keepEvent,
  OrderEffect,
  RejectReason,
  type TraceEvent,
} from '../../trace/event.ts';
import { Recorder } from '../../trace/recorder.ts';
import { eventsOf } from '../../trace/segment.ts';
import { Drawdown } from './drawdown.ts';
import { Exposure } from './exposure.ts';
import { Guardian } from './guardian.ts';
import { Risk, type RiskOptions } from './risk.ts';

const { open, reduce, roundTrip } = OrderEffect;
const OPTIONS: RiskOptions = {
  exposureTotalBpMax: 10_000,
  exposureSymbolBpMax: 2_000,
  exposureLimit: 'enforced',
  breaker: {
    rule: 'enforced',
    losses: 3,
    lossCents: 100_000,
    cooldownUs: 300_000_000,
    escalation: 2,
    halfOpenTrades: 2,
    tripsPerDay: 3,
  },
  drawdown: { equityCents: 1_000_000, warnBp: 300, reduceOnlyBp: 500, haltBp: 700 },
  guardian: { spikeUs: 100_000, spikes: 3, errors: 5, windowUs: 60_000_000 },
  reducing: 'always',
};

class Bench {
  readonly recorder = new Recorder({ keep: true, readers: [] });

  risk(options: Partial<RiskOptions> = {}): Risk {
    return new Risk(this.recorder, 3, { ...OPTIONS, ...options });
  }

  events(): TraceEvent[] {
    this.recorder.finish();
    const events: TraceEvent[] = [];
    for (const event of eventsOf(this.recorder.segments)) events.push(keepEvent(event));
    return events;
  }
}

describe('exposure', () => {
  it('never exceeds either limit, whatever is asked and however orders end', () => {
    const command = fc.record({
      symbol: fc.integer({ min: 0, max: 2 }),
      bp: fc.integer({ min: 0, max: 900 }),
      effect: fc.constantFrom(open, reduce, roundTrip),
      filled: fc.boolean(),
    });
    const limits = { exposureTotalBpMax: 2_500, exposureSymbolBpMax: 1_200 };
    fc.assert(
      fc.property(fc.array(command, { maxLength: 80 }), (commands) => {
        const risk = new Bench().risk({ ...limits, breaker: { ...OPTIONS.breaker, losses: 1e6 } });
        const positions = [0, 0, 0];
        const trips = [0, 0, 0];
        const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
        for (const { symbol, bp, effect, filled } of commands) {
          const position = positions[symbol] ?? 0;
          const tripped = trips[symbol] ?? 0;
          const amount = effect === reduce ? Math.min(bp, position) : bp;
          const reason = risk.check(effect, symbol, amount, 0);
          const fitsTotal = sum(positions) + sum(trips) + amount <= 2_500;
          const fits = fitsTotal && position + tripped + amount <= 1_200;
          expect(reason).toBe(effect === reduce || fits ? 0 : RejectReason.exposure);
          if (reason !== 0) continue;
          if (filled) risk.onFill(effect, symbol, amount, 0, 0);
          else risk.onRefused(effect, symbol);
          if (filled && effect === roundTrip) trips[symbol] = tripped + amount;
          else if (filled) positions[symbol] = position + (effect === reduce ? -amount : amount);
          expect(risk.exposure.totalBp).toBe(sum(positions) + sum(trips));
        }
      }),
      { seed: 127, numRuns: 300 },
    );
  });

  it('counts every round trip of the run, as the reference adds them up', () => {
    const risk = new Bench().risk();
    for (let n = 0; n < 4; n++) {
      expect(risk.check(roundTrip, 0, 500, n)).toBe(0);
      risk.onFill(roundTrip, 0, 500, 1, n);
    }
    expect(risk.check(roundTrip, 0, 1, 5)).toBe(RejectReason.exposure);
    expect(risk.check(roundTrip, 1, 1, 5)).toBe(0);
  });

  it('counts an order from the moment it passes', () => {
    const risk = new Bench().risk();
    expect(risk.check(open, 0, 1_500, 0)).toBe(0);
    expect(risk.exposure.symbolBp(0)).toBe(1_500);
    risk.onRefused(open, 0);
    expect(risk.exposure.symbolBp(0)).toBe(0);
  });

  it('believes what the gateway says about positions', () => {
    const exposure = new Exposure(2, OPTIONS);
    exposure.setOpen(0, 1_900);
    exposure.setOpen(1, 100);
    exposure.setOpen(0, 300);
    expect([exposure.symbolBp(0), exposure.totalBp]).toEqual([300, 400]);
  });

  it('that is ignored stops nobody', () => {
    const risk = new Bench().risk({ exposureLimit: 'ignored' });
    expect(risk.check(open, 0, 999_999, 0)).toBe(0);
  });
});

describe('drawdown', () => {
  const after = (...profits: readonly number[]): Drawdown => {
    const drawdown = new Drawdown(new Recorder({ keep: false, readers: [] }), OPTIONS.drawdown);
    for (const profit of profits) drawdown.onResult(0, profit);
    return drawdown;
  };

  it.each([
    [DrawdownState.normal, [-29_999]],
    [DrawdownState.warn, [-30_000]],
    [DrawdownState.warn, [-49_999]],
    [DrawdownState.reduceOnly, [-50_000]],
    [DrawdownState.halt, [-70_000]],
    [DrawdownState.normal, [1_000_000, -59_999]],
    [DrawdownState.warn, [1_000_000, -60_000]],
    [DrawdownState.normal, [-50_000, 20_001]],
    [DrawdownState.warn, [-50_000, 20_000]],
    [DrawdownState.halt, [-70_000, 500_000]],
  ])('is in state %i after %j cents', (state, profits) => {
    const drawdown = after(...profits);
    expect(drawdown.state).toBe(state);
    expect(drawdown.admits).toBe(state < DrawdownState.reduceOnly);
  });

  it('measures from the peak exactly, whatever the amounts', () => {
    const options = { equityCents: 1_000_003, warnBp: 333, reduceOnlyBp: 1e9, haltBp: 1e9 };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000_000 }), (gain) => {
        const drawdown = new Drawdown(new Recorder({ keep: false, readers: [] }), options);
        drawdown.onResult(0, gain);
        const peak = BigInt(options.equityCents + gain);
        const limit = Number((peak * 333n + 9_999n) / 10_000n);
        drawdown.onResult(0, 1 - limit);
        expect(drawdown.state).toBe(DrawdownState.normal);
        drawdown.onResult(0, -1);
        expect(drawdown.state).toBe(DrawdownState.warn);
      }),
      { seed: 127, numRuns: 300 },
    );
  });

  it('stamps every crossing', () => {
    const bench = new Bench();
    const drawdown = new Drawdown(bench.recorder, OPTIONS.drawdown);
    for (const profit of [-30_000, -20_000, 30_000, 10]) drawdown.onResult(1, profit);
    const { normal, warn, reduceOnly } = DrawdownState;
    expect(bench.events().map(({ kind, symbol, a, b }) => [kind, symbol, a, b])).toEqual([
      [EventKind.drawdown, 1, normal, warn],
      [EventKind.drawdown, 1, warn, reduceOnly],
      [EventKind.drawdown, 1, reduceOnly, normal],
    ]);
  });
});

describe('the guardian', () => {
  const OVER_US = 100_001;
  const of = (bench: Bench): Guardian => new Guardian(bench.recorder, OPTIONS.guardian);

  it('bears the allowed spikes and halts with one more', () => {
    const guardian = of(new Bench());
    for (let n = 0; n < 3; n++) guardian.onLatency(OVER_US, n);
    guardian.onLatency(100_000, 3);
    expect(guardian.admits(3)).toBe(true);
    guardian.onLatency(OVER_US, 4);
    expect(guardian.admits(4)).toBe(false);
    expect(guardian.reason).toBe(GuardianReason.latency);
    expect(guardian.explain(4)).toContain('4 latencies above 100 ms within 60000 ms');
  });

  it('resumes when so many have aged out that the rest is borne, and stamps both', () => {
    const bench = new Bench();
    const guardian = of(bench);
    for (let n = 0; n < 4; n++) guardian.onLatency(OVER_US, n * 10_000_000);
    expect(guardian.admits(59_999_999)).toBe(false);
    expect(guardian.admits(60_000_000)).toBe(true);
    expect(bench.events().map(({ kind, a, b }) => [kind, a, b])).toEqual([
      [EventKind.guardian, GuardianReason.latency, 4],
      [EventKind.guardian, GuardianReason.resumed, 3],
    ]);
  });

  it('halts on errors with a reason of their own', () => {
    const guardian = of(new Bench());
    for (let n = 0; n < 6; n++) guardian.onError(n);
    expect(guardian.reason).toBe(GuardianReason.errors);
    expect(guardian.explain(5)).toContain('6 errors');
    expect(guardian.admits(60_000_000)).toBe(true);
  });

  it('halts after three heartbeats in a row without an answer, until one is answered', () => {
    const guardian = of(new Bench());
    const answers = [false, false, true, false, false];
    answers.forEach((answered, n) => guardian.onHeartbeat(answered, n));
    expect(guardian.admits(5)).toBe(true);
    guardian.onHeartbeat(false, 6);
    expect(guardian.reason).toBe(GuardianReason.heartbeat);
    expect(guardian.admits(1e12)).toBe(false);
    guardian.onHeartbeat(true, 1e12);
    expect(guardian.admits(1e12)).toBe(true);
  });

  it('halts exactly while more than allowed happened within the window', () => {
    const step = fc.tuple(fc.integer({ min: 0, max: 30_000_000 }), fc.boolean());
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 0, max: 4 }),
        (steps, spikes) => {
          const recorder = new Recorder({ keep: false, readers: [] });
          const guardian = new Guardian(recorder, { ...OPTIONS.guardian, spikes });
          const seen: number[] = [];
          let nowUs = 0;
          for (const [afterUs, spike] of steps) {
            nowUs += afterUs;
            if (spike) {
              guardian.onLatency(OVER_US, nowUs);
              seen.push(nowUs);
            }
            const recent = seen.filter((atUs) => nowUs - atUs < 60_000_000).length;
            expect(guardian.admits(nowUs)).toBe(recent <= spikes);
          }
        },
      ),
      { seed: 127, numRuns: 300 },
    );
  });
});

describe('all rules together', () => {
  const provoke = {
    guardian: (risk: Risk) => {
      for (let n = 0; n < 6; n++) risk.onError(n);
    },
    breaker: (risk: Risk) => {
      for (let n = 0; n < 3; n++) risk.onFill(roundTrip, 0, 0, -1, n);
    },
    drawdown: (risk: Risk) => {
      risk.onFill(roundTrip, 0, 0, -60_000, 0);
    },
    exposure: (risk: Risk) => {
      risk.onFill(open, 0, 2_000, 0, 0);
    },
  };

  it.each(Object.entries(provoke))(
    '%s refuses new orders and lets reducing ones pass',
    (name, act) => {
      const risk = new Bench().risk();
      act(risk);
      expect(risk.check(open, 0, 1, 10)).toBe(RejectReason[name as keyof typeof provoke]);
      expect(risk.check(roundTrip, 0, 1, 10)).toBe(RejectReason[name as keyof typeof provoke]);
      expect(risk.check(reduce, 0, 2_000, 10)).toBe(0);
    },
  );

  it.each(Object.entries(provoke))(
    '%s with limited reducing refuses those too: the defect',
    (name, act) => {
      const risk = new Bench().risk({ reducing: 'limited' });
      act(risk);
      expect(risk.check(reduce, 0, 2_000, 10)).toBe(RejectReason[name as keyof typeof provoke]);
    },
  );

  it('an order that came to nothing gives its place on trial to another', () => {
    const breaker = { ...OPTIONS.breaker, halfOpenTrades: 1 };
    const risk = new Bench().risk({ breaker });
    for (let n = 0; n < 3; n++) risk.onFill(roundTrip, 0, 0, -1, n);
    const later = 400_000_000;
    expect(risk.check(open, 1, 10, later)).toBe(0);
    risk.onRefused(reduce, 1);
    expect(risk.check(open, 2, 10, later)).toBe(RejectReason.breaker);
    risk.onRefused(open, 1);
    expect(risk.check(open, 2, 10, later)).toBe(0);
  });

  it('the commission of an opening order is no loss to the breaker', () => {
    const risk = new Bench().risk();
    for (let n = 0; n < 9; n++) risk.onFill(open, 0, 1, -7, n);
    expect(risk.check(open, 0, 1, 10)).toBe(0);
  });
});
