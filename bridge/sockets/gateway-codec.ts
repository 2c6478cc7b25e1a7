/**
 * Requests to a gateway and its replies as JSON, from the client's end of a real socket.
 *
 * Invariant: nothing that came is taken for the awaited answer unless it says so. A reply that
 * cannot be read becomes one that says that nobody knows: the order desk then asks again.
 */
import {
  type Directory,
  formatRequest,
  type GatewayReply,
  type GatewayRequest,
  parseReply,
  ReplyStatus,
} from '../../sim/index.ts';
import { unixNowUs } from '../clock.ts';
import { withExpiryMoved } from '../wire-clock.ts';
import type { Codec } from './req-endpoint.ts';

/** Why replies could not be read. */
export interface Unreadable {
  count: number;
  /** What was expected of the first of them. */
  first: string | undefined;
}

const US_PER_MS = 1_000;
/** No request has this number. */
const NOBODYS_REQUEST = 0;

export class GatewayCodec implements Codec<GatewayRequest, GatewayReply> {
  readonly #directory: Directory;
  readonly #originUs: () => number;
  readonly unreadable: Unreadable = { count: 0, first: undefined };

  /** `originUs` is the instant that time 0 of the run stands for, in microseconds since 1970. */
  constructor(directory: Directory, originUs: () => number) {
    this.#directory = directory;
    this.#originUs = originUs;
  }

  encode(request: GatewayRequest): string {
    const onTheWire = withExpiryMoved(request, this.#originUs());
    return formatRequest(onTheWire, this.#directory, Math.floor(unixNowUs() / US_PER_MS));
  }

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
