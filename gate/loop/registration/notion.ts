/**
 * Registers the summary of a run as a Notion page, through Notion's SDK.
 *
 * A page is never asked for twice unless the first request was surely refused: a reply that got
 * lost leaves the outcome unknown, and a second request might make a second page.
 */
import {
  APIErrorCode,
  Client,
  isHTTPResponseError,
  isNotionClientError,
  LogLevel,
} from '@notionhq/client';
import { type Clean, statusFailure } from '../reviewers/failure.ts';
import { transport } from '../reviewers/transport.ts';
import type { Attempt } from '../time/wait-or-die.ts';

const NAME = 'Notion';
/** Notion's own limits on a rich text and on the blocks of one request. */
const TEXT_MAX = 2_000;
const BLOCKS_MAX = 100;

export interface Registrar {
  readonly token: string;
  readonly address: string;
  /** The page under which the summary becomes a page. */
  readonly parent: string;
}

export interface Summary {
  readonly title: string;
  /** A paragraph each. */
  readonly lines: readonly string[];
}

export interface Registered {
  readonly id: string;
  readonly url: string | null;
}

/** Statuses with which Notion says that it did nothing and may be asked again. */
const REFUSED: readonly string[] = [APIErrorCode.RateLimited, APIErrorCode.ServiceOverload];

/** Asks for the page once. */
export async function registerOnce(
  { token, address, parent }: Registrar,
  { title, lines }: Summary,
  signal: AbortSignal,
  clean: Clean,
): Promise<Attempt<Registered>> {
  const way = transport(signal);
  const client = new Client({
    auth: token,
    baseUrl: address,
    retry: false,
    logLevel: LogLevel.ERROR,
    logger: () => {},
    fetch: (url, init) => way.fetch(url, init),
  });
  try {
    const page = await client.pages.create({
      parent: { page_id: parent },
      properties: { title: { title: [{ text: { content: title.slice(0, TEXT_MAX) } }] } },
      children: lines.slice(0, BLOCKS_MAX).map((line) => ({
        type: 'paragraph' as const,
        paragraph: {
          rich_text: [{ type: 'text' as const, text: { content: line.slice(0, TEXT_MAX) } }],
        },
      })),
    });
    const url = 'url' in page ? page.url : null;
    return typeof page.id === 'string' && page.id !== ''
      ? { kind: 'done', value: { id: page.id, url } }
      : unknown('its answer names no page');
  } catch (error) {
    return failureOf(error, way.retryAfterMs(), clean);
  }
}

function failureOf(
  error: unknown,
  retryAfterMs: number | undefined,
  clean: Clean,
): Attempt<Registered> {
  if (isNotionClientError(error) && isHTTPResponseError(error)) {
    if (REFUSED.includes(error.code)) {
      return statusFailure(NAME, error.status, error.message, retryAfterMs, clean);
    }
    if (error.status < 500) {
      const failure = statusFailure(NAME, error.status, error.message, undefined, clean);
      return { kind: 'hopeless', reason: failure.kind === 'done' ? NAME : failure.reason };
    }
    return unknown(`${NAME} answered ${error.status}`);
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why = clean(cause instanceof Error ? cause.message : String(cause));
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)
    ? { kind: 'again', reason: `${NAME} cannot be reached: ${why}` }
    : unknown(why);
}

function unknown(why: string): Attempt<Registered> {
  const reason = `${NAME}: outcome unknown, and asking again might make a second page: ${why}`;
  return { kind: 'hopeless', reason };
}
