/** socket.recovery catches a socket that never works again, and none that had no chance to. */
import { describe, expect, it } from 'vitest';
import { Action, FaultKind, RunEnd, SocketOp } from '../../trace/event.ts';
import { describeCheck, judged, texts } from '../testing/judged.ts';
import { BTC, TraceBuilder } from '../testing/trace-builder.ts';
import { socketRecovery } from './socket-recovery.ts';

const { send, receive } = SocketOp;

/** A time-out at 20 ms. */
const timedOut = (): TraceBuilder =>
  new TraceBuilder().by(BTC).send(1, Action.PING).at(20).fail(receive, 'EAGAIN');

const recovered = (ms: number): TraceBuilder =>
  timedOut().reopen().send(2, Action.PING).at(ms).receive(2);

describeCheck(socketRecovery, () => recovered(25));

describe('socket.recovery', () => {
  it('measures the longest outage', () => {
    expect(judged(socketRecovery, recovered(25)).measured).toEqual({ longestUs: 5_000 });
  });

  it('catches EFSM for ever after the last time-out', () => {
    const trace = timedOut().at(30).fail(send, 'EFSM').at(40).fail(send, 'EFSM').end(RunEnd.done);
    const result = judged(socketRecovery, trace);
    expect(result).toMatchObject({ verdict: 'violated', examined: 1, count: 1 });
    expect(texts(result)).toEqual([
      'the socket failed at 20 ms and never worked again: 3 failures up to the end at 40 ms, the last ' +
        'of them out of turn.',
    ]);
  });

  it('catches time-outs that go on beyond the bound, once an outage', () => {
    const trace = timedOut().at(500).fail(receive, 'EAGAIN').at(521).fail(receive, 'EAGAIN');
    const result = judged(socketRecovery, trace.at(900).fail(receive, 'EAGAIN').end(RunEnd.done));
    expect(result.count).toBe(1);
    expect(texts(result)).toEqual([
      'the socket failed at 20 ms and still fails at 521 ms, longer than 500 ms after faults stopped: 3 ' +
        'failures and no reply.',
    ]);
  });

  it('calls it no occasion if nobody tries again', () => {
    expect(judged(socketRecovery, timedOut())).toMatchObject({ verdict: 'passed', examined: 0 });
  });

  it('leaves an outage open that outlasts the run, however faults explain it', () => {
    const again = timedOut().fault(FaultKind.drop).by(BTC).at(60).fail(receive, 'EAGAIN');
    const result = judged(socketRecovery, again);
    expect(result).toMatchObject({ verdict: 'inconclusive', count: 0 });
    expect(texts(result)).toEqual([
      'The trace ends at 60 ms within an outage of the socket, since 20 ms.',
    ]);
  });

  it.each([
    ['a stall, for as long as it lasts', FaultKind.stall, 2_000, 0],
    ['a delay, for as long as it is', FaultKind.delay, 0, 2_000_000],
  ])('waits for the end of %s', (_, kind, detail, value) => {
    const until = (ms: number): TraceBuilder =>
      new TraceBuilder().fault(kind, detail, value).by(BTC).at(20).fail(receive, 'EAGAIN').at(ms);
    const inTime = until(2_500).fail(receive, 'EAGAIN');
    expect(judged(socketRecovery, inTime.at(2_600).receive(2)).verdict).toBe('passed');
    expect(judged(socketRecovery, until(2_501).fail(receive, 'EAGAIN')).verdict).toBe('violated');
  });

  it('waits for the restart after a crash', () => {
    const trace = timedOut().fault(FaultKind.crash).by(BTC).at(9_000).fail(receive, 'EAGAIN');
    trace.fault(FaultKind.restart).by(BTC).at(9_500).fail(receive, 'EAGAIN').at(9_501).receive(2);
    expect(judged(socketRecovery, trace).verdict).toBe('passed');
  });

  it('judges no duration where the clock is abstract, but state errors all the same', () => {
    const facts = { durations: false };
    const slow = timedOut().at(9_000).fail(receive, 'EAGAIN').end(RunEnd.done);
    expect(judged(socketRecovery, slow, { facts }).verdict).toBe('passed');
    const stuck = timedOut().fail(send, 'EFSM').end(RunEnd.done);
    expect(judged(socketRecovery, stuck, { facts }).verdict).toBe('violated');
  });

  it('does not know yet when the trace is cut short in an outage', () => {
    const result = judged(socketRecovery, timedOut().at(30), { end: { complete: false } });
    expect(texts(result)).toEqual([
      'The trace ends at 30 ms within an outage of the socket, since 20 ms.',
    ]);
  });
});
