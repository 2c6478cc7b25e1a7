/**
 * The faulty aggregators, gateways and risk rules, each by the options that make it faulty.
 *
 * Invariant: `occasion` alone is sound and gives the fault something to go wrong with; `occasion`
 * and `fault` together violate the check `caughtBy`. So each entry proves both that the check can
 * fail and that it raises no false alarm. Sections and names are those of a scenario.
 */
import type { AggregatorOptions } from './aggregator.ts';
import type { DeskOptions } from './desk.ts';
import type { GatewayOptions } from './gateway.ts';
import type { MarketOptions } from './market.ts';
import type { BreakerOptions } from './risk/breaker.ts';
import type { DrawdownOptions } from './risk/drawdown.ts';
import type { ExposureOptions } from './risk/exposure.ts';
import type { GuardianOptions } from './risk/guardian.ts';
import type { RiskOptions } from './risk/risk.ts';

/** What differs from a scenario's defaults, section by section; `symbol` goes for every symbol. */
export interface Sections {
  readonly symbol?: {
    readonly signals?: number;
    readonly intervalUs?: readonly [number, number];
    readonly market?: Partial<MarketOptions>;
  };
  readonly socket?: {
    readonly receiveTimeoutUs?: number;
    readonly attempts?: number;
    readonly lostOrder?: 'query' | 'resend';
  };
  readonly endpoint?: Partial<DeskOptions & GatewayOptions>;
  readonly aggregator?: Partial<AggregatorOptions> & { readonly lock?: 'none' | 'fifo' };
  readonly risk?: Partial<ExposureOptions> & {
    readonly reducing?: RiskOptions['reducing'];
    readonly breaker?: Partial<BreakerOptions>;
    readonly drawdown?: Partial<DrawdownOptions>;
    readonly guardian?: Partial<GuardianOptions>;
  };
}

export interface FaultyPart {
  readonly name: string;
  readonly part: 'aggregator' | 'gateway' | 'risk';
  /** What it does wrong, in a sentence. */
  readonly about: string;
  /** The id of the check that must speak. */
  readonly caughtBy: string;
  readonly occasion: Sections;
  /** Takes precedence over the occasion, field by field. */
  readonly fault: Sections;
}

const WALKING: Sections['symbol'] = { signals: 100, market: { kind: 'random-walk' } };
/** No rule but the one that is meant gets in the way. */
const CALM: Sections['risk'] = {
  breaker: { losses: 1_000_000, lossCents: 1e12 },
  drawdown: { equityCents: 1e12 },
  guardian: { spikes: 1_000_000, errors: 1_000_000 },
};
/** A gateway slower than the client's patience, and a client that sends an order again. */
const IMPATIENT: Sections = {
  socket: { receiveTimeoutUs: 20_000, attempts: 3, lostOrder: 'resend' },
  endpoint: { serviceUs: [15_000, 30_000] },
  risk: CALM,
};

const AGGREGATORS: readonly FaultyPart[] = [
  {
    name: 'snapshot-without-flush',
    part: 'aggregator',
    about: 'What a symbol earns after its last snapshot never reaches the total.',
    caughtBy: 'pnl.total',
    occasion: { symbol: { signals: 49 }, aggregator: { kind: 'snapshot' }, risk: CALM },
    fault: { aggregator: { finalFlush: false } },
  },
  {
    name: 'snapshot-never-taken',
    part: 'aggregator',
    about: 'The snapshot comes later than the last signal: the total stays 0.',
    caughtBy: 'pnl.total',
    occasion: { aggregator: { kind: 'snapshot', every: 1_000_000 }, risk: CALM },
    fault: { aggregator: { finalFlush: false } },
  },
  {
    name: 'float-dollars',
    part: 'aggregator',
    about: 'Dollars are added as binary floats: close to the ledger and not equal.',
    caughtBy: 'pnl.total',
    occasion: { risk: CALM },
    fault: { aggregator: { arithmetic: 'float' } },
  },
  {
    name: 'split-without-lock',
    part: 'aggregator',
    about: 'Reads the total, lets others run, and writes: their updates are overwritten.',
    caughtBy: 'pnl.total',
    occasion: { aggregator: { update: 'split', suspendUs: 3_000, lock: 'fifo' }, risk: CALM },
    fault: { aggregator: { lock: 'none' } },
  },
  {
    name: 'shared-slot',
    part: 'aggregator',
    about: 'Each update is written into the figure of the next symbol as well.',
    caughtBy: 'metrics.isolation',
    occasion: { risk: CALM },
    fault: { aggregator: { isolation: 'shared-slot' } },
  },
];

const GATEWAYS: readonly FaultyPart[] = [
  {
    name: 'executes-again',
    part: 'gateway',
    about: 'Does not recognise an order that it has executed, and executes it again.',
    caughtBy: 'order.at-most-once',
    occasion: IMPATIENT,
    fault: { endpoint: { dedupe: false } },
  },
  {
    name: 'books-forget-commission',
    part: 'gateway',
    about: 'Charges a commission with each execution and leaves it out of its books.',
    caughtBy: 'pnl.ledger',
    occasion: { symbol: WALKING, risk: CALM },
    fault: { endpoint: { books: 'no-commission' } },
  },
  {
    name: 'books-enter-duplicates',
    part: 'gateway',
    about: 'Recognises an order that comes again, and enters it in its books again all the same.',
    caughtBy: 'pnl.ledger',
    occasion: IMPATIENT,
    fault: { endpoint: { books: 'late-duplicate' } },
  },
  {
    name: 'timer-pump',
    part: 'gateway',
    about: 'Serves one request a wake of a one-second timer.',
    caughtBy: 'run.latency',
    occasion: { symbol: { signals: 5 }, socket: { receiveTimeoutUs: 30_000_000 }, risk: CALM },
    fault: { endpoint: { pumpUs: 1_000_000 } },
  },
  {
    name: 'stalls',
    part: 'gateway',
    about: 'Stops serving for a fifth of a second, with a request in its hands.',
    caughtBy: 'run.latency',
    occasion: { risk: CALM },
    fault: { endpoint: { faults: { stalls: [{ atUs: 200_000, forUs: 200_000 }] } } },
  },
];

const RISK_RULES: readonly FaultyPart[] = [
  {
    name: 'exposure-ignored',
    part: 'risk',
    about: 'The limits are configured, and no order is held against them.',
    caughtBy: 'risk.exposure',
    occasion: { risk: { ...CALM, exposureSymbolBpMax: 400 } },
    fault: { risk: { exposureLimit: 'ignored' } },
  },
  {
    name: 'breaker-ignored',
    part: 'risk',
    about: 'The breaker opens after three losses in a row, and orders go out all the same.',
    caughtBy: 'risk.breaker',
    occasion: { risk: { ...CALM, breaker: { losses: 3 } } },
    fault: { risk: { breaker: { rule: 'ignored' } } },
  },
  {
    name: 'breaker-blocks-close',
    part: 'risk',
    about: 'An open breaker refuses the orders that would close positions.',
    caughtBy: 'risk.close-allowed',
    occasion: { symbol: WALKING, risk: { ...CALM, breaker: { losses: 3, cooldownUs: 500_000 } } },
    fault: { risk: { reducing: 'limited' } },
  },
  {
    name: 'limit-blocks-close',
    part: 'risk',
    about: 'An exposure limit counts a closing order as more exposure and refuses it.',
    caughtBy: 'risk.close-allowed',
    occasion: {
      symbol: { signals: 100, market: { kind: 'random-walk', exposureBp: [1_000, 1_000] } },
      risk: { ...CALM, exposureSymbolBpMax: 1_000 },
    },
    fault: { risk: { reducing: 'limited' } },
  },
  {
    name: 'drawdown-blocks-close',
    part: 'risk',
    about: 'A drawdown that allows to reduce only refuses to reduce as well.',
    caughtBy: 'risk.close-allowed',
    occasion: { symbol: WALKING, risk: { ...CALM, drawdown: { equityCents: 2_000 } } },
    fault: { risk: { reducing: 'limited' } },
  },
  {
    name: 'guardian-blocks-close',
    part: 'risk',
    about: 'A guardian that has halted for slowness refuses to close positions too.',
    caughtBy: 'risk.close-allowed',
    occasion: {
      symbol: WALKING,
      risk: { ...CALM, guardian: { spikeUs: 3_000, spikes: 3, windowUs: 60_000 } },
    },
    fault: { risk: { reducing: 'limited' } },
  },
];

/** Every faulty part of this folder that options make. */
export const FAULTY_PARTS: readonly FaultyPart[] = [...AGGREGATORS, ...GATEWAYS, ...RISK_RULES];
