/** From a frame to a request, and from a reply to a frame: the same behind REP and ROUTER. */
import {
  formatProblem,
  formatReply,
  type GatewayReply,
  type GatewayRequest,
  parseRequest,
  withExpiryMoved,
} from '../../sim/index.ts';
import { unixNowUs } from '../clock.ts';
import type { FrontParts } from './front.ts';

const US_PER_MS = 1_000;

/** A request that was taken from a socket. */
export interface Taken {
  readonly request: GatewayRequest;
  /** When, in the run's time. */
  readonly atUs: number;
}

/** What a frame asks, or, as text, the answer that it gets at once because it cannot be read. */
export function take(frame: Buffer, parts: FrontParts): Taken | string {
  const parsed = parseRequest(frame.toString('utf8'), parts.directory);
  if (parsed.kind === 'error') return formatProblem(parsed.error);
  const request = withExpiryMoved(parsed.value, -parts.originUs());
  return { request, atUs: parts.kernel.nowUs };
}

/** The frame that answers a request. */
export function answerText(reply: GatewayReply, taken: Taken, parts: FrontParts): string {
  const latencyMs = (parts.kernel.nowUs - taken.atUs) / US_PER_MS;
  const serverMs = Math.floor(unixNowUs() / US_PER_MS);
  return formatReply(reply, taken.request, parts.directory, { serverMs, latencyMs });
}
