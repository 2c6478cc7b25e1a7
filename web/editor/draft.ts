/**
 * A scenario under edit: a document that may be wrong for a while, and what the schema says of it.
 *
 * The schema alone judges. Invariant: a document has the schema's form at every moment, only its
 * values may be out of bounds, so that every field of it can be shown as it was typed.
 */
import {
  isRecord,
  parseScenario,
  type Scenario,
  scenarioSchema,
  withoutDefaults,
  writeJson,
} from '../../sim/index.ts';
import { pathText, type Path, valueAt, withValue } from './path.ts';

/** Plain data in the form of a scenario. */
export type Document = Readonly<Record<string, unknown>>;

export interface Draft {
  readonly document: Document;
  /** The scenario that this began as, and can go back to. */
  readonly base: Scenario;
}

export type Judgement =
  | { readonly kind: 'valid'; readonly scenario: Scenario }
  | {
      readonly kind: 'invalid';
      /** What is wrong, by path; the schema's own words. */
      readonly problems: ReadonlyMap<string, string>;
      /** How many more problems there are than were told. */
      readonly more: number;
    };

export function startDraft(scenario: Scenario): Draft {
  return { document: scenario, base: scenario };
}

/** What the schema says of a document. */
export function judge(document: unknown): Judgement {
  const parsed = parseScenario(document);
  if (parsed.kind === 'ok') return { kind: 'valid', scenario: parsed.value };
  const { fields, message, more } = parsed.error;
  const problems = new Map<string, string>();
  if (fields.length === 0) problems.set('', message);
  for (const field of fields) {
    const path = placeOf(field.path, field.message, document);
    if (!problems.has(path)) problems.set(path, field.message);
  }
  return { kind: 'invalid', problems, more };
}

const REPEATED = /^expected every symbol name once, got (\S+) again$/;

/** The schema tells of a name that occurs twice at the list; the later symbol of it is meant. */
function placeOf(path: string, message: string, document: unknown): string {
  const name = REPEATED.exec(message)?.[1];
  const symbols = valueAt(document, ['symbols']);
  if (path !== 'symbols' || name === undefined || !Array.isArray(symbols)) return path;
  const at = symbols.findLastIndex((symbol) => isRecord(symbol) && symbol['name'] === name);
  return `symbols[${at}].name`;
}

/** What may change without making the scenario another one. */
const SAME_SCENARIO = ['title', 'seed'];

/**
 * The draft with `value` at `path`. A scenario that is changed is no longer the one that it was:
 * while its title is still that of its base, `ownTitle` of that takes its place.
 */
export function edited(
  draft: Draft,
  path: Path,
  value: unknown,
  ownTitle: (title: string) => string,
): Draft {
  const document = withValue(draft.document, path, value) as Document;
  const { title } = draft.base;
  const keeps = SAME_SCENARIO.includes(pathText(path));
  if (keeps || title === '' || document['title'] !== title) return { ...draft, document };
  return { ...draft, document: { ...document, title: ownTitle(title) } };
}

/** Whether two scenarios are the same, defaults written out or not. */
export function sameScenario(a: Scenario, b: Scenario): boolean {
  return a === b || canonicalText(a) === canonicalText(b);
}

/** The canonical text of a scenario: defaults left out, one line. */
export function canonicalText(scenario: Scenario): string {
  return writeJson(withoutDefaults(scenarioSchema, scenario));
}

/** A document as text to read and edit: canonical where it is right, else as it stands. */
export function documentText(document: Document, judgement: Judgement): string {
  const shown =
    judgement.kind === 'valid' ? withoutDefaults(scenarioSchema, judgement.scenario) : document;
  const text = JSON.stringify(shown, null, 2).replaceAll('\ufffd', '\\ufffd');
  return text.replace(/\[\n\s+(-?[\d.]+|"[^"]*"),\n\s+(-?[\d.]+|"[^"]*")\n\s+\]/g, '[$1, $2]');
}
