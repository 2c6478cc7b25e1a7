/**
 * The only way to the outside: a fetch that is bounded and goes where it was told to.
 *
 * It follows no redirect, since that would carry a key to another host; it reads no more than a
 * bound; and it takes plain HTTP for this machine only. What a server asks for by `retry-after` is
 * handed on, because not every SDK does.
 */
import { type Outcome, refuse } from '../../shell/outcome.ts';
import { Exit } from '../../shell/exit.ts';

/** The longest answer that is read, in bytes. */
export const ANSWER_BYTES_MAX = 8 * 1024 * 1024;
const MS_PER_S = 1_000;
const DAY_MS = 86_400_000;

export interface Transport {
  readonly fetch: typeof fetch;
  /** Milliseconds that the last answer asked to wait; undefined where it asked for nothing. */
  retryAfterMs(): number | undefined;
}

/** A transport for one attempt; the signal ends whatever is under way. */
export function transport(signal: AbortSignal): Transport {
  let retryAfterMs: number | undefined;
  return {
    fetch: async (input, init) => {
      const signals = [signal, init?.signal].filter((each) => each instanceof AbortSignal);
      const response = await fetch(input, {
        ...init,
        redirect: 'error',
        signal: AbortSignal.any(signals),
      });
      retryAfterMs = readRetryAfter(response.headers.get('retry-after'));
      if (response.body === null) return response;
      return new Response(response.body.pipeThrough(bound()), {
        status: response.status,
        statusText: response.statusText,
        headers: response.headers,
      });
    },
    retryAfterMs: () => retryAfterMs,
  };
}

function bound(): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(piece, controller) {
      bytes += piece.byteLength;
      if (bytes > ANSWER_BYTES_MAX) {
        controller.error(new Error(`the answer is longer than ${ANSWER_BYTES_MAX} bytes`));
      } else controller.enqueue(piece);
    },
  });
}

/** Seconds or an HTTP date as milliseconds from now, at most a day. */
export function readRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * MS_PER_S : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(DAY_MS, Math.max(0, ms));
}

/** The address of a service from the environment: HTTPS, or this machine. */
export function baseUrlOf(name: string, value: string | undefined): Outcome<string | undefined> {
  if (value === undefined || value.trim() === '') return { kind: 'ok', value: undefined };
  const url = URL.canParse(value.trim()) ? new URL(value.trim()) : undefined;
  const isHere = url !== undefined && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  const isPlain = url?.username === '' && url.password === '' && url.search === '';
  if (isPlain && (url.protocol === 'https:' || (url.protocol === 'http:' && isHere))) {
    return { kind: 'ok', value: url.href.replace(/\/+$/, '') };
  }
  return refuse(
    'bad-address',
    `expected ${name} to be an https address, or http on this machine, without a password`,
    Exit.inconclusive,
  );
}
