import { describe, expect, it } from 'vitest';
import { SocketErrorCode, SocketOp } from '../event.ts';
import { readStateError } from './state-error.ts';

describe('a socket-state error', () => {
  it.each([
    'zmq.error.ZMQError: Operation cannot be accomplished in current state',
    '2026-01-18 15:10:41,123 - [ERROR] - [BTCUSD.s] ZMQ send failed: EFSM',
    '[CRITICAL] socket stuck (EFSM), reopening',
    'errno=156384763 EFSM',
    'Error: EBUSY: Socket is busy reading',
    'EFSM errors: 3',
    '150 EFSM errors',
    'Cannot send: EFSM',
    'could not send, EFSM',
    'EFSM: no reply to the last request',
    '[ERROR] EFSM check failed',
    '[ERROR] - while checking for EFSM: Operation cannot be accomplished in current state',
    'EFSM not cleared by reconnect',
    '[INFO] no reply in time; EFSM',
    '[WARNING] EFSM recovery started',
    'No EFSM before, but now: Operation cannot be accomplished in current state',
    'EFSM errors: 01x',
    'efsm_errors=2',
    'efsm errors: 2',
    'Efsm Errors = 12',
    'zmq_efsm_error_count: 10, pairs 150',
    '{"efsm_errors": 3}',
    'EFSM_ERRORS=2',
    'ebusy=1',
    '[INFO] - summary of the check efsm_errors=2',
    'EFSM (state machine) errors = 4',
  ])('is reported by: %s', (line) => {
    expect(readStateError(line)).toBeDefined();
  });

  it.each([
    'No EFSM errors',
    '✅ No EFSM state errors detected',
    '0 EFSM errors',
    'zero EFSM violations',
    'EFSM errors: 0',
    'efsm_errors=0',
    'EFSM_errors=0',
    'EFSM_ERRORS: 0',
    '{"efsm_errors": 0}',
    '{"EFSM_errors": "0"}',
    'efsm errors: none',
    'never saw EFSM',
    'we never saw any EFSM error',
    'EFSM (state machine) errors = None',
    'EFSM (state machine): 0',
    'max_efsm_errors=5',
    'efsm checks: 5',
    'efsm in small letters is prose',
    'EFSM errors = 0, pairs 150',
    'EFSM=0',
    'EFSM state errors: none',
    'EFSM: no',
    'EFSM violations: 0 (target 0)',
    'Finished without EFSM',
    'No race conditions or EFSM errors found',
    'no ZMQ state errors (EFSM)',
    'free of EFSM',
    'EFSM was not detected',
    'EFSM never seen',
    'EFSM-free run',
    'EFSM check: PASS',
    'EFSM check: OK',
    'no "Operation cannot be accomplished in current state" errors',
    '[INFO] - Checking for EFSM errors',
    '2026-01-18 15:10:41,123 - [INFO] - grepping for EFSM',
    '[DEBUG] EFSM guard enabled',
    '没有 EFSM 错误',
    'EFSM 错误: 0',
    'EFSMX and NOEFSM are other words',
    'a line about nothing of the kind',
  ])('is not reported by: %s', (line) => {
    expect(readStateError(line)).toBeUndefined();
  });

  it('says which error it was and what was being done', () => {
    expect(readStateError('recv failed: EFSM')).toEqual({
      code: SocketErrorCode.EFSM,
      op: SocketOp.receive,
    });
    expect(readStateError('send: EBUSY')).toEqual({
      code: SocketErrorCode.EBUSY,
      op: SocketOp.send,
    });
  });

  it('is read in time that grows with the line and no faster', () => {
    const words = 'no any and or EFSM '.repeat(3_400);
    expect(readStateError(words)).toBeUndefined();
    expect(readStateError('checking for '.repeat(5_000) + 'EFSM')).toBeDefined();
  });
});
