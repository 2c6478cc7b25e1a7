/**
 * The shared parts of a world with a footprint: each notes that it is used before it is used.
 *
 * A wrapper a contract, and nothing but notes in it. Coarse on purpose: a lock is one resource, and
 * so is the wire with all that lies behind it (sockets, network, gateway, its desk and books).
 * Whatever is not wrapped here belongs to one task alone, or is told by the recorder.
 */
import type { Footprints } from '../kernel/footprints.ts';
import type { Driver, Suspension, TaskBody, TaskRef, Woken } from '../kernel/task.ts';
import type { Hold, Lock } from '../locks/contract.ts';
import type { OrderEffect, RejectReason } from '../trace/event.ts';
import { Aggregator, type AggregatorOptions } from '../trading/aggregator.ts';
import type { Recorder } from '../trace/recorder.ts';
import { Risk, type RiskOptions } from '../trading/risk/risk.ts';
import type { ExchangeResult, ExchangeSteps, Message, SteppingClient } from '../zmq/contract.ts';
import { SteppedClient } from '../zmq/stepped-client.ts';

/** Notes that one resource is used; nothing where no footprints are wanted. */
export type Touch = () => void;

/** A note for the resource of that name. */
export function touchOf(footprints: Footprints, name: string): Touch {
  const resource = footprints.resource(name);
  return () => footprints.touch(resource);
}

/** A driver whose deliveries use a resource. */
export class TrackedDriver implements Driver {
  readonly #driver: Driver;
  readonly #touch: Touch;

  constructor(driver: Driver, touch: Touch) {
    this.#driver = driver;
    this.#touch = touch;
  }

  get nowUs(): number {
    return this.#driver.nowUs;
  }

  wake(task: TaskRef): void {
    this.#driver.wake(task);
  }

  after(us: number, deliver: () => void): () => void {
    return this.#driver.after(us, () => {
      this.#touch();
      deliver();
    });
  }

  choose(count: number, about?: number): number {
    return this.#driver.choose(count, about);
  }
}

export class TrackedLock implements Lock {
  readonly #lock: Lock;
  readonly #touch: Touch;

  constructor(lock: Lock, touch: Touch) {
    this.#lock = lock;
    this.#touch = touch;
  }

  get timeoutUs(): number {
    return this.#lock.timeoutUs;
  }

  request(task: TaskRef): Hold {
    this.#touch();
    return this.#lock.request(task);
  }

  expire(hold: Hold): void {
    this.#touch();
    this.#lock.expire(hold);
  }

  release(hold: Hold, caller: TaskRef): void {
    this.#touch();
    this.#lock.release(hold, caller);
  }
}

/** A client's use of its socket, and of all that the socket leads to. */
export class TrackedClient<Out extends Message, In extends Message> extends SteppedClient<Out, In> {
  readonly #client: SteppingClient<Out, In>;
  readonly #touch: Touch;

  constructor(client: SteppingClient<Out, In>, touch: Touch) {
    super();
    this.#client = client;
    this.#touch = touch;
  }

  protected override makeSteps(task: TaskRef): ExchangeSteps<Out, In> {
    return new TrackedSteps(this.#client.steps(task), this.#touch);
  }
}

class TrackedSteps<Out extends Message, In extends Message> implements ExchangeSteps<Out, In> {
  readonly #steps: ExchangeSteps<Out, In>;
  readonly #touch: Touch;

  constructor(steps: ExchangeSteps<Out, In>, touch: Touch) {
    this.#steps = steps;
    this.#touch = touch;
  }

  get result(): ExchangeResult<In> {
    return this.#steps.result;
  }

  begin(repeatable: boolean, next: (attempt: number) => Out): Suspension | undefined {
    this.#touch();
    return this.#steps.begin(repeatable, next);
  }

  resume(woken: Woken): Suspension | undefined {
    this.#touch();
    return this.#steps.resume(woken);
  }
}

/** A task, or a part of one, that uses a resource in each of its steps. */
export function* tracked<T>(body: TaskBody<T>, touch: Touch): TaskBody<T> {
  touch();
  let next = body.next(true);
  while (next.done !== true) {
    const woken = yield next.value;
    touch();
    next = body.next(woken);
  }
  return next.value;
}

/** The same for a task whose timed waits are what its work takes, not deadlines. */
export function* trackedServer(body: TaskBody, touch: Touch): TaskBody {
  touch();
  let next = body.next(true);
  while (next.done !== true) {
    const wait = next.value;
    const works = wait.kind === 'park' && wait.timeoutUs !== Infinity;
    const woken = yield works ? { kind: 'park', timeoutUs: wait.timeoutUs, works } : wait;
    touch();
    next = body.next(woken);
  }
}

export class TrackedRisk extends Risk {
  readonly #touch: Touch;

  constructor(recorder: Recorder, symbolCount: number, options: RiskOptions, touch: Touch) {
    super(recorder, symbolCount, options);
    this.#touch = touch;
  }

  override check(
    effect: OrderEffect,
    symbol: number,
    exposureBp: number,
    nowUs: number,
  ): 0 | RejectReason {
    this.#touch();
    return super.check(effect, symbol, exposureBp, nowUs);
  }

  override onFill(
    effect: OrderEffect,
    symbol: number,
    exposureBp: number,
    profitCents: number,
    nowUs: number,
  ): void {
    this.#touch();
    super.onFill(effect, symbol, exposureBp, profitCents, nowUs);
  }

  override onRefused(effect: OrderEffect, symbol: number): void {
    this.#touch();
    super.onRefused(effect, symbol);
  }

  override believe(symbol: number, exposureBp: number): void {
    this.#touch();
    super.believe(symbol, exposureBp);
  }

  override onLatency(latencyUs: number, nowUs: number): void {
    this.#touch();
    super.onLatency(latencyUs, nowUs);
  }

  override onError(nowUs: number): void {
    this.#touch();
    super.onError(nowUs);
  }

  override onHeartbeat(nowUs: number): void {
    this.#touch();
    super.onHeartbeat(nowUs);
  }

  override onHeartbeatMissed(nowUs: number): void {
    this.#touch();
    super.onHeartbeatMissed(nowUs);
  }
}

export class TrackedAggregator extends Aggregator {
  readonly #touch: Touch;

  constructor(recorder: Recorder, symbolCount: number, options: AggregatorOptions, touch: Touch) {
    super(recorder, symbolCount, options);
    this.#touch = touch;
  }

  override noteFill(symbol: number, order: number, profitCents: number): boolean {
    this.#touch();
    return super.noteFill(symbol, order, profitCents);
  }

  override noteSignal(symbol: number): boolean {
    this.#touch();
    return super.noteSignal(symbol);
  }

  override noteDone(symbol: number): boolean {
    this.#touch();
    return super.noteDone(symbol);
  }

  override write(task: number, symbol: number): void {
    this.#touch();
    super.write(task, symbol);
  }

  override writeSplit(task: number, symbol: number): TaskBody {
    return tracked(super.writeSplit(task, symbol), this.#touch);
  }
}
