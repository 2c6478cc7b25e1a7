/**
 * A scenario as the text that a link carries: base64url of raw DEFLATE of canonical JSON.
 *
 * Invariant: decoding an encoded scenario gives the same scenario, in every engine and in every
 * later version. A payload names its versions only past the first: one that is not named is version
 * 1 for ever, whatever the schema's default has become.
 */
import { assert } from '../../base/assert.ts';
import { fail, ok, type Problem, type Result } from '../../base/result.ts';
import { decodeUtf8, encodeUtf8 } from '../../trace/utf8.ts';
import { type Scenario, scenarioSchema } from '../schema.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { withoutDefaults, writeJson } from './canonical.ts';
import { deflate, inflate } from './deflate.ts';
import { DICTIONARY } from './dictionary.ts';
import { readJson, type ScenarioProblem, validate } from './parse.ts';
import { isRecord } from './shape.ts';
import { type Document, READER, upgrade, type Versions } from './upgrade.ts';

/** The longest payload, in characters. */
export const PAYLOAD_CHARS_MAX = 16_384;

/** The most that a payload may inflate to, in bytes. */
export const INFLATED_BYTES_MAX = 262_144;

/** Ways of packing: 1 as it is, 2 with the preset dictionary. */
export type Packing = 1 | 2;

const FIRST: Versions = { format: 1, semantics: 1 };

export interface DecodedPayload {
  readonly scenario: Scenario;
  /** The engine semantics that the payload was made with. */
  readonly semantics: number;
}

/** The payload of a scenario. */
export function encodeScenario(scenario: Scenario, packing: Packing = 1): string {
  const document = withoutDefaults(scenarioSchema, scenario);
  assert(isRecord(document), 'expected a scenario that the schema has parsed');
  const payload = encodeDocument(document, READER, packing);
  assert(
    payload.length <= PAYLOAD_CHARS_MAX,
    `expected a payload of at most ${PAYLOAD_CHARS_MAX} characters, got ${payload.length}`,
  );
  return payload;
}

/** The payload of a document, made by a writer of the versions `written`. */
export function encodeDocument(
  document: Document,
  written: Versions,
  packing: Packing = 1,
): string {
  const { format: _format, semantics: _semantics, ...rest } = document;
  const versions = {
    ...(written.format === FIRST.format ? {} : { format: written.format }),
    ...(written.semantics === FIRST.semantics ? {} : { semantics: written.semantics }),
  };
  const json = encodeUtf8(writeJson({ ...versions, ...rest }));
  return encodeBase64url(deflate(json, dictionaryOf(packing)));
}

/** The scenario of a payload. Never throws, and inflates no further than its bound. */
export function decodePayload(payload: string): Result<Scenario> {
  const decoded = decodeVersioned(payload);
  return decoded.kind === 'ok' ? ok(decoded.value.scenario) : decoded;
}

/** As `decodePayload`, and says which semantics the payload was made with. */
export function decodeVersioned(
  payload: string,
  packing: Packing = 1,
): Result<DecodedPayload, Problem | ScenarioProblem> {
  const document = decodeDocument(payload, packing);
  if (document.kind === 'error') return document;
  const upgraded = upgrade(document.value, FIRST);
  if (upgraded.kind === 'error') return upgraded;
  const scenario = validate(upgraded.value.document);
  if (scenario.kind === 'error') return scenario;
  return ok({ scenario: scenario.value, semantics: upgraded.value.semantics });
}

/** The document of a payload, of whatever version, unchecked. */
export function decodeDocument(payload: string, packing: Packing = 1): Result<Document> {
  if (payload.length > PAYLOAD_CHARS_MAX) {
    return fail(
      'link-too-long',
      `expected a scenario of at most ${PAYLOAD_CHARS_MAX} characters in the link, ` +
        `got ${payload.length}; no Interlock made this`,
    );
  }
  const packed = decodeBase64url(payload);
  if (packed === undefined) return damaged('characters that no link has');
  const inflated = inflate(packed, INFLATED_BYTES_MAX, dictionaryOf(packing));
  switch (inflated.kind) {
    case 'damaged':
      return damaged('one that does not unpack');
    case 'too-large':
      return fail(
        'link-too-large',
        `expected a scenario that unpacks to at most ${INFLATED_BYTES_MAX} bytes, got a larger one; ` +
          'no Interlock made this link',
      );
    case 'ok':
      return readDocument(inflated.bytes);
  }
}

function dictionaryOf(packing: Packing): Uint8Array | undefined {
  return packing === 1 ? undefined : DICTIONARY;
}

function readDocument(bytes: Uint8Array): Result<Document> {
  const text = decodeUtf8(bytes, 0, bytes.length);
  if (text.includes('\ufffd')) return damaged('bytes that are no text');
  const value = readJson(text);
  if (value.kind === 'error' || !isRecord(value.value)) return damaged('text that is no scenario');
  return ok(value.value);
}

function damaged(what: string): Result<never> {
  return fail(
    'link-damaged',
    `expected a whole link, got ${what}: it is cut off or changed; copy it again in one piece`,
  );
}
