import { REFERENCE_RISK, RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

const EFSM_REASON =
  'Speed is not asked: what matters is whether two symbols ever use the one socket at the same time.';

/** An engine that never takes the lock. */
export const noLock = repairedPair(
  {
    name: 'no-lock',
    title: 'No lock at all',
    shows:
      'Three symbols share one REQ socket without a lock: sends meet sends, and the socket says EFSM.',
    input: {
      symbols: THREE_SYMBOLS,
      lock: { name: 'none' },
      risk: REFERENCE_RISK,
      acceptance: { reason: EFSM_REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.exclusion', 'socket.alternation'],
  {
    shows: 'One first-in-first-out lock around the exchange: the socket keeps its alternation.',
    part: 'lock',
    value: { name: 'fifo' },
  },
);

/** A lock each, although the socket is shared. */
export const lockPerSymbol = repairedPair(
  {
    name: 'lock-per-symbol',
    title: 'One lock a symbol on a shared socket',
    shows:
      'Every symbol holds a lock of its own and none waits for another, although all of them use the ' +
      'same socket.',
    input: {
      symbols: THREE_SYMBOLS,
      lock: { name: 'per-symbol' },
      risk: REFERENCE_RISK,
      acceptance: { reason: EFSM_REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.exclusion', 'socket.alternation'],
  {
    shows: 'One lock for the one socket.',
    part: 'lock',
    value: { name: 'fifo' },
  },
);

/** A heartbeat beside the engine, on the engine's own socket. */
export const heartbeatSharesSocket = repairedPair(
  {
    name: 'heartbeat-shares-socket',
    title: 'A heartbeat on the engine’s socket',
    shows:
      'The heartbeat pings through the same REQ socket without taking the lock: EFSM for both.',
    input: {
      symbols: THREE_SYMBOLS,
      engine: { heartbeatUs: 5_000, heartbeatLock: 'none' },
      risk: REFERENCE_RISK,
      acceptance: { reason: EFSM_REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.exclusion', 'socket.alternation'],
  {
    shows: 'The heartbeat takes the same lock as everybody else.',
    part: 'engine',
    value: { heartbeatUs: 5_000, heartbeatLock: 'shared' },
  },
);

/** A lock that takes itself back while its holder is still inside. */
export const leaseExpires = repairedPair(
  {
    name: 'lease-expires',
    title: 'A lease that runs out inside the critical section',
    shows:
      'The lock takes a hold back after 2 ms, but the exchange takes up to 3: the next symbol is let in ' +
      'while the first still waits for its reply.',
    input: {
      symbols: THREE_SYMBOLS,
      lock: { name: 'lease-expires', leaseUs: 2_000 },
      risk: REFERENCE_RISK,
      acceptance: { reason: EFSM_REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.exclusion', 'socket.alternation'],
  {
    shows: 'A lease longer than any exchange.',
    part: 'lock',
    value: { name: 'lease-expires', leaseUs: 10_000_000 },
  },
);

/** A release too many, on a lock that counts. */
export const doubleRelease = repairedPair(
  {
    name: 'double-release',
    title: 'A second release that admits a second holder',
    shows:
      'Each symbol releases twice, once in `finally` and once after it: a counting lock then admits two.',
    input: {
      symbols: THREE_SYMBOLS,
      lock: { name: 'double-release' },
      engine: { release: 'twice' },
      risk: REFERENCE_RISK,
      acceptance: { reason: EFSM_REASON, ...RELAXED_SPEED },
    },
  },
  ['lock.pairing', 'lock.exclusion', 'socket.alternation'],
  {
    shows: 'Each hold is given back once.',
    part: 'engine',
    value: { release: 'always' },
  },
);
