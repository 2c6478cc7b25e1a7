/**
 * A live run in one thread, for tests: the same hosts and ports, on clocks that may be askew.
 */
import { type Scenario, type Segment, newView, readEvent } from '../../../sim/index.ts';
import type { Finished } from '../../workers/engine-contract.ts';
import { segmentOf } from '../../workers/outbox.ts';
import { playAccount } from '../account-host.ts';
import type { WebLocks } from '../browser-lock.ts';
import { localUs, stepOfClock } from '../clocks.ts';
import { Conductor } from '../conductor.ts';
import type { LivePlan, Recorded, Standing } from '../contract.ts';
import { playLock } from '../lock-host.ts';
import type { Surroundings } from '../member.ts';
import { type Part, type Player, portsOf, type Stage } from '../stage.ts';
import { playSymbol } from '../symbol-host.ts';
import { every } from '../thread.ts';
import { workerTimer } from '../timers.ts';
import type { AccountFacts } from '../wire.ts';

/** What a run of a test came to. */
export interface Performed {
  readonly finished: Finished;
  readonly recorded: Recorded;
  readonly standings: readonly Standing[];
  readonly segments: readonly Segment[];
}

export interface PerformOptions {
  /** How much each member's clock is ahead of the conductor's, by place, in microseconds. */
  readonly skewUs?: (player: Player) => number;
  readonly locks?: WebLocks;
  readonly end?: LivePlan['end'];
  /** While it is being started. */
  readonly onOpening?: (conductor: Conductor) => void;
  /** While the run goes on; `kill` ends a member without a word. */
  readonly onStanding?: (
    standing: Standing,
    conductor: Conductor,
    kill: (player: Player) => void,
  ) => void;
}

class Theatre implements Stage {
  readonly #options: PerformOptions;
  readonly #ends = new Map<string, () => void>();
  readonly #losses = new Map<string, () => void>();

  constructor(options: PerformOptions) {
    this.#options = options;
  }

  enter(player: Player, onLost: () => void): ReturnType<Stage['enter']> {
    let ports: readonly MessagePort[] = [];
    let isAlive = true;
    const ends: (() => void)[] = [];
    const leave = (): void => {
      isAlive = false;
      for (const end of ends) end();
      for (const port of ports) port.close();
    };
    this.#ends.set(JSON.stringify(player), leave);
    this.#losses.set(JSON.stringify(player), onLost);
    const skewUs = this.#options.skewUs?.(player) ?? 0;
    const nowUs = (): number => localUs() + skewUs;
    const timer = workerTimer(nowUs);
    const around: Surroundings = {
      localUs: nowUs,
      later: (us, callback) => timer(us, () => isAlive && callback()),
      every: (ms, callback) => {
        const end = every(ms, callback);
        ends.push(end);
        return end;
      },
    };
    return {
      play: (part) => {
        ports = portsOf(part);
        return this.#play(part, around);
      },
    };
  }

  /** Ends a member without a word. */
  kill(player: Player): void {
    this.#ends.get(JSON.stringify(player))?.();
    this.#losses.get(JSON.stringify(player))?.();
  }

  /** Ends all of them. */
  close(): void {
    for (const end of this.#ends.values()) end();
  }

  async #play(part: Part, around: Surroundings): Promise<AccountFacts | undefined> {
    switch (part.kind) {
      case 'symbol':
        playSymbol(part.casting, part.symbol, part.facts, part.ports, around);
        return undefined;
      case 'lock':
        playLock(part.casting, part.ports, around, this.#options.locks);
        return undefined;
      case 'account':
        return playAccount(part.casting, part.ports, around);
    }
  }
}

/** Plays a scenario to its end in this thread. */
export function perform(
  scenario: Scenario,
  lockAt: LivePlan['lockAt'] = 'worker',
  options: PerformOptions = {},
): Promise<Performed> {
  const stage = new Theatre(options);
  const { end = { kind: 'simulated' } } = options;
  const standings: Standing[] = [];
  const segments: Segment[] = [];
  let recorded: Recorded | undefined;
  return new Promise((resolve, reject) => {
    const conductor = new Conductor({ scenario, lockAt, end }, stage, {
      ...{ localUs, every, stepUs: stepOfClock() },
      send: (message) => {
        if (message.kind === 'standing') {
          standings.push(message.standing);
          options.onStanding?.(message.standing, conductor, (player) => stage.kill(player));
        } else if (message.kind === 'recorded') recorded = message.recorded;
        else if (message.kind === 'batch') {
          segments.push(...message.segments.map(segmentOf));
          conductor.credit({ kind: 'credit', batches: 1 });
        } else if (message.kind === 'finished' && recorded !== undefined) {
          stage.close();
          resolve({ finished: message, recorded, standings, segments });
        }
      },
    });
    conductor.credit({ kind: 'credit', batches: 2 });
    conductor.open().catch(reject);
    options.onOpening?.(conductor);
  });
}

/** Calls `see` with every event, in order. */
export function eachEvent(
  segments: readonly Segment[],
  see: (event: Readonly<ReturnType<typeof newView>>) => void,
): void {
  const view = newView();
  for (const segment of segments) {
    for (let at = 0; at < segment.size; at++) {
      readEvent(segment, at, view);
      see(view);
    }
  }
}
