/** How the coordinator and the workers of a queue reach it, and what they call things there. */
import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import { Exit } from '../shell/exit.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';
import type { ExploreJob } from './job.ts';

/** The queue of all searches: another format of jobs is another queue. */
export const QUEUE = 'interlock-explore-2';

/** A part to be done, with all that is needed for it. */
export interface PartJob {
  readonly search: ExploreJob;
  readonly part: number;
}

export interface RedisAddress {
  readonly url: string;
  /** For messages: without a password. */
  readonly name: string;
}

const CONNECT_MS = 5_000;

/** Where a queue is, once something answers there. */
export async function findRedis(text: string): Promise<Outcome<RedisAddress>> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['redis:', 'rediss:'].includes(url.protocol)) {
    return refuse('usage', 'expected a queue such as redis://127.0.0.1:6379, got another address');
  }
  const name = `${url.protocol}//${url.host}`;
  const redis = new Redis(text, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    retryStrategy: () => null,
  });
  let heard = 'no answer';
  redis.on('error', (error: Error) => (heard = error.message === '' ? error.name : error.message));
  try {
    await redis.connect();
    await redis.ping();
    return { kind: 'ok', value: { url: text, name } };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse(
      'queue-unavailable',
      `expected a Redis at ${name}, got: ${heard === 'no answer' ? why : heard}; ` +
        'start it, or correct the address',
      Exit.inconclusive,
    );
  } finally {
    redis.disconnect();
  }
}

/** A connection for BullMQ: it waits for a Redis that is gone, and goes on when it is back. */
export function connectionTo({ url }: RedisAddress) {
  return { url, maxRetriesPerRequest: null };
}

/** The name of a search: the same for whoever asks for the same. */
export function searchId(search: ExploreJob): string {
  return createHash('sha256').update(JSON.stringify(search)).digest('hex').slice(0, 32);
}

/** The name of a part's job: who adds it again adds nothing. */
export function jobId(search: string, part: number): string {
  return `${search}-${part}`;
}
