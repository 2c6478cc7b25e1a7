/**
 * The rows: what zeromq.js 6.8 over libzmq 4.3.5 was seen to do, and what plain libzmq does.
 *
 * Every fact has one row. Time-outs are 100 ms, and a row looks 50 ms before or after them. Left
 * out: the slow joiner of PUB and SUB, which is not about REQ.
 */
import { US_PER_MS } from '../base/time.ts';
import type { ConformanceResult, ConformanceRow, ConformanceStep } from './conformance.ts';
import type { SocketOptions } from './contract.ts';

const TIMEOUT_US = 100 * US_PER_MS;
/** Longer than the time-out. */
const LONG_MS = 150;
/** Enough for a message to arrive, and much shorter than the time-out. */
const SHORT_MS = 30;

const DEFAULTS: Omit<SocketOptions, 'profile'> = {
  sendTimeoutUs: Infinity,
  receiveTimeoutUs: Infinity,
  lingerUs: 0,
  immediate: false,
  relaxed: false,
  correlate: false,
};

const send = (as: string, request: number): ConformanceStep => ({ do: 'send', as, request });
const receive = (as: string): ConformanceStep => ({ do: 'receive', as });
const pass = (ms: number): ConformanceStep => ({ do: 'pass', ms });
const expect = (of: string, result: ConformanceResult): ConformanceStep => ({
  do: 'expect',
  of,
  result,
});
const ANSWER: ConformanceStep = { do: 'answer' };
const CLOSE: ConformanceStep = { do: 'close' };

type Profile = SocketOptions['profile'];
type Options = Partial<Omit<SocketOptions, 'profile'>>;

function row(
  profile: Profile,
  name: string,
  options: Options,
  steps: readonly ConformanceStep[],
  peer: ConformanceRow['peer'] = 'up',
): ConformanceRow {
  const full = { ...DEFAULTS, ...options, profile };
  return { name: `${profile}: ${name}`, options: full, peer, steps };
}

/** What both profiles do. */
function common(profile: Profile): readonly ConformanceRow[] {
  const waiting = { sendTimeoutUs: TIMEOUT_US, receiveTimeoutUs: TIMEOUT_US };
  const timedOut = [
    send('first', 1),
    receive('unanswered'),
    pass(LONG_MS),
    expect('unanswered', 'EAGAIN'),
  ];
  const relaxed = [...timedOut, send('second', 2), expect('second', 'sent'), receive('reply')];
  return [
    row(profile, 'request and reply take turns', {}, [
      ...[send('first', 1), expect('first', 'sent'), receive('reply'), expect('reply', 'pending')],
      ...[ANSWER, pass(SHORT_MS), expect('reply', 'reply 1')],
      ...[send('second', 2), expect('second', 'sent')],
    ]),
    row(profile, 'a receive time-out is EAGAIN and leaves the next send out of turn', waiting, [
      ...timedOut,
      ...[send('second', 2), pass(LONG_MS), expect('second', 'EFSM')],
    ]),
    row(profile, 'a late reply can still be received', waiting, [
      ...timedOut,
      ...[ANSWER, pass(SHORT_MS), receive('late'), expect('late', 'reply 1')],
      ...[send('second', 2), expect('second', 'sent')],
    ]),
    row(
      profile,
      'a send to a dead peer is queued',
      {},
      [send('first', 1), expect('first', 'sent')],
      'absent',
    ),
    row(
      profile,
      'with IMMEDIATE a send to a dead peer is EAGAIN after its time-out',
      { immediate: true, sendTimeoutUs: TIMEOUT_US },
      [send('first', 1), expect('first', 'pending'), pass(LONG_MS), expect('first', 'EAGAIN')],
      'absent',
    ),
    row(
      profile,
      'RELAXED alone gives a late reply to the later request',
      { ...waiting, relaxed: true },
      [...relaxed, ...[ANSWER, pass(SHORT_MS), expect('reply', 'reply 1')]],
    ),
    row(profile, 'a send drops the replies that have arrived', { ...waiting, relaxed: true }, [
      ...[send('first', 1), ANSWER, pass(SHORT_MS), send('second', 2), receive('reply')],
      ...[pass(SHORT_MS), expect('reply', 'pending')],
      ...[ANSWER, pass(SHORT_MS), expect('reply', 'reply 2')],
    ]),
    row(profile, 'after close every use is EBADF', {}, [
      ...[CLOSE, send('first', 1), expect('first', 'EBADF')],
      ...[receive('reply'), expect('reply', 'EBADF')],
    ]),
  ];
}

const CORRELATED = { relaxed: true, correlate: true } as const;

const ZEROMQ_JS: readonly ConformanceRow[] = [
  row('zeromq.js', 'RELAXED with CORRELATE drops the late reply and ends a receive', CORRELATED, [
    ...[send('first', 1), send('second', 2), receive('reply'), expect('reply', 'pending')],
    ...[ANSWER, pass(SHORT_MS), expect('reply', 'EAGAIN'), receive('again')],
    ...[expect('again', 'pending'), ANSWER, pass(SHORT_MS), expect('again', 'reply 2')],
  ]),
  row('zeromq.js', 'a receive after a dropped late reply is EAGAIN at once', CORRELATED, [
    ...[send('first', 1), send('second', 2), ANSWER, pass(SHORT_MS), receive('reply')],
    ...[expect('reply', 'EAGAIN'), receive('again'), expect('again', 'pending')],
    ...[ANSWER, pass(SHORT_MS), expect('again', 'reply 2')],
  ]),
  row('zeromq.js', 'a receive before any send pends', {}, [
    ...[receive('early'), expect('early', 'pending')],
    ...[send('first', 1), ANSWER, pass(SHORT_MS), expect('early', 'reply 1')],
  ]),
  row(
    'zeromq.js',
    'a receive before any send with no time to wait is EFSM',
    { receiveTimeoutUs: 0 },
    [...[receive('early'), expect('early', 'EFSM')]],
  ),
  row(
    'zeromq.js',
    'a receive before any send with a time-out is EFSM',
    { receiveTimeoutUs: TIMEOUT_US },
    [receive('early'), pass(LONG_MS), expect('early', 'EFSM')],
  ),
  row('zeromq.js', 'a second receive while one pends is EBUSY', {}, [
    ...[send('first', 1), receive('reply'), receive('further'), expect('further', 'EBUSY')],
    ...[expect('reply', 'pending'), ANSWER, pass(SHORT_MS), expect('reply', 'reply 1')],
  ]),
  row('zeromq.js', 'a second send while a reply is awaited pends until its turn', {}, [
    ...[send('first', 1), send('second', 2), expect('first', 'sent'), expect('second', 'pending')],
    ...[receive('reply'), ANSWER, pass(SHORT_MS), expect('reply', 'reply 1')],
    expect('second', 'sent'),
  ]),
  row('zeromq.js', 'a second send with no time to wait is EFSM', { sendTimeoutUs: 0 }, [
    ...[send('first', 1), expect('first', 'sent'), send('second', 2), expect('second', 'EFSM')],
  ]),
  row(
    'zeromq.js',
    'two sends in one turn with a time-out: sent, EFSM',
    { sendTimeoutUs: TIMEOUT_US },
    [
      ...[send('first', 1), send('second', 2), expect('first', 'sent')],
      ...[pass(LONG_MS), expect('second', 'EFSM')],
    ],
  ),
  row('zeromq.js', 'a third send while the second pends is EBUSY', {}, [
    ...[send('first', 1), send('second', 2), send('third', 3), expect('third', 'EBUSY')],
    expect('second', 'pending'),
  ]),
  row('zeromq.js', 'close with a pending receive: EAGAIN', {}, [
    ...[send('first', 1), receive('reply'), CLOSE, expect('reply', 'EAGAIN')],
    ...[send('second', 2), expect('second', 'EBADF')],
  ]),
  row(
    'zeromq.js',
    'use while binding is EBUSY',
    {},
    [
      { do: 'bind' },
      { do: 'peer-receive', as: 'early' },
      expect('early', 'EBUSY'),
      ...[pass(SHORT_MS), { do: 'peer-receive', as: 'later' } as const, send('first', 1)],
      ...[pass(LONG_MS), expect('later', 'request 1')],
    ],
    'absent',
  ),
];

const LIBZMQ: readonly ConformanceRow[] = [
  row('libzmq', 'RELAXED with CORRELATE drops the late reply', CORRELATED, [
    ...[send('first', 1), send('second', 2), receive('reply'), ANSWER, pass(SHORT_MS)],
    ...[expect('reply', 'pending'), ANSWER, pass(SHORT_MS), expect('reply', 'reply 2')],
  ]),
  row('libzmq', 'a receive before any send is EFSM at once', {}, [
    ...[receive('early'), expect('early', 'EFSM')],
  ]),
  row('libzmq', 'a second send is EFSM at once', {}, [
    ...[send('first', 1), send('second', 2), expect('first', 'sent'), expect('second', 'EFSM')],
    ...[receive('reply'), ANSWER, pass(SHORT_MS), expect('reply', 'reply 1')],
  ]),
  row('libzmq', 'a second receive of one reply is EFSM at once', {}, [
    ...[send('first', 1), ANSWER, pass(SHORT_MS), receive('reply'), expect('reply', 'reply 1')],
    ...[receive('again'), expect('again', 'EFSM')],
  ]),
  row('libzmq', 'a time-out does not make it wait for its turn', { sendTimeoutUs: TIMEOUT_US }, [
    ...[send('first', 1), send('second', 2), expect('second', 'EFSM')],
  ]),
];

export const CONFORMANCE_ROWS: readonly ConformanceRow[] = [
  ...common('zeromq.js'),
  ...ZEROMQ_JS,
  ...common('libzmq'),
  ...LIBZMQ,
];
