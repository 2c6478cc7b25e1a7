/**
 * One symbol's worker: its loop, unchanged, with a lock and an account that stand elsewhere.
 *
 * Invariant: where there is no lock in the page, nothing is stamped that only a lock could vouch
 * for.
 */
import {
  EventKind,
  guardOptions,
  type Lock,
  ObjectId,
  RandomStream,
  type Recorder,
  Signals,
  SymbolLoop,
} from '../../sim/index.ts';
import { Member, type Surroundings } from './member.ts';
import { RemoteAccount } from './remote-account.ts';
import { holdNumbers, OpenDoor, RemoteLock } from './remote-lock.ts';
import type { AccountFacts, Casting, FromAccount, SymbolPorts, ToAccount } from './wire.ts';

/** Makes the worker's part; it waits for the conductor's word. */
export function playSymbol(
  { scenario }: Casting,
  symbol: number,
  { isImmediate }: AccountFacts,
  ports: SymbolPorts,
  around: Surroundings,
): Member {
  const spec = scenario.symbols[symbol];
  if (spec === undefined) throw new Error(`expected a symbol of the scenario, got ${symbol}`);
  const { seed, symbols, engine } = scenario;
  const member = new Member({ around, conductor: ports.conductor, firstTask: symbol });
  const { kernel, recorder } = member;
  const hear = (told: FromAccount): void => account.hear(told);
  const toAccount = member.link<ToAccount, FromAccount>(ports.account, hear);
  const account: RemoteAccount = new RemoteAccount(kernel, toAccount, isImmediate);
  const nextHold = holdNumbers(symbol, symbols.length + 1);
  const { timeoutUs } = guardOptions(scenario, ObjectId.socket);
  const lock = lockFrom(member, ports.lock, timeoutUs, nextHold);
  const loop = new SymbolLoop({
    ...{ driver: kernel, spec, symbol, options: engine, lock },
    ...{ desk: account, score: account, risk: account },
    recorder: ports.lock === undefined ? withoutSections(recorder) : recorder,
    intervals: new RandomStream(seed, spec.name, 'interval'),
    signals: new Signals(seed, spec.name, spec.market),
  });
  kernel.spawn(spec.name, symbol, 'worker', (self) => loop.run(self));
  return member;
}

/** The lock at the other end of `port`; without a port there is none. */
export function lockFrom(
  member: Member,
  port: MessagePort | undefined,
  timeoutUs: number,
  nextHold: () => number,
): Lock {
  if (port === undefined) return new OpenDoor();
  const hear = (word: number): void => lock.hear(word);
  const link = member.link<number, number>(port, hear);
  const lock: RemoteLock = new RemoteLock(member.kernel, link, timeoutUs, nextHold);
  return lock;
}

/** Leaves out who enters and leaves the socket: that is decided where its lock is. */
export function withoutSections(recorder: Recorder): Pick<Recorder, 'stamp'> {
  return {
    stamp: (kind, task, symbol, object, ...rest) => {
      const isSection = kind === EventKind.enter || kind === EventKind.exit;
      if (!isSection || object !== ObjectId.socket) {
        recorder.stamp(kind, task, symbol, object, ...rest);
      }
    },
  };
}
