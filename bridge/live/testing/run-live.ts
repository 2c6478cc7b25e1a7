/** Runs scenarios in real time for tests, with thresholds that a busy machine does not decide. */
import {
  type CheckId,
  type CheckResult,
  type EventKind,
  newView,
  parseScenario,
  readEvent,
  type Scenario,
  type Segment,
  type TraceEvent,
} from '../../../sim/index.ts';
import { type Upstream } from '../../sockets/upstream.ts';
import { LiveSession, type Resumed, type SessionResult } from '../session.ts';

/** Whatever a busy machine does, it is not held against the run. */
const PATIENT = {
  symbolsMin: 1,
  intervalUsMax: 600_000_000,
  tradesPerSecondMin: 0,
  latencyUsMax: 600_000_000,
  starvationUs: 600_000_000,
  recoveryUs: 600_000_000,
  breakerTripsMax: 1_000,
};
/** Nor does it make a rule halt trading. */
const CALM = {
  exposureTotalBpMax: 1_000_000_000,
  exposureSymbolBpMax: 1_000_000_000,
  breaker: { losses: 1_000_000, lossCents: 1_000_000_000_000 },
  guardian: { spikes: 1_000_000, errors: 1_000_000 },
  drawdown: { equityCents: 100_000_000_000_000 },
};

/** A scenario whose verdict does not depend on how fast the machine is. */
export function liveTestScenario(input: object): Scenario {
  const symbols = ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'].map((name) => ({ name, signals: 20 }));
  const base = { symbols, acceptance: PATIENT, risk: CALM, timeLimitUs: 60_000_000 };
  const parsed = parseScenario({ ...base, ...input });
  if (parsed.kind === 'error') throw new Error(parsed.error.message);
  return parsed.value;
}

export interface Lived extends SessionResult {
  readonly events: readonly TraceEvent[];
  readonly resumed: Resumed | undefined;
}

export interface LiveSetup {
  readonly upstream?: Upstream;
  readonly bridge?: boolean;
  readonly stateDirectory?: string;
  /** Called with the open session as it starts to run. */
  readonly meanwhile?: (session: LiveSession) => void;
}

/** Runs a scenario over real sockets to its end. */
export async function runLive(scenario: Scenario, setup: LiveSetup = {}): Promise<Lived> {
  const events: TraceEvent[] = [];
  const opened = await LiveSession.open({
    ...{ scenario, upstream: setup.upstream, ticks: undefined },
    ...{ stateDirectory: setup.stateDirectory, bridge: setup.bridge ?? false },
    readers: [(segment) => events.push(...eventsIn(segment))],
    signal: new AbortController().signal,
  });
  if (opened.kind === 'error') throw new Error(opened.error.message);
  const session = opened.value;
  try {
    const running = session.run();
    setup.meanwhile?.(session);
    return { ...(await running), events, resumed: session.resumed };
  } finally {
    await session.close();
  }
}

function eventsIn(segment: Segment): TraceEvent[] {
  return Array.from({ length: segment.size }, (_, at) => {
    const view = newView();
    readEvent(segment, at, view);
    return view;
  });
}

/** A check of a run. */
export function checkIn({ run }: SessionResult, id: CheckId): CheckResult {
  const check = run.checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`expected a check ${id}`);
  return check;
}

/** The ids of the checks that did not pass, with their first evidence. */
export function complaintsOf({ run }: SessionResult): string[] {
  return run.checks
    .filter(({ verdict }) => verdict !== 'passed')
    .map(({ id, evidence }) => `${id}: ${evidence[0]?.text ?? 'no evidence'}`);
}

/** How many events of a kind there are; of one detail, if it is said. */
export function countOf({ events }: Lived, kind: EventKind, b?: number): number {
  return events.filter((event) => event.kind === kind && (b === undefined || event.b === b)).length;
}
