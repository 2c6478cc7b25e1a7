/** What runs in real time, and the connection with the bridge, say in English. */
import { integer, plural } from '../figures.ts';

/** A member of a run in real time that ended before the run did. */
const member = {
  symbol: (name: string) => `the loop of ${name}`,
  lock: 'the lock',
  account: 'socket, risk and aggregator',
  conductor: 'whoever merges the trace',
};

export const LIVE_EN = {
  notReplayable: 'Recorded and checked, not replayable.',
  notReplayableHint:
    'Clocks, workers and sockets decide when things happen, so nobody can repeat this run. ' +
    'Its digest names the recording.',
  lockAt: { worker: 'lock worker', browser: 'navigator.locks', bridge: 'lock at the bridge' },
  ends: { simulated: 'simulated gateway', bridge: 'gateway at the bridge' },
  run: {
    title: 'Run in real time',
    what: (title: string) =>
      `${title}: one worker a symbol, one for the lock, one for what they share. ` +
      'The clock on the wall decides, so the run is recorded and checked, not replayable.',
    lock: 'Where the lock stands',
    locks: {
      worker: 'In a worker of its own',
      browser: 'In the browser: navigator.locks',
      bridge: 'At the bridge, before the real socket',
    },
    lockHints: {
      worker: 'The lock of the scenario, behind messages.',
      browser: 'It takes the place of the lock of the scenario.',
      bridge: 'The lock of the scenario. Without one, the real socket answers EFSM or EBUSY.',
    },
    end: 'What answers',
    ends: {
      simulated: 'The simulated gateway, in real time',
      bridge: 'The gateway at the bridge',
    },
    endHints: {
      simulated: 'Nothing leaves this tab.',
      bridge: (endpoint: string) => `${endpoint}, over a real ZeroMQ socket.`,
    },
    onlyConnected: 'Only while a bridge is connected.',
    readOnly: 'The bridge is read-only: it refuses orders, so none will be executed.',
    arming: 'Orders are armed in the next step.',
    start: 'Start',
    refused: 'It could not be started.',
  },
  soFar: {
    word: 'Recording.',
    none: 'Nothing violated so far; judged once it is over.',
    violatedWord: 'Violated.',
    violated: (ids: string) => `Already violated: ${ids}. The run goes on.`,
    lost: 'The connection is lost: what happens meanwhile is unknown.',
    checks: 'Checks are judged once the run is over. Violated already:',
    noChecks: 'No check is violated so far. All of them are judged once the run is over.',
    figures: (signals: number, trades: number) =>
      `${plural(signals, 'signal')}, ${plural(trades, 'trade')}`,
    noneYet: 'Judged once the run is over.',
    provisional: 'So far; figures of a run that goes on.',
  },
  follow: 'Follow',
  followHint: 'Keep the present in sight',
  strip: {
    label: 'About this recording',
    clock: (ms: string) => `Clock error at most ${ms} ms`,
    clockHint: 'How far apart the workers’ clocks may have stood: closer events may be swapped.',
    intervals: 'Intervals',
    intervalsOf: (asked: string, achieved: string) => `asked ${asked} ms, achieved ${achieved} ms`,
    fewSignals: 'fewer than two signals',
    columns: { symbol: 'Symbol', asked: 'Asked, ms', achieved: 'Min / median / max, ms' },
    unknown: 'Unknown',
  },
  unknown: {
    why: { 'connection-lost': 'connection lost', 'worker-lost': 'worker lost' },
    stretch: (from: string, to: string, why: string) => `${from} to ${to} ms: ${why}`,
    sentence: (ms: string, why: string) => `Unknown is what happened during ${ms} ms (${why}).`,
    lost: (who: string) => `Ended before the run did: ${who}.`,
    member,
    here: (from: string, to: string, why: string) =>
      `Nobody knows what happened here: from ${from} to ${to} ms, ${why}.`,
    events: (stretches: string) => `Events are missing in ${stretches}.`,
    show: (stretch: string) => `Show on the timeline: ${stretch}`,
  },
  connect: {
    title: 'Connect to a gateway',
    about:
      'The bridge runs on your machine. It serves this page and speaks to your gateway over a ' +
      'ZeroMQ socket. Nothing connects unless you ask for it here.',
    looking: 'Looking for a bridge where this page comes from …',
    none: 'No bridge answers where this page comes from.',
    hosted:
      'The browser blocked this site from reaching 127.0.0.1. Run `npm run bridge`, then open ' +
      'the address it prints.',
    closedBy: {
      1001: 'The bridge has ended.',
      1006: 'The page’s own end of the connection broke.',
      4413: 'The bridge ended the connection: this page did not read what it sent.',
      4429: 'The bridge ended the connection: this page asked too much at once.',
    },
    closed: (code: number, reason: string) =>
      `The bridge ended the connection (${code}): ${reason}`,
    command: 'Start one, then open the address it prints',
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'Copying was refused: the command is selected, copy it by hand.',
    again: 'Look again',
    pairing: 'A bridge answers. Type the code that it shows in its terminal.',
    code: 'Pairing code',
    codeHint: 'Eight letters and digits. It works once; capitals and hyphens do not matter.',
    pair: 'Pair',
    empty: 'Type the code that the bridge shows.',
    problems: {
      'wrong-code': 'That is not the code that the bridge shows now.',
      'too-often': 'Too many tries: wait a second, then type the code that it shows now.',
      'other-run': 'The bridge was started anew: type the code that it shows now.',
    },
    readOnly: 'Connected, read-only',
    readOnlyHint: 'The bridge refuses orders. To allow them, start it again with',
    allowed: 'Connected, orders allowed',
    armed: 'Connected, orders armed',
    allowedHint: 'No order leaves before you arm it, by endpoint and symbols.',
    lost: 'Connection lost',
    lostHint: (attempt: number) =>
      `Looking for it again, try ${integer(attempt)}. What was under way is unknown until then.`,
    endpoint: 'Endpoint',
    gateway: 'Gateway',
    gateways: { reference: 'reference gateway', own: 'your gateway' },
    symbols: 'Symbols',
    latency: 'Round trip',
    noLatency: 'not measured yet',
    disconnect: 'Disconnect',
    runHere: 'Run in real time',
  },
  chip: {
    modes: {
      'read-only': 'read-only',
      'orders-allowed': 'orders allowed',
      armed: 'armed',
      lost: 'lost, reconnecting',
    },
    label: 'Connection with the bridge',
    lost: 'Bridge',
  },
  arm: {
    title: 'Arm orders',
    open: 'Arm orders',
    about: 'From now on orders leave for this endpoint, of these symbols, until you disarm.',
    endpoint: 'Endpoint',
    symbols: 'Symbols',
    type: 'Type the endpoint to arm it',
    typeHint: 'Letter by letter, as it stands above.',
    other: (endpoint: string) => `That is not the endpoint: ${endpoint} is.`,
    arm: 'Arm',
    armAndRun: 'Arm and run',
    cancel: 'Cancel',
    refused: 'The bridge did not arm.',
    bar: (symbols: string) => `Orders armed: ${symbols}`,
    disarm: 'Disarm',
  },
  orders: {
    heading: 'Orders of unknown outcome',
    unknown: 'Reply lost: outcome unknown. Querying the gateway; not resending.',
    more: (count: number) =>
      plural(count, 'order of unknown outcome').replace('outcomes', 'outcome'),
    list: 'Show',
    executed: 'It was executed',
    notExecuted: 'It was not executed',
    label: (decision: string, uuid: string) => `${decision}: ${uuid}`,
    confirm: {
      executed: (uuid: string) => `Settle ${uuid} as executed? This cannot be taken back.`,
      'not-executed': (uuid: string) =>
        `Settle ${uuid} as not executed? This cannot be taken back.`,
    },
    settle: 'Settle it',
    keep: 'Keep asking',
    refused: 'The bridge did not settle it.',
  },
  announce: {
    none: 'Not connected to a bridge.',
    pairing: 'A bridge asks for its code.',
    'read-only': 'Connected, read-only.',
    'orders-allowed': 'Connected, orders allowed.',
    armed: 'Orders are armed.',
    lost: 'Connection lost. Reconnecting.',
  },
  palette: {
    disarm: 'Disarm orders',
    disconnect: 'Disconnect from the bridge',
    follow: 'Follow the present',
  },
  close: 'Close',
};

/** The shape that every language has. */
export type LiveWords = typeof LIVE_EN;
