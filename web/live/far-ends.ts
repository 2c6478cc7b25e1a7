/**
 * What answers at the other end of a live run's socket, and has the last word on the ledger: the
 * simulated gateway in the account's own worker, or one behind the page's bridge.
 *
 * Invariant: of a gateway behind the bridge the balance counts that it had before the run, so its
 * last word is about this run; where an order's outcome is open it says nothing. Known limit: that
 * balance is about the whole account, so nobody else may trade on it meanwhile.
 */
import {
  assert,
  Directory,
  EventKind,
  type GatewayClient,
  NONE,
  ObjectId,
  pirateOn,
  type Scenario,
  SimulatedEnd,
} from '../../sim/index.ts';
import { BridgeClient } from '../bridge/bridge-client.ts';
import { portEnd } from '../bridge/link-door.ts';
import { localUs } from './clocks.ts';
import type { LiveEnd, LockPlace } from './contract.ts';
import type { Member } from './member.ts';

export interface FarEnd {
  /** The client on the socket of that number in the trace. */
  client(object: number): GatewayClient;
  /** Starts what it needs tasks for, whose names it notes by id. */
  serve(): void;
  /** Stamps what it has to say of a run that is over; `isSettled` if no outcome is open. */
  lastWords(whole: boolean, isSettled: boolean): Promise<void> | void;
}

export interface FarEndParts {
  readonly scenario: Scenario;
  readonly lockAt: LockPlace;
  readonly member: Member;
  readonly taskNames: string[];
}

/** Opens the far end of a plan; rejects if nothing answers there. */
export function openFarEnd(end: LiveEnd, parts: FarEndParts): Promise<FarEnd> {
  return end.kind === 'simulated'
    ? Promise.resolve(simulatedEnd(parts))
    : bridgedEnd(end.port, parts);
}

function simulatedEnd({ scenario, member, taskNames }: FarEndParts): FarEnd {
  const { kernel, recorder } = member;
  const end = new SimulatedEnd(scenario, { kernel, recorder, taskNames });
  return {
    client: (object) => pirateOn(scenario, kernel, end, object),
    serve: () => end.serve(),
    lastWords: () => end.stampBooks(),
  };
}

const SEED_BYTES = 6;
/** As long as the bridge lets a request take. */
const LONGEST_US = 60_000_000;

/** Numbers of orders that no earlier run of anybody had. */
function randomSeed(): number {
  const bytes = crypto.getRandomValues(new Uint8Array(SEED_BYTES));
  return bytes.reduce((seed, byte) => seed * 256 + byte, 0);
}

async function bridgedEnd(port: MessagePort, parts: FarEndParts): Promise<FarEnd> {
  const { scenario, lockAt, member } = parts;
  const { kernel, recorder } = member;
  const { receiveTimeoutUs, attempts, backoffUs } = scenario.socket;
  // At the bridge a request may wait for those of all other symbols.
  const turns = lockAt === 'bridge' ? scenario.symbols.length : 1;
  const timeoutUs = receiveTimeoutUs === 0 ? LONGEST_US : receiveTimeoutUs * turns;
  const names = scenario.symbols.map(({ name }) => name);
  const client = new BridgeClient({
    ...{ kernel, recorder, port: portEnd(port), object: ObjectId.socket },
    directory: new Directory(randomSeed(), names),
    clock: {
      originUs: () => Math.floor(member.originUs),
      unixNowUs: () => Math.floor(localUs()),
      later: (ms, callback) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    },
    options: { timeoutUs, attempts, backoffUs },
    onLink: (isUp) => {
      kernel.touch();
      member.tell({ kind: 'connection', isUp, at: kernel.nowUs });
    },
  });
  const before = await client.ask('SYNC_ALL');
  if (before?.kind !== 'sync') {
    throw new Error('expected a gateway behind the bridge that answers SYNC_ALL, got no answer');
  }
  return {
    client: (object) => {
      assert(object === ObjectId.socket, 'expected one socket behind a bridge');
      return client;
    },
    serve: () => {
      // Its tasks are somewhere else.
    },
    lastWords: async (whole, isSettled) => {
      // A run that was cut short has orders under way, of which the books would say too much.
      const after = whole ? await client.ask('SYNC_ALL') : undefined;
      if (after?.kind !== 'sync') return;
      client.hear(after);
      if (!isSettled) return;
      const realised = after.account.balance - before.account.balance;
      recorder.stamp(EventKind.books, NONE, NONE, NONE, 0, 0, realised);
    },
  };
}
