/**
 * The worker of what all symbols share: order desks, risk rules, aggregator, socket and far end.
 *
 * For each symbol a task stands here that does what the symbol's loop asks, under the number of
 * that symbol's own task: the trace shows one task, wherever it works. Invariant: one thing at a
 * time for each symbol, in the order in which it asked.
 */
import {
  Account,
  assertUnreachable,
  type Executed,
  type GatewayClient,
  guardOptions,
  type Hold,
  ObjectId,
  park,
  type Scenario,
  type TaskBody,
  type TaskRef,
} from '../../sim/index.ts';
import { openFarEnd } from './far-ends.ts';
import { type Link, Member, type Surroundings } from './member.ts';
import { holdNumbers } from './remote-lock.ts';
import { lockFrom } from './symbol-host.ts';
import type { AccountFacts, AccountPorts, Casting, FromAccount, ToAccount } from './wire.ts';

/** What does at the account what one symbol asks. */
class SymbolDesk {
  readonly #account: Account;
  readonly #member: Member;
  readonly #symbol: number;
  readonly #link: Link<FromAccount>;
  readonly #asked: ToAccount[] = [];
  #task: TaskRef | undefined = undefined;
  /** The aggregator's lock, while the symbol holds it from one question to another. */
  #held: Hold | undefined = undefined;

  constructor(account: Account, member: Member, symbol: number, port: MessagePort) {
    this.#account = account;
    this.#member = member;
    this.#symbol = symbol;
    this.#link = member.link<FromAccount, ToAccount>(port, (asked) => this.#hear(asked));
  }

  /** The task's body. */
  *run(self: TaskRef): TaskBody {
    this.#task = self;
    for (;;) {
      const asked = this.#asked.shift();
      if (asked === undefined) yield park(Infinity);
      else yield* this.#answer(self, asked);
    }
  }

  #hear(asked: ToAccount): void {
    const { kernel } = this.#member;
    switch (asked.kind) {
      case 'latency':
        this.#account.risk.onLatency(asked.us, kernel.nowUs);
        return;
      case 'error':
        this.#account.risk.onError(kernel.nowUs);
        return;
      default:
        this.#asked.push(asked);
        if (this.#task !== undefined) kernel.wake(this.#task);
    }
  }

  *#answer(self: TaskRef, asked: ToAccount): TaskBody {
    const { score, desks } = this.#account;
    const desk = desks[this.#symbol];
    if (desk === undefined) return;
    switch (asked.kind) {
      case 'begin': {
        let wait = desk.begin(self, asked.signal);
        while (wait !== undefined) wait = desk.resume(self, yield wait);
        this.#settle(desk.executed, desk.unresolved);
        return;
      }
      case 'resolve':
        yield* desk.resolve(self);
        this.#settle(desk.executed, desk.unresolved);
        return;
      case 'enter':
        this.#held = yield* score.enter(self);
        this.#link.send({ kind: 'entered', hold: this.#held?.hold });
        return;
      case 'leave':
        if (this.#held !== undefined) score.leave(self, this.#held);
        this.#held = undefined;
        return;
      case 'book':
        score.book(self, this.#symbol, asked.executed);
        return;
      case 'book-holding': {
        const held = asked.isHeld ? this.#held : undefined;
        this.#held = undefined;
        yield* score.bookHolding(self, this.#symbol, asked.executed, held);
        this.#link.send({ kind: 'booked' });
        return;
      }
      case 'finish':
        yield* score.finish(self, this.#symbol);
        this.#link.send({ kind: 'booked' });
        return;
      case 'latency':
      case 'error':
        return;
      default:
        assertUnreachable(asked);
    }
  }

  #settle({ outcome, order, profit }: Executed, unresolved: boolean): void {
    this.#link.send({ kind: 'settled', executed: { outcome, order, profit }, unresolved });
  }
}

/** Makes the worker's part, once its far end answers; it waits for the conductor's word. */
export async function playAccount(
  { scenario: given, lockAt }: Casting,
  ports: AccountPorts,
  around: Surroundings,
): Promise<AccountFacts> {
  const scenario = ports.end.kind === 'bridge' ? withoutOthers(given) : given;
  const { symbols } = scenario;
  const taskNames: string[] = [];
  const lastWords = async (whole: boolean): Promise<void> => {
    account.stampTotal();
    const isSettled = account.memory.desks.every(({ open }) => open === undefined);
    await end.lastWords(whole, isSettled);
  };
  const member = new Member({ around, conductor: ports.conductor, firstTask: 0, lastWords });
  const { kernel: driver, recorder } = member;
  const end = await openFarEnd(ports.end, { scenario, lockAt, member, taskNames });
  const nextHold = holdNumbers(symbols.length, symbols.length + 1);
  const createClient = (object: number): GatewayClient => end.client(object);
  const parts = { scenario, driver, recorder, createClient, nextHold, taskNames };
  const account: Account = new Account(parts);
  symbols.forEach(({ name }, symbol) => {
    const port = ports.symbols[symbol];
    if (port === undefined) throw new Error('expected a port for every symbol');
    const desk = new SymbolDesk(account, member, symbol, port);
    const { id } = driver.spawn(name, symbol, 'daemon', (self) => desk.run(self));
    taskNames[id] = name;
  });
  end.serve();
  const { timeoutUs } = guardOptions(scenario, ObjectId.socket);
  account.startBeside(lockFrom(member, ports.lock, timeoutUs, nextHold));
  return { taskNames, isImmediate: account.score.immediate };
}

/** Other clients belong to the simulated gateway; a real one has its own. */
function withoutOthers(scenario: Scenario): Scenario {
  return { ...scenario, endpoint: { ...scenario.endpoint, otherClients: 0 } };
}
