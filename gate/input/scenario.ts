/**
 * Finds the scenario that a person means: a gallery name, a playground link, or a file.
 *
 * A name of the gallery wins over a file of that name; `./name` always means the file. Links are
 * decoded here and never fetched.
 */
import {
  GALLERY,
  parseLink,
  parseScenarioText,
  type Scenario,
  type Schedule,
  scheduleOfLink,
} from '../../sim/index.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';
import { readTextFile } from './file.ts';
import { similar } from './similar.ts';

export interface NamedScenario {
  /** The gallery name, the file, or `link`. */
  readonly name: string;
  /** What a person types to get it again: a word, a path, or the whole link. */
  readonly source: string;
  readonly shows: string | undefined;
  readonly scenario: Scenario;
  /** The first 16 hex digits of the digest that a link promises. */
  readonly digest: string | undefined;
  /** The schedule that a link replays; undefined means the default run. */
  readonly schedule: Schedule | undefined;
}

/** A scenario in JSON is small; whatever is larger is something else. */
const FILE_BYTES_MAX = 262_144;
const LINK = /^https?:\/\/|(?:^|[#&])s\d+=/i;

/** What only a link promises. */
const UNLINKED = { digest: undefined, schedule: undefined };

/** The scenario that `source` stands for. */
export async function findScenario(source: string): Promise<Outcome<NamedScenario>> {
  const entry = GALLERY.find((each) => each.name === source);
  if (entry !== undefined) {
    const { name, shows, scenario } = entry;
    return { kind: 'ok', value: { ...UNLINKED, name, source, shows, scenario } };
  }
  return LINK.test(source) ? fromLink(source) : fromFile(source);
}

function fromLink(url: string): Outcome<NamedScenario> {
  const link = parseLink(url);
  if (link.kind === 'error') return refuse(link.error.code, link.error.message);
  const schedule = scheduleOfLink(link.value);
  if (schedule?.kind === 'error') return refuse(schedule.error.code, schedule.error.message);
  const { scenario, digest } = link.value;
  const promised = { digest, schedule: schedule?.value };
  return {
    kind: 'ok',
    value: { name: 'link', source: url, shows: undefined, scenario, ...promised },
  };
}

async function fromFile(path: string): Promise<Outcome<NamedScenario>> {
  const text = await readTextFile(path, FILE_BYTES_MAX);
  if (text.kind === 'error') {
    return text.error.code === 'not-found' ? unknownSource(path) : text;
  }
  const scenario = parseScenarioText(text.value);
  if (scenario.kind === 'error') {
    return refuse(scenario.error.code, `${path}: ${scenario.error.message}`);
  }
  const value = { ...UNLINKED, name: path, source: path, shows: undefined };
  return { kind: 'ok', value: { ...value, scenario: scenario.value } };
}

function unknownSource(source: string): Outcome<never> {
  const near = similar(
    source,
    GALLERY.map((entry) => entry.name),
  );
  const meant = near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
  return refuse(
    'unknown-scenario',
    `expected a gallery name, a file or a playground link, got ${source}${meant} ` +
      '(`lab gallery` lists the names)',
  );
}
