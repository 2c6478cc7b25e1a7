/**
 * Tasks that ping the gateway beside the engine: a heartbeat on the engine's socket, other clients
 * on sockets of their own.
 *
 * Both run for as long as the engine does. A heartbeat without a lock is the defect that shares a
 * socket behind the lock's back.
 */
import type { RandomStream } from '../base/random.ts';
import { type Driver, sleep, type TaskBody, type TaskRef } from '../kernel/task.ts';
import { type Lock, waitFor } from '../locks/contract.ts';
import { Action, EventKind, NONE, ObjectId } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { RequestClient } from '../zmq/contract.ts';
import type { Numbering } from './order-desk.ts';
import type { GatewayReply, GatewayRequest } from './protocol.ts';
import type { Risk } from './risk/risk.ts';

export interface HeartbeatParts {
  readonly driver: Driver;
  readonly recorder: Recorder;
  readonly client: RequestClient<GatewayRequest, GatewayReply>;
  readonly numbering: Numbering;
  readonly risk: Risk;
  /** The lock of the socket, or undefined for a heartbeat that does not take it. */
  readonly lock: Lock | undefined;
  readonly periodUs: number;
  /** Numbers the critical sections of a heartbeat that takes no lock. */
  readonly nextHold: () => number;
}

/** The heartbeat's task. */
export function* heartbeat(self: TaskRef, parts: HeartbeatParts): TaskBody {
  const { driver, recorder, client, numbering, risk, lock, periodUs, nextHold } = parts;
  for (;;) {
    yield sleep(periodUs);
    const hold = lock?.request(self);
    if (lock !== undefined && hold?.state === 'waiting' && !(yield* waitFor(lock, hold))) continue;
    const section = hold?.hold ?? nextHold();
    recorder.stamp(EventKind.enter, self.id, NONE, ObjectId.socket, section, 0, 0);
    const result = yield* client.exchange(self, true, () => ping(numbering));
    recorder.stamp(EventKind.exit, self.id, NONE, ObjectId.socket, section, 0, 0);
    if (hold !== undefined) lock?.release(hold, self);
    if (result.kind === 'reply') risk.onHeartbeat(driver.nowUs);
    else risk.onHeartbeatMissed(driver.nowUs);
  }
}

export interface OtherClientParts {
  readonly client: RequestClient<GatewayRequest, GatewayReply>;
  readonly numbering: Numbering;
  readonly thinkUs: readonly [number, number];
  readonly thinking: RandomStream;
}

/** Another client of the same gateway: asks, thinks, asks again. */
export function* otherClient(self: TaskRef, parts: OtherClientParts): TaskBody {
  const { client, numbering, thinkUs, thinking } = parts;
  for (;;) {
    yield sleep(Math.max(1, thinking.between(thinkUs[0], thinkUs[1])));
    yield* client.exchange(self, true, () => ping(numbering));
  }
}

function ping(numbering: Numbering): GatewayRequest {
  const request = numbering.nextRequest();
  return { request, code: Action.PING, symbol: NONE, action: 'PING' };
}
