/**
 * Stand-ins for real time in tests: an engine that runs nothing and a bridge that answers as it is
 * told. The test says what happens, and reads what was asked.
 */
import type { LockName, Problem, Result } from '../../sim/index.ts';
import type { Armed, BridgeLink, Connected, LinkState } from '../bridge/contract.ts';
import type { LiveListener, LivePlan } from '../live/contract.ts';
import type { LiveDoors } from './live.svelte.ts';

const OK: Result<void, Problem> = { kind: 'ok', value: undefined };

/** A connection of a page with the reference gateway behind a bridge. */
export const CONNECTED: Connected = {
  welcome: {
    endpoint: 'tcp://127.0.0.1:5555',
    gateway: 'reference',
    mode: 'orders-allowed',
    credits: 128,
    symbols: ['BTCUSD.s'],
    unknown: [],
  },
  latencyMs: 0.4,
  unknown: [],
};

/** What a test sees of the engine and the bridge, and what it makes of them. */
export interface LiveStage {
  readonly doors: LiveDoors;
  /** What was asked for, in order: `open`, `stop`, `close`, `connect`, `lock fifo`, `arm`. */
  readonly asked: string[];
  readonly plans: LivePlan[];
  readonly armed: Armed[];
  readonly listener: () => LiveListener;
  readonly link: (state: LinkState) => void;
  /** Lets time pass until what was put off is due. */
  readonly pass: () => void;
  /** What the bridge answers from now on. */
  answer: Result<void, Problem>;
  /** Why no run can be started; undefined where one can. */
  failure: string | undefined;
}

export function liveStage(): LiveStage {
  const later = new Set<() => void>();
  let listener: LiveListener | undefined;
  let tell: (state: LinkState) => void = () => undefined;
  const say = (what: string): Promise<Result<void, Problem>> => {
    stage.asked.push(what);
    return Promise.resolve(stage.answer);
  };
  const bridge: BridgeLink = {
    connect: () => say('connect').then(() => undefined),
    pair: (code) => say(`pair ${code}`).then(() => undefined),
    arm: (armed) => {
      stage.armed.push(armed);
      return say('arm');
    },
    disarm: () => say('disarm'),
    setLock: (lock: LockName) => say(`lock ${lock}`),
    resolve: (uuid, as) => say(`resolve ${uuid} ${as}`),
    openPort: () => Promise.resolve(new MessageChannel().port1),
    disconnect: () => void say('disconnect'),
  };
  const stage: LiveStage = {
    doors: {
      makeLink: ({ onState }) => {
        tell = onState;
        return bridge;
      },
      makeEngine: (given) => {
        listener = given;
        return {
          open: (plan) => {
            stage.asked.push('open');
            stage.plans.push(plan);
            const { scenario } = plan;
            const symbols = scenario.symbols.map(({ name }) => name);
            if (stage.failure !== undefined) return Promise.reject(new Error(stage.failure));
            return Promise.resolve({ scenario, entry: undefined, symbols, tasks: ['loop'] });
          },
          stop: () => {
            stage.asked.push('stop');
            return Promise.resolve();
          },
          close: () => void stage.asked.push('close'),
        };
      },
      after: (callback) => {
        later.add(callback);
        return () => void later.delete(callback);
      },
    },
    asked: [],
    plans: [],
    armed: [],
    listener: () => {
      if (listener === undefined) throw new Error('expected an engine');
      return listener;
    },
    link: (state) => tell(state),
    pass: () => {
      const due = [...later];
      later.clear();
      for (const callback of due) callback();
    },
    answer: OK,
    failure: undefined,
  };
  return stage;
}
