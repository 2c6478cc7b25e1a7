/**
 * The lock's worker: the scenario's lock machine in the guard that a simulated run uses, with those
 * who ask at the other end of ports.
 *
 * Invariant: request, grant and release are stamped here, by one thread, so the grants of a run
 * have one order. A faulty machine shows its fault as it does in a simulation.
 */
import {
  assertUnreachable,
  guardOptions,
  type Hold,
  LockGuard,
  LOCKS,
  ObjectId,
  type TaskRef,
} from '../../sim/index.ts';
import { browserLock, type WebLocks } from './browser-lock.ts';
import { Answer, Ask, type AskWords, packAnswer, readAsk } from './lock-words.ts';
import { type Link, Member, type Surroundings } from './member.ts';
import type { Casting, LockPorts } from './wire.ts';

/** Who asked, for one request: the guard wakes it to let it in. */
interface Asker extends TaskRef {
  readonly hold: number;
  readonly link: Link<number>;
}

class LockHost {
  readonly #member: Member;
  readonly #guard: LockGuard;
  /** The last hold of each task; it asks for the next one only after giving that back. */
  readonly #holds = new Map<number, Hold>();
  #asked = 0;

  constructor({ scenario, lockAt }: Casting, member: Member, locks: WebLocks | undefined) {
    const { kernel, recorder } = member;
    this.#member = member;
    const driver = {
      get nowUs() {
        return kernel.nowUs;
      },
      wake: (ref: TaskRef) => this.#letIn(ref as Asker),
      after: (us: number, deliver: () => void) => kernel.after(us, deliver),
      choose: () => 0,
    };
    const implementation =
      lockAt === 'browser' ? browserLock(kernel, locks) : LOCKS[scenario.lock.name];
    const options = guardOptions(scenario, ObjectId.socket);
    this.#guard = new LockGuard(implementation, driver, recorder, options, () => this.#asked);
  }

  /** Takes in those who ask by `port`. */
  admit(port: MessagePort): void {
    const hear = (word: number): void => this.#hear(readAsk(word), link);
    const link: Link<number> = this.#member.link<number, number>(port, hear);
  }

  #hear({ kind, hold, task: id, symbol }: AskWords, link: Link<number>): void {
    if (kind === Ask.request) {
      this.#asked = hold;
      const asker: Asker = { id, name: '', symbol, hold, link };
      this.#holds.set(id, this.#guard.request(asker));
      return;
    }
    const held = this.#holds.get(id);
    if (held?.hold !== hold) return;
    switch (kind) {
      case Ask.release:
        this.#guard.release(held, held.owner);
        return;
      case Ask.expire:
        this.#guard.expire(held);
        if (held.state === 'gave-up') link.send(packAnswer(Answer.gaveUp, hold));
        return;
      default:
        assertUnreachable(kind);
    }
  }

  #letIn({ link, hold }: Asker): void {
    link.send(packAnswer(Answer.grant, hold));
  }
}

/** Makes the worker's part; it waits for the conductor's word. */
export function playLock(
  casting: Casting,
  { conductor, askers }: LockPorts,
  around: Surroundings,
  locks: WebLocks | undefined,
): Member {
  const member = new Member({ around, conductor, firstTask: 0 });
  const host = new LockHost(casting, member, locks);
  for (const port of askers) host.admit(port);
  return member;
}
