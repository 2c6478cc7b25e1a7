/**
 * How the parts that tasks share are made: as they are, or so that each use leaves a footprint.
 *
 * One assembly of engine and gateway serves every driver; only an explorer asks for footprints.
 * Invariant: a tracked part does what the part itself does, and nothing but notes besides. A part
 * that tasks share and that is not made here is missing in the footprints.
 */
import type { Footprints } from '../kernel/footprints.ts';
import type { Driver, TaskBody } from '../kernel/task.ts';
import type { Lock } from '../locks/contract.ts';
import type { Recorder } from '../trace/recorder.ts';
import { Aggregator, type AggregatorOptions } from '../trading/aggregator.ts';
import { Risk, type RiskOptions } from '../trading/risk/risk.ts';
import type { GatewayClient } from './parts.ts';
import {
  type Touch,
  touchOf,
  tracked,
  TrackedAggregator,
  TrackedClient,
  TrackedDriver,
  TrackedLock,
  TrackedRisk,
  trackedServer,
} from './tracked.ts';

export interface Tracking {
  /** The driver of all that lies on the wire: sockets, network, gateway. */
  wire(driver: Driver): Driver;
  client(client: GatewayClient): GatewayClient;
  /** A task at the far end of the wire whose timed waits are what its work takes. */
  server(body: TaskBody): TaskBody;
  /** A task that meddles with the wire. */
  meddler(body: TaskBody): TaskBody;
  /** The lock of that number in the trace, made for the driver that is to drive it. */
  lock(object: number, driver: Driver, make: (driver: Driver) => Lock): Lock;
  /** What hands out numbers of that name. */
  counter(name: string, next: () => number): () => number;
  risk(recorder: Recorder, symbolCount: number, options: RiskOptions): Risk;
  aggregator(recorder: Recorder, symbolCount: number, options: AggregatorOptions): Aggregator;
}

/** Every part as it is. */
export const UNTRACKED: Tracking = {
  wire: (driver) => driver,
  client: (client) => client,
  server: (body) => body,
  meddler: (body) => body,
  lock: (_, driver, make) => make(driver),
  counter: (_, next) => next,
  risk: (recorder, symbolCount, options) => new Risk(recorder, symbolCount, options),
  aggregator: (recorder, symbolCount, options) => new Aggregator(recorder, symbolCount, options),
};

/** Every part with a wrapper that notes its use; one for each run. */
export class FootprintTracking implements Tracking {
  readonly #footprints: Footprints;
  readonly #touchWire: Touch;

  constructor(footprints: Footprints) {
    this.#footprints = footprints;
    this.#touchWire = touchOf(footprints, 'wire');
  }

  wire(driver: Driver): Driver {
    return new TrackedDriver(driver, this.#touchWire);
  }

  client(client: GatewayClient): GatewayClient {
    return new TrackedClient(client, this.#touchWire);
  }

  server(body: TaskBody): TaskBody {
    return trackedServer(body, this.#touchWire);
  }

  meddler(body: TaskBody): TaskBody {
    return tracked(body, this.#touchWire);
  }

  lock(object: number, driver: Driver, make: (driver: Driver) => Lock): Lock {
    const touch = touchOf(this.#footprints, `lock.${object}`);
    return new TrackedLock(make(new TrackedDriver(driver, touch)), touch);
  }

  counter(name: string, next: () => number): () => number {
    const touch = touchOf(this.#footprints, name);
    return () => {
      touch();
      return next();
    };
  }

  risk(recorder: Recorder, symbolCount: number, options: RiskOptions): Risk {
    return new TrackedRisk(recorder, symbolCount, options, touchOf(this.#footprints, 'risk'));
  }

  aggregator(recorder: Recorder, symbolCount: number, options: AggregatorOptions): Aggregator {
    const touch = touchOf(this.#footprints, 'aggregator');
    return new TrackedAggregator(recorder, symbolCount, options, touch);
  }
}
