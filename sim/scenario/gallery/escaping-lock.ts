/** What the reference's own script did: `async with` ended before the acquire call returned. */
import { REFERENCE_RISK, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

export const escapingLock = repairedPair(
  {
    name: 'escaping-lock',
    title: 'A lock that lets go too early',
    shows:
      'The lock is released before the critical section begins: every acquire has its release, and ' +
      'still three symbols are inside at once.',
    input: {
      symbols: THREE_SYMBOLS,
      lock: { name: 'escaping' },
      engine: { work: 'inside' },
      socket: { profile: 'zeromq.js', sendTimeoutUs: 0, receiveTimeoutUs: 0 },
      risk: REFERENCE_RISK,
      acceptance: {
        reason:
          'Throughput is not asked: an exclusive lock around 10 to 20 ms of work cannot reach 50.',
        tradesPerSecondMin: 0,
        intervalUsMax: 100_000,
      },
    },
  },
  ['lock.exclusion', 'lock.capacity', 'socket.alternation'],
  {
    shows: 'The same work under a lock that is held until the critical section ends.',
    part: 'lock',
    value: { name: 'fifo' },
  },
);
