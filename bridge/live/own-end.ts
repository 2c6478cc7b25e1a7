/**
 * The reference gateway in the process of the engine, behind real sockets on free ports.
 *
 * Both share one kernel and one recorder, so the gateway's executions and faults stand in the trace
 * where they happened, as they do in a simulated run. Known limit: engine and gateway take turns on
 * one processor, so a step of either delays the other.
 */
import {
  Directory,
  type LiveRun,
  type Recollection,
  type Scenario,
  type SocketOptions,
} from '../../sim/index.ts';
import { ReferenceGateway } from '../gateway/reference-gateway.ts';
import type { GatewayAddresses } from '../gateway/reference-gateway.ts';
import { GatewayCodec } from '../sockets/gateway-codec.ts';
import { type EngineSocket, ReqEndpoint } from '../sockets/req-endpoint.ts';
import type { EndParts, FarEnd } from './far-end.ts';

const ANY_PORT = 0;

export class OwnEnd implements FarEnd {
  readonly addresses: GatewayAddresses;
  readonly #parts: EndParts;
  readonly #gateway: ReferenceGateway;
  readonly #codec: GatewayCodec;
  readonly #sockets: EngineSocket[] = [];

  private constructor(
    parts: EndParts,
    gateway: ReferenceGateway,
    codec: GatewayCodec,
    addresses: GatewayAddresses,
  ) {
    this.#parts = parts;
    this.#gateway = gateway;
    this.#codec = codec;
    this.addresses = addresses;
  }

  /** Opens a gateway for `scenario`; both ends know orders by the same numbers. */
  static async open(scenario: Scenario, parts: EndParts): Promise<OwnEnd> {
    const uuidSeed = scenario.seed;
    const symbolNames = scenario.symbols.map(({ name }) => name);
    const gateway = new ReferenceGateway({ ...parts, scenario, uuidSeed });
    const place = { host: '127.0.0.1', port: ANY_PORT, pubPort: ANY_PORT };
    const addresses = await gateway.open(place);
    const codec = new GatewayCodec(new Directory(uuidSeed, symbolNames), parts.originUs);
    return new OwnEnd(parts, gateway, codec, addresses);
  }

  get unreadable(): GatewayCodec['unreadable'] {
    return this.#codec.unreadable;
  }

  createSocket(object: number, options: SocketOptions): EngineSocket {
    const { kernel, recorder } = this.#parts;
    const address = this.addresses.requests;
    const codec = this.#codec;
    const socket = new ReqEndpoint({ kernel, recorder, address, options, object, codec });
    this.#sockets.push(socket);
    return socket;
  }

  recollection(): Recollection | undefined {
    return undefined;
  }

  begun(run: LiveRun): void {
    this.#gateway.serve(run.taskNames);
  }

  betweenTurns(): void {
    // This gateway's books end with the process, so there is nothing to keep.
  }

  lastWords(): Promise<() => void> {
    return Promise.resolve(() => this.#gateway.stampBooks());
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.dispose();
    this.#gateway.close();
    return Promise.resolve();
  }
}
