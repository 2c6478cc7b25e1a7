/**
 * The engine's risk rules, asked before every order: guardian, breaker, drawdown and exposure.
 *
 * Invariant: an order that reduces a position passes all of them (`reducing: 'limited'` is the
 * defect that asks it like any other). Known limit: one order at a time a symbol, as the symbol
 * loops place them; an order whose outcome is unknown stays at risk until it is resolved.
 */
import { OrderEffect, RejectReason } from '../../trace/event.ts';
import type { Recorder } from '../../trace/recorder.ts';
import { Breaker, type BreakerMemory, type BreakerOptions } from './breaker.ts';
import { Drawdown, type DrawdownMemory, type DrawdownOptions } from './drawdown.ts';
import { Exposure, type ExposureOptions } from './exposure.ts';
import { Guardian, type GuardianMemory, type GuardianOptions } from './guardian.ts';

/** Named as in the scenario's `risk`. */
export interface RiskOptions extends ExposureOptions {
  readonly breaker: BreakerOptions;
  readonly drawdown: DrawdownOptions;
  readonly guardian: GuardianOptions;
  /** Whether orders that reduce a position pass every rule, as they must. */
  readonly reducing: 'always' | 'limited';
}

/** What the rules have to know again after a restart; times on the clock of their run. */
export interface RiskMemory {
  readonly breaker: BreakerMemory;
  readonly drawdown: DrawdownMemory;
  readonly guardian: GuardianMemory;
}

export class Risk {
  readonly exposure: Exposure;
  readonly breaker: Breaker;
  readonly drawdown: Drawdown;
  readonly guardian: Guardian;
  readonly #limitsReducing: boolean;

  constructor(recorder: Recorder, symbolCount: number, options: RiskOptions) {
    this.exposure = new Exposure(symbolCount, options);
    this.breaker = new Breaker(recorder, symbolCount, options.breaker);
    this.drawdown = new Drawdown(recorder, options.drawdown);
    this.guardian = new Guardian(recorder, options.guardian);
    this.#limitsReducing = options.reducing === 'limited';
  }

  /**
   * Why an order may not be placed now, or 0 if it may. One that passes counts as at risk from here
   * on, until `onFill` or `onRefused` of the same symbol.
   */
  check(effect: OrderEffect, symbol: number, exposureBp: number, nowUs: number): 0 | RejectReason {
    const reduces = effect === OrderEffect.reduce;
    // Asked in every case, so that the clock moves their states whoever asks.
    const healthy = this.guardian.admits(nowUs);
    const calm = this.breaker.admits(nowUs);
    if (reduces && !this.#limitsReducing) return 0;
    if (!healthy) return RejectReason.guardian;
    if (!calm) return RejectReason.breaker;
    if (!this.drawdown.admits) return RejectReason.drawdown;
    if (!this.exposure.admits(symbol, exposureBp)) return RejectReason.exposure;
    if (reduces) return 0;
    this.exposure.setPending(symbol, exposureBp);
    this.breaker.onOrder(symbol);
    return 0;
  }

  /** The order was executed; `profitCents` is what it realised, commission included. */
  onFill(
    effect: OrderEffect,
    symbol: number,
    exposureBp: number,
    profitCents: number,
    nowUs: number,
  ): void {
    this.drawdown.onResult(symbol, profitCents);
    if (effect !== OrderEffect.reduce) this.exposure.setPending(symbol, 0);
    if (effect === OrderEffect.open) {
      // Opening pays commission, but whether the trade loses is known when it is closed.
      this.exposure.addOpen(symbol, exposureBp);
      return;
    }
    if (effect === OrderEffect.reduce) this.exposure.addOpen(symbol, -exposureBp);
    else this.exposure.addRoundTrip(symbol, exposureBp);
    this.breaker.onResult(symbol, profitCents, nowUs);
  }

  /**
   * The order came to nothing: the gateway refused it, or it was found not to have been executed.
   */
  onRefused(effect: OrderEffect, symbol: number): void {
    if (effect === OrderEffect.reduce) return;
    this.exposure.setPending(symbol, 0);
    this.breaker.onDropped(symbol);
  }

  /** The gateway says that the symbol's positions put so much at risk. */
  believe(symbol: number, exposureBp: number): void {
    this.exposure.setOpen(symbol, exposureBp);
  }

  /** What the rules know, exposure left out: that is a matter of positions and open orders. */
  get memory(): RiskMemory {
    const { breaker, drawdown, guardian } = this;
    return { breaker: breaker.memory, drawdown: drawdown.memory, guardian: guardian.memory };
  }

  /** Knows again what an earlier run knew; `shiftUs` turns its times into those of this run. */
  recall({ breaker, drawdown, guardian }: RiskMemory, shiftUs: number, nowUs: number): void {
    this.breaker.recall(breaker, shiftUs);
    this.drawdown.recall(drawdown);
    this.guardian.recall(guardian, shiftUs, nowUs);
  }

  /** An order of an earlier run, whose outcome is open, counts as at risk again. */
  recallOrder(effect: OrderEffect, symbol: number, exposureBp: number): void {
    if (effect === OrderEffect.reduce) return;
    this.exposure.setPending(symbol, exposureBp);
    this.breaker.onOrder(symbol);
  }

  /** A signal took so long, from its creation to its consumed reply. */
  onLatency(latencyUs: number, nowUs: number): void {
    this.guardian.onLatency(latencyUs, nowUs);
  }

  /** A request failed, or its reply did not come. */
  onError(nowUs: number): void {
    this.guardian.onError(nowUs);
  }

  /** A heartbeat was answered. */
  onHeartbeat(nowUs: number): void {
    this.guardian.onHeartbeat(true, nowUs);
  }

  /** A heartbeat stayed without an answer. */
  onHeartbeatMissed(nowUs: number): void {
    this.guardian.onHeartbeat(false, nowUs);
  }
}
