/**
 * socket.recovery: after a failure the socket completes an exchange again, if anybody tries.
 *
 * An outage lasts from the first failed operation to the next received reply. It is a violation (a)
 * when an operation fails later than the scenario's bound after the outage began and faults
 * stopped, or (b) when a state error (EFSM, EBUSY, EBADF, ETERM) within it is still there as the
 * run ends: no fault of the network causes one. Faults that stopped nothing but time: a stall
 * counts for as long as it lasts, a crash until the restart. In an exploration no duration breaks a
 * promise, so there only (b) is judged. An outage that outlasts the run, within its bound, is left
 * open.
 */
import { formatMs, US_PER_MS } from '../../base/time.ts';
import {
  EventKind,
  type EventRef,
  type EventView,
  FaultKind,
  SocketErrorCode,
} from '../../trace/event.ts';
import type { Check, CheckFold, Facts, Finding } from '../contract.ts';
import type { TraceEnd } from '../../trace/observer.ts';
import { Findings } from '../findings.ts';
import { objectName, refOf } from '../names.ts';

const TOO_LATE =
  '{socket} failed at {sinceMs} ms and still fails at {ms} ms, longer than {boundMs} ms after faults ' +
  'stopped: {attempts} failures and no reply.';
const FOR_EVER =
  '{socket} failed at {sinceMs} ms and never worked again: {attempts} failures up to the end at ' +
  '{endMs} ms, the last of them out of turn.';
const STILL_OUT = 'The trace ends at {endMs} ms within an outage of {socket}, since {sinceMs} ms.';

/** An outage of one socket that is not over. */
interface Outage {
  readonly since: EventRef;
  last: EventRef;
  failures: number;
  /** Whether the failure after the first was a state error, so that somebody tried in vain. */
  stateError: boolean;
  counted: boolean;
}

class SocketRecovery implements CheckFold {
  readonly #boundUs: number;
  readonly findings = new Findings();
  readonly #outages: (Outage | undefined)[] = [];
  /** Until when the last fault has an effect: Infinity while the gateway is down. */
  #faultUntilUs = -Infinity;
  #longestUs = 0;

  constructor(facts: Facts) {
    this.#boundUs = facts.durations ? facts.thresholds.recoveryUs : Infinity;
  }

  step(event: EventView): void {
    const kind = event.kind;
    if (kind === EventKind.receive) {
      const outage = this.#outages[event.object];
      if (outage !== undefined) this.#recovered(event, outage);
    } else if (kind === EventKind.fault) this.#fault(event);
    else this.#fail(event);
  }

  finish(end: TraceEnd): Finding {
    this.#outages.forEach((outage, object) => {
      if (outage === undefined || outage.counted) return;
      const values = {
        socket: objectName(object),
        sinceMs: formatMs(outage.since.timeUs),
        endMs: formatMs(end.timeUs),
      };
      // A run may end with one failure and nobody who tries again; more of them tried in vain.
      const tried = outage.failures > 1 && this.#boundUs !== Infinity;
      if (!end.complete || (tried && !outage.stateError)) {
        this.findings.leaveOpen(STILL_OUT, values, [outage.since, outage.last]);
      } else if (outage.stateError) {
        this.findings.examined += 1;
        if (!this.findings.violated()) return;
        const attempts = outage.failures;
        this.findings.show(FOR_EVER, { ...values, attempts }, [outage.since, outage.last]);
      }
    });
    return this.findings.finish(end, { longestUs: this.#longestUs });
  }

  #fail(event: EventView): void {
    const outage = this.#outages[event.object];
    if (outage === undefined) {
      const since = refOf(event);
      const fresh = { since, last: since, failures: 1, stateError: false, counted: false };
      this.#outages[event.object] = fresh;
      return;
    }
    outage.failures += 1;
    outage.last = refOf(event);
    outage.stateError = event.b >>> 2 !== SocketErrorCode.EAGAIN;
    const fromUs = Math.max(outage.since.timeUs, this.#faultUntilUs);
    if (outage.counted || event.timeUs - fromUs <= this.#boundUs) return;
    outage.counted = true;
    this.findings.examined += 1;
    if (!this.findings.violated()) return;
    this.findings.show(
      TOO_LATE,
      {
        socket: objectName(event.object),
        sinceMs: formatMs(outage.since.timeUs),
        ms: formatMs(event.timeUs),
        boundMs: formatMs(this.#boundUs),
        attempts: outage.failures,
      },
      [outage.since, outage.last],
    );
  }

  #recovered(event: EventView, outage: Outage): void {
    this.#longestUs = Math.max(this.#longestUs, event.timeUs - outage.since.timeUs);
    if (!outage.counted) this.findings.examined += 1;
    this.#outages[event.object] = undefined;
  }

  #fault(event: EventView): void {
    const kind = event.a;
    if (kind === FaultKind.restart) this.#faultUntilUs = event.timeUs;
    else if (kind === FaultKind.crash) this.#faultUntilUs = Infinity;
    else {
      const lastsUs = kind === FaultKind.stall ? event.b * US_PER_MS : event.value;
      this.#faultUntilUs = Math.max(this.#faultUntilUs, event.timeUs + lastsUs);
    }
  }
}

export const socketRecovery: Check = {
  id: 'socket.recovery',
  claim: 'After a failure the socket works again within the bound, if anybody tries.',
  reads: [EventKind.receive, EventKind.socketError, EventKind.fault],
  needs: [EventKind.receive, EventKind.socketError],
  timed: false,
  start: (facts) => new SocketRecovery(facts),
};
