/**
 * The account as a symbol's loop uses it while it stands in another worker: its order desk, its way
 * to the aggregator, and the risk rules.
 *
 * Invariant: at most one question is open, for a symbol does one thing at a time; what it only
 * tells goes ahead of the next question by the same port.
 */
import {
  assert,
  type Executed,
  type Hold,
  type LoopDesk,
  type LoopRisk,
  type LoopScore,
  park,
  type RealTimeKernel,
  type Signal,
  type Suspension,
  type TaskBody,
  type TaskRef,
} from '../../sim/index.ts';
import type { Link } from './member.ts';
import type { FromAccount, ToAccount } from './wire.ts';

const WAIT: Suspension = park(Infinity);
/** `Outcome.skipped` and `Outcome.failed`, as the trace numbers them. */
const SKIPPED = 0;
const FAILED = 4;

export class RemoteAccount implements LoopDesk, LoopScore, LoopRisk {
  readonly immediate: boolean;
  readonly executed: Executed = { outcome: SKIPPED, order: 0, profit: 0 };
  unresolved = false;
  readonly #kernel: RealTimeKernel;
  readonly #link: Link<ToAccount>;
  #asker: TaskRef | undefined = undefined;
  #answer: FromAccount | undefined = undefined;

  /** `immediate`: the aggregator there books in one step, without a lock. */
  constructor(kernel: RealTimeKernel, link: Link<ToAccount>, immediate: boolean) {
    this.#kernel = kernel;
    this.#link = link;
    this.immediate = immediate;
  }

  /** The account has answered. */
  hear(message: FromAccount): void {
    assert(this.#asker !== undefined, 'expected an answer to an open question');
    this.#answer = message;
    this.#kernel.wake(this.#asker);
  }

  begin(task: TaskRef, { number, wantsTrade, side, exposureBp }: Signal): Suspension {
    this.#ask(task, { kind: 'begin', signal: { number, wantsTrade, side, exposureBp } });
    return WAIT;
  }

  resume(): Suspension | undefined {
    if (this.#answer === undefined) return WAIT;
    this.#settle();
    return undefined;
  }

  missed(): void {
    Object.assign(this.executed, { outcome: FAILED, order: 0, profit: 0 });
  }

  *resolve(task: TaskRef): TaskBody {
    this.#ask(task, { kind: 'resolve' });
    while (this.#answer === undefined) yield WAIT;
    this.#settle();
  }

  book(_task: TaskRef, _symbol: number, { outcome, order, profit }: Executed): void {
    this.#link.send({ kind: 'book', executed: { outcome, order, profit } });
  }

  *enter(owner: TaskRef): TaskBody<Hold | undefined> {
    const answer = yield* this.#asked(owner, { kind: 'enter' });
    if (answer.kind !== 'entered' || answer.hold === undefined) return undefined;
    const { id: task, symbol } = owner;
    return { hold: answer.hold, task, symbol, owner, state: 'held' };
  }

  leave(): void {
    this.#link.send({ kind: 'leave' });
  }

  *bookHolding(
    task: TaskRef,
    _symbol: number,
    { outcome, order, profit }: Executed,
    held: Hold | undefined,
  ): TaskBody {
    const executed = { outcome, order, profit };
    yield* this.#asked(task, { kind: 'book-holding', executed, isHeld: held !== undefined });
  }

  *finish(task: TaskRef): TaskBody {
    yield* this.#asked(task, { kind: 'finish' });
  }

  onError(): void {
    this.#link.send({ kind: 'error' });
  }

  onLatency(us: number): void {
    this.#link.send({ kind: 'latency', us });
  }

  #ask(task: TaskRef, question: ToAccount): void {
    assert(this.#asker === undefined, 'expected one question at a time');
    this.#asker = task;
    this.#link.send(question);
  }

  *#asked(task: TaskRef, question: ToAccount): TaskBody<FromAccount> {
    this.#ask(task, question);
    while (this.#answer === undefined) yield WAIT;
    return this.#take();
  }

  #settle(): void {
    const answer = this.#take();
    assert(answer.kind === 'settled', 'expected the outcome of a signal');
    Object.assign(this.executed, answer.executed);
    this.unresolved = answer.unresolved;
  }

  #take(): FromAccount {
    const answer = this.#answer;
    assert(answer !== undefined, 'expected an answer');
    this.#answer = undefined;
    this.#asker = undefined;
    return answer;
  }
}
