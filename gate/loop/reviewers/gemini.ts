/**
 * Asks Gemini through Google's SDK, as a stream.
 *
 * The SDK retries only where it is told to, and is not told to. An answer counts as whole only with
 * the finish reason STOP: a stream that merely ends was cut off. How long to wait stands in the
 * body of a refusal, or in its header.
 */
import { ApiError, type GenerateContentResponse, GoogleGenAI } from '@google/genai';
import * as v from 'valibot';
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

const NAME = 'Gemini';
const MS_PER_S = 1_000;

/** The reviewer behind this key and address; `clean` takes keys out of what it says. */
export function gemini(apiKey: string, address: string, clean: Clean): Reviewer {
  return {
    name: NAME,
    ask: async (request, signal, spend) => {
      const way = transport(signal);
      const httpOptions = { baseUrl: address, fetch: way.fetch };
      const client = new GoogleGenAI({ apiKey, vertexai: false, httpOptions });
      const reading = new AnswerReader(spend, clean);
      try {
        const stream = await client.models.generateContentStream(bodyOf(request, signal));
        for await (const piece of stream) reading.take(piece);
        return { kind: 'done', value: reading.answer() };
      } catch (error) {
        return reading.begun ? flawed(error, clean) : failureOf(error, way, clean);
      }
    },
  };
}

function bodyOf(request: ReviewRequest, abortSignal: AbortSignal) {
  return {
    model: request.model,
    contents: [{ role: 'user', parts: request.parts.map((text) => ({ text })) }],
    config: {
      systemInstruction: request.system,
      responseMimeType: 'application/json',
      responseJsonSchema: VERDICT_JSON_SCHEMA,
      maxOutputTokens: request.outputTokensMax,
      candidateCount: 1,
      abortSignal,
    },
  };
}

/** Puts an answer together from the pieces of its stream. */
class AnswerReader {
  readonly #spend: (use: TokenUse) => void;
  #text = '';
  #model = '';
  #finish: string | undefined;
  #blocked: string | undefined;
  readonly #clean: Clean;
  begun = false;

  constructor(spend: (use: TokenUse) => void, clean: Clean) {
    this.#spend = spend;
    this.#clean = clean;
  }

  take(piece: GenerateContentResponse): void {
    this.begun = true;
    const [candidate] = piece.candidates ?? [];
    for (const part of candidate?.content?.parts ?? []) {
      if (part.thought !== true) this.#text += part.text ?? '';
    }
    this.#finish = candidate?.finishReason ?? this.#finish;
    this.#blocked = piece.promptFeedback?.blockReason ?? this.#blocked;
    this.#model = piece.modelVersion ?? this.#model;
    const use = piece.usageMetadata;
    if (use === undefined) return;
    this.#spend({
      input: use.promptTokenCount ?? 0,
      output: (use.candidatesTokenCount ?? 0) + (use.thoughtsTokenCount ?? 0),
    });
  }

  answer(): Answer {
    if (this.#blocked !== undefined) {
      return { kind: 'flawed', reason: `${NAME} would not read the request: ${this.#blocked}` };
    }
    if (this.#finish === undefined) {
      return { kind: 'flawed', reason: `${NAME}'s answer was cut off` };
    }
    if (this.#finish !== 'STOP') {
      const reason = `${NAME} stopped for another reason than the end: ${this.#finish}`;
      return { kind: 'flawed', reason };
    }
    return { kind: 'whole', text: this.#clean(this.#text), model: this.#clean(this.#model) };
  }
}

function flawed(error: unknown, clean: Clean): Attempt<Answer> {
  const said = clean(error instanceof Error ? error.message : String(error));
  const reason = `${NAME}'s answer broke off: ${clip(plain(said), SHOWN_MAX)}`;
  return { kind: 'done', value: { kind: 'flawed', reason } };
}

function failureOf(error: unknown, way: Transport, clean: Clean): Attempt<Answer> {
  if (error instanceof ApiError) {
    const { message, delayMs } = refusalOf(error.message);
    return statusFailure(NAME, error.status, message, delayMs ?? way.retryAfterMs(), clean);
  }
  return connectionFailure(NAME, error, clean);
}

const refusalSchema = v.object({
  error: v.object({
    message: v.string(),
    details: v.optional(v.array(v.looseObject({ retryDelay: v.optional(v.string()) })), []),
  }),
});

/** What the body of a refusal says, and after what time it says to come again. */
function refusalOf(body: string): {
  readonly message: string;
  readonly delayMs: number | undefined;
} {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), refusalSchema), body);
  if (!parsed.success) return { message: body, delayMs: undefined };
  const { message, details } = parsed.output.error;
  const delays = details.map(({ retryDelay }) => /^([\d.]+)s$/.exec(retryDelay ?? '')?.[1]);
  const seconds = delays.find((each) => each !== undefined);
  return { message, delayMs: seconds === undefined ? undefined : Number(seconds) * MS_PER_S };
}
