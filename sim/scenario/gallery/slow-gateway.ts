import { NO_EXPOSURE_LIMIT, REFERENCE_RISK, RELAXED_SPEED, THREE_SYMBOLS } from './common.ts';
import { repairedPair } from './entry.ts';

const CALM_GUARDIAN = { ...REFERENCE_RISK, guardian: { errors: 100_000, spikes: 100_000 } };

/** The last time-out of a retry loop leaves the socket where it cannot send. */
export const timeoutLeavesEfsm = repairedPair(
  {
    name: 'timeout-leaves-efsm',
    title: 'The last time-out leaves EFSM for ever',
    shows:
      'The retry loop opens a new socket between attempts but not after the last one: from then on every ' +
      'send of every symbol is EFSM.',
    input: {
      symbols: THREE_SYMBOLS,
      socket: { receiveTimeoutUs: 20_000, attempts: 2, reopen: 'not-after-last' },
      endpoint: { faults: { stalls: [{ atUs: 200_000, forUs: 100_000 }] } },
      risk: CALM_GUARDIAN,
      acceptance: {
        reason:
          'Speed is not asked: what matters is whether the socket works again after the stall.',
        ...RELAXED_SPEED,
        intervalUsMax: 1_000_000,
        recoveryUs: 300_000,
      },
    },
  },
  ['socket.alternation', 'socket.recovery'],
  {
    shows: 'Lazy Pirate: close and open anew after every time-out, the last one too.',
    part: 'socket',
    value: { receiveTimeoutUs: 20_000, attempts: 2, reopen: 'always' },
  },
);

/** One order, one uuid, filled several times. */
export const retryDuplicatesOrder = repairedPair(
  {
    name: 'retry-duplicates-order',
    title: 'A retry that fills one order three times',
    shows:
      'A reply in five is slower than the client’s patience; the client sends the same order again, and ' +
      'the gateway executes each copy.',
    input: {
      symbols: THREE_SYMBOLS,
      socket: { receiveTimeoutUs: 20_000, attempts: 5, lostOrder: 'resend' },
      endpoint: {
        dedupe: false,
        faults: { delayPerMillion: 200_000, delayUs: [25_000, 40_000] },
      },
      risk: CALM_GUARDIAN,
      acceptance: {
        reason: 'Speed is not asked of a gateway that is slow on purpose.',
        ...RELAXED_SPEED,
        intervalUsMax: 1_000_000,
      },
    },
  },
  ['order.at-most-once', 'pnl.total'],
  {
    shows:
      'A lost reply is an unknown outcome: the client asks what became of it and never sends it again.',
    part: 'socket',
    value: { receiveTimeoutUs: 20_000, attempts: 5, lostOrder: 'query' },
  },
);

/** A gateway that wakes once a second and serves one message. */
const PUMP_REASON =
  'One symbol, one order at a time; a gateway without a pump answers in 3 ms, so 100 ms is generous.';

export const timerPumpGateway = repairedPair(
  {
    name: 'timer-pump-gateway',
    title: 'A gateway on a one-second timer, one client',
    shows:
      'Service rule: one message a wake of a 1 s timer. One client with one socket, one request at a ' +
      'time, 10 to 20 ms of thinking: P99 about 1,000 ms, whatever the network does.',
    input: {
      symbols: [{ name: 'BTCUSD.s', signals: 1_200 }],
      socket: { receiveTimeoutUs: 30_000_000 },
      endpoint: { pumpUs: 1_000_000, serviceUs: [1_000, 3_000] },
      risk: {
        breaker: { losses: 1_000 },
        guardian: { errors: 100_000, spikes: 100_000 },
        ...NO_EXPOSURE_LIMIT,
        drawdown: { equityCents: 1e12 },
      },
      acceptance: {
        reason: PUMP_REASON,
        symbolsMin: 1,
        intervalUsMax: 60_000_000,
        tradesPerSecondMin: 0,
      },
    },
  },
  ['run.latency'],
  {
    shows: 'The gateway serves a message when it arrives.',
    part: 'endpoint',
    value: { serviceUs: [1_000, 3_000] },
  },
);

export const timerPumpFourClients = repairedPair(
  {
    name: 'timer-pump-gateway-four-clients',
    title: 'A gateway on a one-second timer, four clients',
    shows:
      'The same pump with four clients, each with a socket and one request at a time and no thinking: ' +
      'each waits for the others’ wakes too, so the P99 is about 4,000 ms.',
    input: {
      symbols: [{ name: 'BTCUSD.s', signals: 1_200 }],
      socket: { receiveTimeoutUs: 30_000_000 },
      endpoint: { pumpUs: 1_000_000, serviceUs: [1_000, 3_000], otherClients: 3 },
      risk: {
        breaker: { losses: 1_000 },
        guardian: { errors: 100_000, spikes: 100_000 },
        ...NO_EXPOSURE_LIMIT,
        drawdown: { equityCents: 1e12 },
      },
      acceptance: {
        reason: PUMP_REASON,
        symbolsMin: 1,
        intervalUsMax: 60_000_000,
        tradesPerSecondMin: 0,
      },
    },
  },
  ['run.latency'],
  {
    shows: 'The same four clients on a gateway that serves a message when it arrives.',
    part: 'endpoint',
    value: { serviceUs: [1_000, 3_000], otherClients: 3 },
  },
);

/** Latency figures that leave the time-outs out. */
export const timeoutsCount = repairedPair(
  {
    name: 'timeouts-count',
    title: 'Time-outs are latency too',
    shows:
      'One reply in fifty is lost. Whoever averages the replies that came sees 3 ms; the signals that ' +
      'waited for the others took hundreds.',
    input: {
      symbols: THREE_SYMBOLS.map((symbol) => ({ ...symbol, signals: 400 })),
      socket: { receiveTimeoutUs: 200_000 },
      endpoint: { faults: { dropReplyPerMillion: 20_000 } },
      risk: CALM_GUARDIAN,
      acceptance: {
        reason:
          'Latency as in the reference, measured to the consumed reply, time-outs and retries included.',
        tradesPerSecondMin: 0,
        intervalUsMax: 10_000_000,
      },
    },
  },
  ['run.latency'],
  {
    shows: 'A network that loses nothing.',
    part: 'endpoint',
    value: {},
  },
);

/** A wait announced as 5 s that takes 7.5 s. */
export const announcedWait = repairedPair(
  {
    name: 'announced-wait',
    title: 'A wait announced as 5 s that takes 7.5 s',
    shows: 'Three attempts of 2.5 s each are 7.5 s; whoever announces 5 s has not multiplied.',
    input: {
      symbols: THREE_SYMBOLS,
      socket: { receiveTimeoutUs: 2_500_000, attempts: 3 },
      endpoint: { faults: { stalls: [{ atUs: 300_000, forUs: 20_000_000 }] } },
      risk: CALM_GUARDIAN,
      acceptance: {
        reason: 'The wait that was announced: 5 s for one request, whatever its attempts.',
        tradesPerSecondMin: 0,
        latencyUsMax: 5_000_000,
        intervalUsMax: 60_000_000,
        recoveryUs: 60_000_000,
      },
    },
  },
  ['run.latency'],
  {
    shows: 'Attempts that fit into what was announced.',
    part: 'socket',
    value: { receiveTimeoutUs: 400_000, attempts: 3 },
  },
);
