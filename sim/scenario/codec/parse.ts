/**
 * The door through which a scenario comes in: from a file, a form, or a link.
 *
 * Never throws. What is refused is refused with every problem that was found, up to ten, each with
 * its place, what was expected, what came, and where possible what was meant.
 */
import * as v from 'valibot';
import type { Problem, Result } from '../../base/result.ts';
import { FORMAT_VERSION, type Scenario, scenarioSchema, SEMANTICS_VERSION } from '../schema.ts';
import { nearest, quote, sayValue } from './prose.ts';
import { isRecord } from './shape.ts';
import { type FieldProblem, fieldPath, inspectStructure, ProblemList } from './structure.ts';
import { upgrade } from './upgrade.ts';

/** Why a scenario was refused. */
export interface ScenarioProblem extends Problem {
  /** Each problem with its place; empty where the text could not be read at all. */
  readonly fields: readonly FieldProblem[];
  /** How many more there are. */
  readonly more: number;
}

/** The longest text that is read, in characters; scenarios have a tenth of that at most. */
export const SCENARIO_CHARS_MAX = 262_144;

const PROBLEMS_MAX = 10;

/** Checks a value that says it is a scenario and fills in its defaults. */
export function parseScenario(value: unknown): Result<Scenario, ScenarioProblem> {
  if (!isRecord(value)) return validate(value);
  const upgraded = upgrade(value, { format: FORMAT_VERSION, semantics: SEMANTICS_VERSION });
  return upgraded.kind === 'error'
    ? refuse(upgraded.error.code, upgraded.error.message)
    : validate(upgraded.value.document);
}

/** Reads a scenario from JSON. */
export function parseScenarioText(json: string): Result<Scenario, ScenarioProblem> {
  const value = readJson(json);
  return value.kind === 'error'
    ? refuse(value.error.code, value.error.message)
    : parseScenario(value.value);
}

/** Parses JSON of bounded length. */
export function readJson(json: string): Result<unknown> {
  if (json.length > SCENARIO_CHARS_MAX) {
    const message =
      `expected a scenario of at most ${SCENARIO_CHARS_MAX} characters, got ${json.length}; ` +
      'is this another file?';
    return { kind: 'error', error: { code: 'scenario-too-long', message } };
  }
  try {
    return { kind: 'ok', value: JSON.parse(json) as unknown };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    const message = `expected a scenario as JSON, got text that is none: ${quote(why, 120)}`;
    return { kind: 'error', error: { code: 'scenario-not-json', message } };
  }
}

/** Checks a document of the present version against the schema. */
export function validate(document: unknown): Result<Scenario, ScenarioProblem> {
  const problems = new ProblemList(PROBLEMS_MAX);
  if (inspectStructure(scenarioSchema, document, problems)) {
    const parsed = v.safeParse(scenarioSchema, document, { abortPipeEarly: true });
    if (parsed.success && problems.count === 0) return { kind: 'ok', value: parsed.output };
    for (const issue of parsed.issues ?? []) {
      if (isUnknownField(issue)) continue;
      problems.add(pathOf(issue), () => sayIssue(issue));
    }
  }
  const { kept, count } = problems;
  const more = count - kept.length;
  const lines = kept.map(({ path, message }) => `  ${path === '' ? '' : `${path}: `}${message}`);
  if (more > 0) lines.push(`  and ${more} more`);
  const head = count === 1 ? 'one problem' : `${count} problems`;
  return refuse('scenario-invalid', `the scenario has ${head}:\n${lines.join('\n')}`, kept, more);
}

function refuse(
  code: string,
  message: string,
  fields: readonly FieldProblem[] = [],
  more = 0,
): Result<never, ScenarioProblem> {
  return { kind: 'error', error: { code, message, fields, more } };
}

type Issue = v.BaseIssue<unknown>;

/** The schema names the first unknown field of an object; the structure has named them all. */
function isUnknownField(issue: Issue): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never';
}

function pathOf(issue: Issue): string {
  let path = '';
  for (const { key } of issue.path ?? []) {
    path = typeof key === 'number' ? `${path}[${key}]` : fieldPath(path, String(key));
  }
  return path;
}

/** What stands at the issue's place: a check of several fields is given all of them. */
function cameOf(issue: Issue): unknown {
  return issue.path === undefined ? issue.input : issue.path.at(-1)?.value;
}

const EXPECTED_BY_TYPE: Readonly<Record<string, string>> = {
  string: 'expected text',
  boolean: 'expected true or false',
  array: 'expected a list',
  strict_tuple: 'expected a list of two numbers',
  strict_object: 'expected an object with named settings',
};

function sayIssue(issue: Issue): string {
  const choices = [...(issue.expected ?? '').matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '');
  const isMissing = issue.type === 'strict_object' && choices.length > 0;
  if (isMissing) return 'expected this setting, got nothing; add it';
  const isChoice = issue.type === 'picklist' || issue.type === 'variant';
  const expected =
    isChoice && choices.length > 0 ? `expected one of ${choices.join(', ')}` : undefined;
  const told = expected ?? sayExpected(issue);
  const said = told.includes(', got ') ? told : `${told}, got ${sayValue(cameOf(issue))}`;
  const meant = typeof issue.input === 'string' ? nearest(issue.input, choices) : undefined;
  return meant === undefined ? said : `${said}; did you mean ${meant}?`;
}

function sayExpected(issue: Issue): string {
  if (issue.message.startsWith('expected ')) return issue.message;
  if (issue.type === 'strict_tuple' && issue.expected === 'never')
    return 'expected two numbers only';
  return EXPECTED_BY_TYPE[issue.type] ?? `expected ${issue.expected ?? 'something else'}`;
}
