/** A plain client of a gateway for tests: one REQ socket of zeromq.js, one exchange at a time. */
import { Request } from 'zeromq';
import { Directory, type GatewayReply, type GatewayRequest } from '../../../sim/index.ts';
import { GatewayCodec } from '../../sockets/gateway-codec.ts';
import { withDeadline } from '../../sockets/testing/peer.ts';

/** A seed that no gateway under test has: what the client sends is foreign to it. */
const CLIENT_UUIDS = 4_711;

export class TestClient {
  readonly #socket = new Request({ linger: 0 });
  readonly #codec: GatewayCodec;

  /** `originUs` as in the codec: what the client's times count from. */
  constructor(address: string, symbolNames: readonly string[], originUs = 0) {
    this.#socket.connect(address);
    this.#codec = new GatewayCodec(new Directory(CLIENT_UUIDS, symbolNames), () => originUs);
  }

  /** Sends a request and waits for its reply. */
  async ask(request: GatewayRequest): Promise<GatewayReply> {
    const text = await this.say(this.#codec.encode(request));
    return this.#codec.decode(text, request);
  }

  /** Sends any text and waits for what comes back. */
  async say(...frames: string[]): Promise<string> {
    await this.#socket.send(frames);
    const reply = await withDeadline(this.#socket.receive(), 'expected a reply');
    return Buffer.concat(reply).toString('utf8');
  }

  close(): void {
    this.#socket.close();
  }
}
