/**
 * One task's exchanges over the bridge as a state machine, with as many attempts as a question has.
 *
 * Invariant: an exchange that may not be repeated is placed once, whatever becomes of it.
 */
import {
  assert,
  assertExists,
  type ExchangeResult,
  type ExchangeSteps,
  type GatewayReply,
  type GatewayRequest,
  park,
  sleep,
  type Suspension,
  type TaskRef,
} from '../../sim/index.ts';

type Result = ExchangeResult<GatewayReply>;

export interface BridgeStepsParts {
  readonly task: TaskRef;
  readonly attempts: number;
  readonly backoffUs: number;
  /** Sends a request; `settle` is called once, later, and the task is woken after it. */
  readonly place: (request: GatewayRequest, settle: (result: Result) => void) => void;
}

export class BridgeSteps implements ExchangeSteps<GatewayRequest, GatewayReply> {
  readonly #parts: BridgeStepsParts;
  #next: ((attempt: number) => GatewayRequest) | undefined = undefined;
  #attemptsLeft = 0;
  #attempt = 0;
  /** Whether something may have left in any attempt. */
  #sent = false;
  #state: 'idle' | 'waiting' | 'pausing' = 'idle';
  #settled: Result | undefined = undefined;
  #result: Result | undefined = undefined;

  constructor(parts: BridgeStepsParts) {
    this.#parts = parts;
  }

  get result(): Result {
    return assertExists(this.#result, 'expected an exchange that is over');
  }

  begin(repeatable: boolean, next: (attempt: number) => GatewayRequest): Suspension | undefined {
    assert(this.#state === 'idle', 'expected one exchange at a time');
    this.#next = next;
    this.#attempt = 0;
    this.#attemptsLeft = repeatable ? this.#parts.attempts : 1;
    this.#sent = false;
    this.#result = undefined;
    return this.#place();
  }

  resume(): Suspension | undefined {
    assert(this.#state !== 'idle', 'expected an exchange that is not over');
    if (this.#state === 'pausing') return this.#place();
    const settled = this.#settled;
    // Somebody else woke the task.
    if (settled === undefined) return park(Infinity);
    if (settled.kind === 'reply') return this.#finish(settled);
    this.#sent ||= settled.kind === 'unknown';
    if (this.#attemptsLeft > 0) return this.#again();
    return this.#finish(this.#sent ? { kind: 'unknown' } : settled);
  }

  #again(): Suspension | undefined {
    const { backoffUs } = this.#parts;
    if (backoffUs === 0) return this.#place();
    this.#state = 'pausing';
    return sleep(backoffUs);
  }

  #place(): Suspension {
    this.#state = 'waiting';
    this.#settled = undefined;
    this.#attempt += 1;
    this.#attemptsLeft -= 1;
    const request = assertExists(this.#next, 'expected a request')(this.#attempt);
    this.#parts.place(request, (result) => {
      this.#settled = result;
    });
    return park(Infinity);
  }

  #finish(result: Result): undefined {
    this.#state = 'idle';
    this.#next = undefined;
    this.#result = result;
    return undefined;
  }
}
