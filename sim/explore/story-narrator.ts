/**
 * Tells what happened in each atomic step: who asked, was let in, sent, left, gave up.
 *
 * Steps come in order and once each, because words depend on what was before: whether a release is
 * early, a grant one too many, an execution the second. Events that tell a reader nothing (a
 * signal, its settlement, the gateway's books) make no clause.
 */
import type { Evidence } from '../check/contract.ts';
import { EventKind, NONE, ObjectId, SocketOp, type TraceEvent } from '../trace/event.ts';
import {
  actionName,
  actorName,
  breakerName,
  clause,
  drawdownName,
  errorName,
  faultClause,
  lockName,
  resourceName,
} from './story-clauses.ts';

/** A grant that is not over. */
interface Hold {
  readonly who: string;
  readonly lock: number;
  state: 'waiting' | 'held' | 'gave-up' | 'over';
  /** What it was used for; undefined until its task is inside. */
  resource: number | undefined;
  isInside: boolean;
}

export class Narrator {
  readonly #taskNames: readonly string[];
  readonly #holds = new Map<number, Hold>();
  readonly #executed = new Set<number>();
  #socketOpened = false;

  /** `taskNames` begins with the symbols, in their order. */
  constructor(taskNames: readonly string[]) {
    this.#taskNames = taskNames;
  }

  /** The clauses of one step's events. */
  tell(step: readonly TraceEvent[]): Evidence[] {
    const told = new Set<TraceEvent>();
    const clauses: Evidence[] = [];
    for (const event of step) {
      if (told.has(event)) continue;
      const said = this.#lock(event, step, told) ?? this.#socket(event) ?? this.#trade(event);
      if (said !== undefined) clauses.push(said);
    }
    return clauses;
  }

  #who({ task, symbol }: TraceEvent): string {
    const name = this.#taskNames[task] ?? this.#taskNames[symbol];
    return name === undefined ? 'the network' : actorName(name);
  }

  #lock(
    event: TraceEvent,
    step: readonly TraceEvent[],
    told: Set<TraceEvent>,
  ): Evidence | undefined {
    switch (event.kind) {
      case EventKind.request:
        return this.#request(event, step, told);
      case EventKind.grant:
        return this.#grant(event);
      case EventKind.release:
        return this.#release(event);
      case EventKind.timeout:
      case EventKind.cancel: {
        const hold = this.#holdOf(event);
        hold.state = 'gave-up';
        return clause('gaveUp', { who: hold.who, lock: lockName(event.object) }, event);
      }
      case EventKind.enter:
        return this.#enter(event);
      case EventKind.exit:
        return this.#exit(event, step, told);
      default:
        return undefined;
    }
  }

  #request(event: TraceEvent, step: readonly TraceEvent[], told: Set<TraceEvent>): Evidence {
    const holder = this.#holder(event.object);
    const hold = this.#holdOf(event);
    const { who } = hold;
    const lock = lockName(event.object);
    const grant = step.find((each) => each.kind === EventKind.grant && each.a === event.a);
    if (grant !== undefined && holder === undefined) {
      told.add(grant);
      hold.state = 'held';
      return clause('takes', { who, lock }, event, grant);
    }
    return holder === undefined
      ? clause('waits', { who, lock }, event)
      : clause('waitsFor', { who, lock, holder }, event);
  }

  #grant(event: TraceEvent): Evidence {
    const holder = this.#holder(event.object);
    const hold = this.#holdOf(event);
    const { who } = hold;
    const lock = lockName(event.object);
    if (hold.state === 'gave-up') return clause('grantedLate', { who, lock }, event);
    hold.state = 'held';
    return holder === undefined
      ? clause('granted', { who, lock }, event)
      : clause('grantedToo', { who, lock, holder }, event);
  }

  #release(event: TraceEvent): Evidence {
    const hold = this.#holdOf(event);
    const wasOver = hold.state === 'over';
    hold.state = 'over';
    const values = { who: hold.who, lock: lockName(event.object) };
    if (event.b === 1) {
      return clause(hold.isInside ? 'takenBackInside' : 'takenBack', values, event);
    }
    if (wasOver) return clause('releasesAgain', values, event);
    if (hold.isInside) return clause('releasesInside', values, event);
    return clause(hold.resource === undefined ? 'releasesEarly' : 'releases', values, event);
  }

  #enter(event: TraceEvent): Evidence {
    const hold = this.#holdOf(event);
    const { who } = hold;
    const resource = resourceName(event.object);
    const other = [...this.#holds.values()].find(
      (each) => each.isInside && each.resource === event.object,
    );
    hold.isInside = true;
    hold.resource = event.object;
    return other === undefined
      ? clause('enters', { who, resource }, event)
      : clause('entersToo', { who, resource, holder: other.who }, event);
  }

  #exit(event: TraceEvent, step: readonly TraceEvent[], told: Set<TraceEvent>): Evidence {
    const hold = this.#holdOf(event);
    hold.isInside = false;
    const { who } = hold;
    const release = step.find((each) => each.kind === EventKind.release && each.a === event.a);
    if (release === undefined || release.seq < event.seq || hold.state === 'over') {
      return clause('leaves', { who, resource: resourceName(event.object) }, event);
    }
    told.add(release);
    hold.state = 'over';
    return clause('leavesAndReleases', { who, lock: lockName(release.object) }, event, release);
  }

  #socket(event: TraceEvent): Evidence | undefined {
    const who = this.#who(event);
    switch (event.kind) {
      case EventKind.send:
        return clause('sends', { who, action: actionName(event.b) }, event);
      case EventKind.receive:
        return clause('receives', { who }, event);
      case EventKind.socketError: {
        const name = (event.b & 3) === SocketOp.send ? 'sendFails' : 'receiveFails';
        return clause(name, { who, error: errorName(event.b >> 2) }, event);
      }
      case EventKind.socketOpen: {
        const isFirst = event.object === ObjectId.socket && !this.#socketOpened;
        this.#socketOpened ||= event.object === ObjectId.socket;
        return isFirst || event.task === NONE ? undefined : clause('reopens', { who }, event);
      }
      default:
        return undefined;
    }
  }

  #trade(event: TraceEvent): Evidence | undefined {
    const who = this.#taskNames[event.symbol] ?? this.#who(event);
    const order = event.a;
    switch (event.kind) {
      case EventKind.order:
        return clause('orders', { who, order }, event);
      case EventKind.fill: {
        const again = this.#executed.has(order);
        this.#executed.add(order);
        return clause(again ? 'fillsAgain' : 'fills', { who, order }, event);
      }
      case EventKind.reject:
        return clause('rejects', { who, order }, event);
      case EventKind.unknown:
        return clause('unknown', { who, order }, event);
      case EventKind.resolve:
        return clause('resolves', { who, order }, event);
      case EventKind.metrics: {
        const cause = this.#taskNames[event.b] ?? who;
        return event.b === event.symbol
          ? clause('writes', { who }, event)
          : clause('writesForeign', { who: cause, symbol: who }, event);
      }
      case EventKind.breaker:
        return clause('breaker', { from: breakerName(event.a), to: breakerName(event.b) }, event);
      case EventKind.drawdown:
        return clause(
          'drawdown',
          { from: drawdownName(event.a), to: drawdownName(event.b) },
          event,
        );
      case EventKind.guardian:
        return clause(event.a === 0 ? 'resumes' : 'halts', {}, event);
      case EventKind.fault:
        return clause(faultClause(event.a), { who }, event);
      default:
        return undefined;
    }
  }

  /** The hold that an event speaks of; one that was never asked for begins with it. */
  #holdOf(event: TraceEvent): Hold {
    const known = this.#holds.get(event.a);
    if (known !== undefined) return known;
    const hold: Hold = {
      who: this.#who(event),
      lock: event.object,
      state: 'waiting',
      resource: undefined,
      isInside: false,
    };
    this.#holds.set(event.a, hold);
    return hold;
  }

  #holder(lock: number): string | undefined {
    return [...this.#holds.values()].find((each) => each.lock === lock && each.state === 'held')
      ?.who;
  }
}
