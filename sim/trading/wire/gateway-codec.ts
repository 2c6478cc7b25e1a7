/**
 * Requests to a gateway and its replies as JSON, from the client's end of a real socket.
 *
 * Invariant: nothing that came is taken for the awaited answer unless it says so. A reply that
 * cannot be read becomes one that says that nobody knows: the order desk then asks again.
 */
import { ReplyStatus } from '../../trace/event.ts';
import type { GatewayReply, GatewayRequest } from '../protocol.ts';
import type { Directory } from './directory.ts';
import { withExpiryMoved } from './expiry.ts';
import { parseReply } from './reply.ts';
import { formatRequest } from './request.ts';

/** Why replies could not be read. */
export interface Unreadable {
  count: number;
  /** What was expected of the first of them. */
  first: string | undefined;
}

/** What a codec has to know of the clocks: microseconds since 1970, UTC. */
export interface CodecClock {
  /** The instant that time 0 of the run stands for. */
  readonly originUs: () => number;
  readonly unixNowUs: () => number;
}

const US_PER_MS = 1_000;
/** No request has this number. */
const NOBODYS_REQUEST = 0;

export class GatewayCodec {
  readonly #directory: Directory;
  readonly #clock: CodecClock;
  readonly unreadable: Unreadable = { count: 0, first: undefined };

  constructor(directory: Directory, clock: CodecClock) {
    this.#directory = directory;
    this.#clock = clock;
  }

  /** The request as the gateway reads it. */
  encode(request: GatewayRequest): string {
    const onTheWire = withExpiryMoved(request, this.#clock.originUs());
    const sentMs = Math.floor(this.#clock.unixNowUs() / US_PER_MS);
    return formatRequest(onTheWire, this.#directory, sentMs);
  }

  /** What came as the reply to `awaited`. */
  decode(text: string, awaited: GatewayRequest): GatewayReply {
    const parsed = parseReply(text, awaited, this.#directory);
    if (parsed.kind === 'ok') return parsed.value;
    const { code: why, message } = parsed.error;
    this.unreadable.count += 1;
    this.unreadable.first ??= message;
    const request = why === 'wrong-uuid' ? NOBODYS_REQUEST : awaited.request;
    const { symbol } = awaited;
    return { request, code: ReplyStatus.error, symbol, kind: 'failed', error: 'SERVER_ERROR' };
  }
}
