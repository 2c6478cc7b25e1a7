/** socket.alternation catches operations out of turn and replies to the wrong request. */
import { describe, expect, it } from 'vitest';
import { Action, EventKind, FaultKind, SocketOp } from '../../trace/event.ts';
import { describeCheck, judged, judgedAsLog, texts } from '../testing/judged.ts';
import { BTC, ETH, TraceBuilder } from '../testing/trace-builder.ts';
import { socketAlternation } from './socket-alternation.ts';

const asked = (): TraceBuilder => new TraceBuilder().at(1).by(BTC).send(1, Action.PING);
const answered = (): TraceBuilder => asked().at(3).receive(1);

describeCheck(socketAlternation, () => answered().by(ETH).send(2, Action.OPEN).at(5).receive(2));

describe('socket.alternation', () => {
  it('names who met EFSM, at what, and whose reply was due', () => {
    const trace = asked().at(2).by(ETH).fail(SocketOp.send, 'EFSM').at(3).by(BTC).receive(1);
    const result = judged(socketAlternation, trace);
    expect(result).toMatchObject({ verdict: 'violated', examined: 3, count: 1 });
    expect(texts(result)).toEqual([
      'ETHUSD.s could not send on the socket at 2 ms: EFSM, because the reply to BTCUSD.s was due ' +
        'since 1 ms.',
    ]);
  });

  it('counts EBUSY and an EFSM on an idle socket, and no time-out', () => {
    const trace = answered().fail(SocketOp.receive, 'EFSM').fail(SocketOp.receive, 'EBUSY');
    trace.fail(SocketOp.receive, 'EAGAIN').fail(SocketOp.send, 'EBADF');
    const result = judged(socketAlternation, trace);
    expect(result.count).toBe(2);
    expect(texts(result)[0]).toBe(
      'BTCUSD.s could not receive on the socket at 3 ms: EFSM, out of turn.',
    );
  });

  it('catches a socket that takes a second request while a reply is due', () => {
    const trace = asked().at(2).by(ETH).send(2, Action.PING).receive(2);
    expect(texts(judged(socketAlternation, trace))).toEqual([
      'ETHUSD.s sent on the socket at 2 ms, although the reply to BTCUSD.s was due since 1 ms.',
    ]);
  });

  it('lets a relaxed socket do so', () => {
    const trace = asked().by(BTC).send(2, Action.PING).receive(2);
    expect(judged(socketAlternation, trace, { facts: { relaxed: true } }).verdict).toBe('passed');
  });

  it('begins anew with a socket that was opened anew', () => {
    const trace = asked().fail(SocketOp.receive, 'EAGAIN').reopen().send(2, Action.PING).receive(2);
    expect(judged(socketAlternation, trace).verdict).toBe('passed');
  });

  it('catches a reply without a request, and a reply to an earlier one', () => {
    const unasked = new TraceBuilder().at(2).by(BTC).receive(4);
    expect(texts(judged(socketAlternation, unasked))).toEqual([
      'BTCUSD.s received on the socket at 2 ms without having asked.',
    ]);
    const late = asked().reopen().send(2, Action.PING).at(4).receive(1);
    expect(texts(judged(socketAlternation, late))).toEqual([
      'BTCUSD.s received on the socket at 4 ms the reply to request 1 instead of 2.',
    ]);
  });

  it('excuses a reply of which the network made two', () => {
    const trace = answered()
      .fault(FaultKind.duplicate, 1 * 2 + 1)
      .by(BTC)
      .send(2, Action.PING);
    expect(judged(socketAlternation, trace.receive(1)).verdict).toBe('passed');
  });

  it('judges the errors that a log tells, by their lines', () => {
    const trace = new TraceBuilder().by(ETH).fail(SocketOp.send, 'EFSM');
    const result = judgedAsLog(socketAlternation, trace, [EventKind.socketError]);
    expect(result).toMatchObject({ verdict: 'violated', required: true });
    expect(texts(result)).toEqual([
      'ETHUSD.s met EFSM in line 1: the socket was operated out of turn.',
    ]);
  });

  it('is not required of a log that tells no errors', () => {
    const result = judgedAsLog(socketAlternation, new TraceBuilder().by(BTC).enter(1).exit(1));
    expect(result).toMatchObject({ verdict: 'inconclusive', required: false });
  });
});
