/**
 * The reference gateway with a kernel of its own: no engine in this process, and no trace is kept.
 */
import { Recorder, RealTimeKernel, type Scenario } from '../../sim/index.ts';
import { processClock, unixNowUs } from '../clock.ts';
import { DeskJournal } from './durable-desk.ts';
import { type GatewayAddresses, type GatewayPlace, ReferenceGateway } from './reference-gateway.ts';

export interface StandaloneOptions {
  readonly scenario: Scenario;
  readonly place: GatewayPlace;
  /** Where its books are kept; without one they end with the process. */
  readonly journalPath?: string | undefined;
  /** Called with an error of our own, after which it no longer serves. */
  readonly crashed: (error: unknown) => void;
}

export interface Standalone {
  readonly addresses: GatewayAddresses;
  /** Executions of earlier processes that it has in its books. */
  readonly resumed: number;
  close(): Promise<void>;
}

/** Seed of the uuids of orders that nobody sends: those that come are all foreign. */
const NOBODYS_UUIDS = 0;

/** Starts a gateway; it serves until it is closed. */
export async function startGateway(options: StandaloneOptions): Promise<Standalone> {
  const { scenario, place, journalPath } = options;
  const { seed, symbols } = scenario;
  const fresh = { seed, symbolNames: symbols.map(({ name }) => name), originUs: unixNowUs() };
  const journal =
    journalPath === undefined ? undefined : await DeskJournal.open(journalPath, fresh);
  const originUs = journal?.originUs ?? fresh.originUs;
  const recorder = new Recorder({ keep: false, readers: [] });
  // Time goes on from where the first process of this journal began it.
  recorder.nowUs = fresh.originUs - originUs;
  const kernel = new RealTimeKernel({ clock: recorder, wall: processClock, timeLimitUs: Infinity });
  const gateway = new ReferenceGateway({
    ...{ kernel, recorder, scenario, journal },
    uuidSeed: NOBODYS_UUIDS,
    originUs: () => originUs,
  });
  const addresses = await gateway.open(place);
  gateway.serve([]);
  // A request may come at any time: it is never stuck.
  kernel.await();
  kernel.start((end) => {
    if (end.kind === 'crashed') options.crashed(end.error);
  });
  return {
    addresses,
    resumed: journal?.size ?? 0,
    close: async () => {
      kernel.stop();
      gateway.close();
      await journal?.close();
    },
  };
}
