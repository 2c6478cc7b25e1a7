/**
 * A lock alone as a subject: clients that acquire, work and release, on the same kernel and guard
 * as the engine's tasks.
 *
 * A round is a fixed number of atomic steps, at least two. In the first the client asks for the
 * lock, and is inside at once if it is let in at once; in the last it leaves and gives back. Who
 * has to wait is inside from its second step on, which may be its last. Known limit: no client
 * gives up, unless a time-out is asked for.
 */
import { CHECKS } from '../check/checks/index.ts';
import type { Facts } from '../check/contract.ts';
import { Judge } from '../check/judge.ts';
import { EXPLORED } from '../check/sources.ts';
import { Footprints } from '../kernel/footprints.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { Oracle } from '../kernel/oracle.ts';
import { park, sleep, type TaskBody, type TaskRef } from '../kernel/task.ts';
import type { Lock, LockImplementation } from '../locks/contract.ts';
import { LockGuard } from '../locks/guard.ts';
import { ExploredRecorder } from '../run/explored-recorder.ts';
import { TrackedDriver, TrackedLock, touchOf } from '../run/tracked.ts';
import { TraceDigest } from '../trace/digest.ts';
import { EventKind, NONE, ObjectId, RunEnd } from '../trace/event.ts';
import { Attempt, type ExploredResult } from './attempt.ts';
import { NotingOracle, PlacingOracle } from './choices.ts';
import { lockFacts } from './lock-facts.ts';
import { QuickJudge } from './quick-judge.ts';
import type { Subject } from './subject.ts';

export interface LockScope {
  readonly clients: number;
  /** How often each client acquires and releases. */
  readonly rounds: number;
  /** Atomic steps a round, at least 2. */
  readonly steps: number;
  /** How long a client waits, in microseconds; absent, it waits for ever. */
  readonly timeoutUs?: number;
  /** How long a leasing lock lets a client hold, in microseconds; absent, for ever. */
  readonly leaseUs?: number;
  /** Gives each hold back twice, as a client with a defect does. */
  readonly releasesTwice?: boolean;
}

const LOCK_CHECKS = CHECKS.filter(({ id }) => id.startsWith('lock.') && EXPLORED.required.has(id));

/** What is longer than anything here takes. */
const TIME_LIMIT_US = 1e12;
const STEPS_MAX = 100_000;

const NO_WORK = sleep(0);

class LockSubject implements Subject {
  readonly name: string;
  readonly scope: string;
  readonly reducible = true;
  readonly #lock: LockImplementation;
  readonly #scope: LockScope;
  readonly #facts: Facts;
  readonly #own = new Footprints();
  readonly #judge: QuickJudge;

  constructor(lock: LockImplementation, scope: LockScope) {
    const { clients, rounds, steps } = scope;
    this.name = `${lock.name} lock`;
    this.scope =
      `${clients} clients, ${rounds} rounds each, ${steps} atomic steps a round; one step is all ` +
      'that a client, or one timer of the lock, does between two suspensions.';
    this.#lock = lock;
    this.#scope = scope;
    const names = Array.from({ length: clients }, (_, at) => `client-${at + 1}`);
    this.#facts = lockFacts(names, lock.fairness);
    this.#judge = new QuickJudge(this.#facts, LOCK_CHECKS);
  }

  attempt(oracle: Oracle, footprints: Footprints = this.#own): Attempt {
    const noting = new NotingOracle(oracle);
    const recorder = this.#judge.begin(footprints);
    const { kernel, end } = this.#execute(noting, footprints, recorder);
    const complete = end === RunEnd.done || end === RunEnd.stuck;
    const { verdict, violated } = this.#judge.finish({ timeUs: recorder.lastUs, complete });
    const { choices } = noting;
    const { steps } = kernel;
    return new Attempt({ verdict, violated, choices, steps, end }, this.#witness);
  }

  readonly #witness = (oracle: Oracle): ExploredResult => {
    const judge = new Judge(EXPLORED, this.#facts, LOCK_CHECKS);
    const digest = new TraceDigest();
    const recording = { keep: true, readers: [judge.read, digest.read] };
    const footprints = new Footprints();
    const recorder = new ExploredRecorder(recording, footprints);
    const placing = new PlacingOracle(oracle, () => recorder.size);
    const { kernel, end } = this.#execute(placing, footprints, recorder);
    const complete = end === RunEnd.done || end === RunEnd.stuck;
    const elapsedUs = recorder.lastUs;
    return {
      ...judge.finish({ timeUs: elapsedUs, complete }),
      digest: digest.hex(),
      complete,
      elapsedUs,
      events: recorder.size,
      steps: kernel.steps,
      taskNames: this.#facts.taskNames,
      segments: recorder.segments,
      choiceSeqs: placing.seqs,
    };
  };

  #execute(oracle: Oracle, footprints: Footprints, recorder: ExploredRecorder) {
    const { clients, timeoutUs = Infinity, leaseUs = 0 } = this.#scope;
    const kernel = new Kernel({
      clock: recorder,
      oracle,
      timing: 'abstract',
      timeLimitUs: TIME_LIMIT_US,
      footprints,
    });
    const touch = touchOf(footprints, 'lock');
    let hold = 0;
    const guard = new LockGuard(
      this.#lock,
      new TrackedDriver(kernel, touch),
      recorder,
      { object: ObjectId.socket, timeoutUs, leaseUs },
      () => ++hold,
    );
    const lock = new TrackedLock(guard, touch);
    for (let n = 0; n < clients; n++) {
      const name = this.#facts.taskNames[n] as string;
      kernel.spawn(name, n, 'worker', (self) => this.#client(self, lock, recorder));
    }
    const end = kernel.run(STEPS_MAX) ? RunEnd.limit : (kernel.end ?? RunEnd.limit);
    recorder.stamp(EventKind.end, NONE, NONE, NONE, kernel.unfinished, end, 0);
    recorder.finish();
    return { kernel, end };
  }

  *#client(self: TaskRef, lock: Lock, recorder: ExploredRecorder): TaskBody {
    const { rounds, steps, releasesTwice = false } = this.#scope;
    for (let round = 0; round < rounds; round++) {
      if (round > 0) yield NO_WORK;
      const hold = lock.request(self);
      let left = steps - 1;
      if (hold.state === 'waiting') {
        while (hold.state === 'waiting') if (!(yield park(lock.timeoutUs))) lock.expire(hold);
        left -= 1;
      }
      if ((hold.state as string) === 'gave-up') continue;
      recorder.stamp(EventKind.enter, self.id, self.symbol, ObjectId.socket, hold.hold, 0, 0);
      for (; left > 0; left--) yield NO_WORK;
      recorder.stamp(EventKind.exit, self.id, self.symbol, ObjectId.socket, hold.hold, 0, 0);
      lock.release(hold, self);
      if (releasesTwice) lock.release(hold, self);
    }
  }
}

/** A lock alone, used by so many clients so often. */
export function lockSubject(lock: LockImplementation, scope: LockScope): Subject {
  return new LockSubject(lock, scope);
}
