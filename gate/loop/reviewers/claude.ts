/**
 * Asks Claude through Anthropic's SDK, as a stream.
 *
 * The SDK's own retries are off, because the loop's back-off and deadline are the only ones. An
 * answer counts as whole only after `message_stop` with the stop reason `end_turn`: a stream that
 * merely ends was cut off.
 */
import Anthropic, { APIError, AnthropicError } from '@anthropic-ai/sdk';
import type { RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages';
import { clip, plain } from '../../render/text.ts';
import type { Attempt } from '../time/wait-or-die.ts';
import {
  type Answer,
  type Reviewer,
  type ReviewRequest,
  type TokenUse,
  VERDICT_JSON_SCHEMA,
} from './contract.ts';
import { type Clean, connectionFailure, SHOWN_MAX, statusFailure } from './failure.ts';
import { transport, type Transport } from './transport.ts';

const NAME = 'Claude';
/** The loop ends an attempt long before the SDK would. */
const SDK_TIMEOUT_MS = 86_400_000;

/** The reviewer behind this key and address; `clean` takes keys out of what it says. */
export function claude(apiKey: string, address: string, clean: Clean): Reviewer {
  return {
    name: NAME,
    ask: async (request, signal, spend) => {
      const way = transport(signal);
      const client = new Anthropic({
        apiKey,
        baseURL: address,
        maxRetries: 0,
        timeout: SDK_TIMEOUT_MS,
        logLevel: 'off',
        openTelemetry: false,
        fetch: way.fetch,
      });
      const reading = new AnswerReader(spend, clean);
      try {
        const stream = await client.messages.create(bodyOf(request), { signal });
        for await (const event of stream) reading.take(event);
        return { kind: 'done', value: reading.answer() };
      } catch (error) {
        return reading.begun ? flawed(error, clean) : failureOf(error, way, clean);
      }
    },
  };
}

function bodyOf(request: ReviewRequest): Anthropic.MessageCreateParamsStreaming {
  return {
    model: request.model,
    max_tokens: request.outputTokensMax,
    stream: true,
    system: request.system,
    messages: [
      { role: 'user', content: request.parts.map((text) => ({ type: 'text' as const, text })) },
    ],
    output_config: { format: { type: 'json_schema', schema: { ...VERDICT_JSON_SCHEMA } } },
  };
}

/** Puts an answer together from the events of its stream. */
class AnswerReader {
  readonly #spend: (use: TokenUse) => void;
  #text = '';
  #model = '';
  #stopReason: string | null = null;
  #ended = false;
  #input = 0;
  #output = 0;
  readonly #clean: Clean;
  begun = false;

  constructor(spend: (use: TokenUse) => void, clean: Clean) {
    this.#spend = spend;
    this.#clean = clean;
  }

  take(event: RawMessageStreamEvent): void {
    this.begun = true;
    switch (event.type) {
      case 'message_start': {
        const { model, usage } = event.message;
        this.#model = model;
        this.#input =
          usage.input_tokens +
          (usage.cache_creation_input_tokens ?? 0) +
          (usage.cache_read_input_tokens ?? 0);
        this.#count(usage.output_tokens);
        break;
      }
      case 'content_block_delta':
        if (event.delta.type === 'text_delta') this.#text += event.delta.text;
        break;
      case 'message_delta':
        this.#stopReason = event.delta.stop_reason;
        this.#count(event.usage.output_tokens);
        break;
      case 'message_stop':
        this.#ended = true;
        break;
      default:
    }
  }

  answer(): Answer {
    if (!this.#ended) return { kind: 'flawed', reason: `${NAME}'s answer was cut off` };
    if (this.#stopReason !== 'end_turn') {
      const reason = `${NAME} stopped for another reason than the end: ${this.#stopReason}`;
      return { kind: 'flawed', reason };
    }
    return { kind: 'whole', text: this.#clean(this.#text), model: this.#clean(this.#model) };
  }

  #count(output: number): void {
    this.#output = output;
    this.#spend({ input: this.#input, output: this.#output });
  }
}

function flawed(error: unknown, clean: Clean): Attempt<Answer> {
  const said = clean(error instanceof Error ? error.message : String(error));
  const reason = `${NAME}'s answer broke off: ${clip(plain(said), SHOWN_MAX)}`;
  return { kind: 'done', value: { kind: 'flawed', reason } };
}

function failureOf(error: unknown, way: Transport, clean: Clean): Attempt<Answer> {
  if (error instanceof APIError && typeof error.status === 'number') {
    const said = error.apiMessage ?? error.type ?? '';
    return statusFailure(NAME, error.status, said, way.retryAfterMs(), clean);
  }
  if (error instanceof APIError || !(error instanceof AnthropicError)) {
    return connectionFailure(NAME, error, clean);
  }
  return { kind: 'hopeless', reason: clean(`${NAME} cannot be asked: ${error.message}`) };
}
