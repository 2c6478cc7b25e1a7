/** The scenario that a person names for a gateway: of the gallery, or a file. */
import { readFile } from 'node:fs/promises';
import {
  findEntry,
  GALLERY,
  parseScenarioText,
  type Problem,
  type Result,
  type Scenario,
} from '../../sim/index.ts';

/** A scenario in JSON is small; whatever is larger is something else. */
const CHARACTERS_MAX = 262_144;

/** Reads it; a name of the gallery wins over a file of that name. */
export async function readScenario(source: string): Promise<Result<Scenario, Problem>> {
  const entry = findEntry(source);
  if (entry !== undefined) return { kind: 'ok', value: entry.scenario };
  let text: string;
  try {
    text = await readFile(source, 'utf8');
  } catch {
    const names = GALLERY.slice(0, 3).map(({ name }) => name);
    const message =
      `expected a file or a gallery name such as ${names.join(', ')}, got ${source} ` +
      '(`npm run -s lab -- gallery` lists the names)';
    return { kind: 'error', error: { code: 'unknown-scenario', message } };
  }
  if (text.length > CHARACTERS_MAX) {
    const message = `expected at most ${CHARACTERS_MAX} characters, but ${source} has more`;
    return { kind: 'error', error: { code: 'too-large', message } };
  }
  const parsed = parseScenarioText(text);
  if (parsed.kind === 'ok') return parsed;
  const { code, message } = parsed.error;
  return { kind: 'error', error: { code, message: `${source}: ${message}` } };
}
