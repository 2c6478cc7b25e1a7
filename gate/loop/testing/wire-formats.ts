/**
 * The wire formats of the two review services, as they answer a streaming request: server-sent
 * events with Claude's message events, and with Gemini's partial responses.
 */
import type { Asked, Behaviour } from './review-server.ts';
import { raw, status } from './review-server.ts';

/** What a test makes a service say: the text, and why it stopped. */
export interface Spoken {
  readonly text: string;
  readonly stop: string;
}

export interface WireFormat {
  readonly name: string;
  readonly stop: string;
  readonly truncated: string;
  readonly refused: string;
  /** The whole answer as its stream. */
  stream(spoken: Spoken): string;
  /** An error document in the service's own form. */
  error(code: number, message: string, headers?: Readonly<Record<string, string>>): Behaviour;
  /** The parts of a request, and its instructions. */
  request(asked: Asked): { readonly system: string; readonly parts: readonly string[] };
  /** The key as the request carries it. */
  key(asked: Asked): string | undefined;
}

const PIECES = 3;

function pieces(text: string): string[] {
  const size = Math.ceil(text.length / PIECES) || 1;
  return Array.from({ length: PIECES }, (_, at) => text.slice(at * size, (at + 1) * size));
}

const CLAUDE_ERRORS: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
};

function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify({ type: name, ...data })}\n\n`;
}

/** Claude's messages, streamed. */
export const CLAUDE: WireFormat = {
  name: 'Claude',
  stop: 'end_turn',
  truncated: 'max_tokens',
  refused: 'refusal',
  stream: ({ text, stop }) =>
    [
      event('message_start', {
        message: {
          id: 'msg_01test',
          type: 'message',
          role: 'assistant',
          model: 'claude-served',
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 1_200, cache_read_input_tokens: 34, output_tokens: 1 },
        },
      }),
      event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
      event('ping', {}),
      ...pieces(text).map((piece) =>
        event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: piece } }),
      ),
      event('content_block_stop', { index: 0 }),
      event('message_delta', {
        delta: { stop_reason: stop, stop_sequence: null },
        usage: { output_tokens: 56 },
      }),
      event('message_stop', {}),
    ].join(''),
  error: (code, message, headers) =>
    status(
      code,
      { type: 'error', error: { type: CLAUDE_ERRORS[code] ?? 'api_error', message } },
      headers,
    ),
  request: ({ body }) => {
    const { system, messages } = JSON.parse(body) as {
      system: string;
      messages: { content: { text: string }[] }[];
    };
    return { system, parts: (messages[0]?.content ?? []).map(({ text }) => text) };
  },
  key: ({ headers }) =>
    (headers['x-api-key'] as string | undefined) ?? headers.authorization?.replace('Bearer ', ''),
};

function chunk(data: object): string {
  return `data: ${JSON.stringify(data)}\r\n\r\n`;
}

/** Gemini's content, streamed. */
export const GEMINI: WireFormat = {
  name: 'Gemini',
  stop: 'STOP',
  truncated: 'MAX_TOKENS',
  refused: 'SAFETY',
  stream: ({ text, stop }) => {
    const all = pieces(text);
    return all
      .map((piece, at) =>
        chunk({
          candidates: [
            {
              content: { role: 'model', parts: [{ text: piece }] },
              index: 0,
              ...(at === all.length - 1 && { finishReason: stop }),
            },
          ],
          usageMetadata: {
            promptTokenCount: 1_234,
            candidatesTokenCount: 10 * (at + 1),
            thoughtsTokenCount: 26,
          },
          modelVersion: 'gemini-served',
        }),
      )
      .join('');
  },
  error: (code, message, headers) => {
    const seconds = headers?.['retry-after'];
    const retry = {
      '@type': 'type.googleapis.com/google.rpc.RetryInfo',
      retryDelay: `${seconds}s`,
    };
    const details = seconds === undefined ? [] : [retry];
    return status(code, { error: { code, message, status: 'UNAVAILABLE', details } });
  },
  request: ({ body }) => {
    const { systemInstruction, contents } = JSON.parse(body) as {
      systemInstruction: { parts: { text: string }[] };
      contents: { parts: { text: string }[] }[];
    };
    return {
      system: systemInstruction.parts.map(({ text }) => text).join(''),
      parts: (contents[0]?.parts ?? []).map(({ text }) => text),
    };
  },
  key: ({ headers }) => headers['x-goog-api-key'] as string | undefined,
};

/** The hash that a request names. */
export function hashIn(format: WireFormat, asked: Asked): string {
  const [head = '{}'] = format.request(asked).parts;
  return (JSON.parse(head) as { inputHash: string }).inputHash;
}

/** Answers with a verdict on what was asked; `change` may spoil it. */
export function verdict(
  format: WireFormat,
  change: (hash: string) => object = () => ({}),
): Behaviour {
  return (asked, response) => {
    const hash = hashIn(format, asked);
    const said = { inputHash: hash, verdict: 'pass', summary: 'Sound.', findings: [] };
    const text = JSON.stringify({ ...said, ...change(hash) });
    raw(format.stream({ text, stop: format.stop }))(asked, response);
  };
}
