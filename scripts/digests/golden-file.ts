/**
 * The golden digests: what every engine must compute, kept in fixtures/golden/digests.json.
 *
 * They change only with the meaning of a scenario or of the engine, and then on purpose.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROJECT_ROOT } from '../project/files.ts';
import type { DigestLine } from './compute.ts';

const GOLDEN = join(PROJECT_ROOT, 'fixtures', 'golden', 'digests.json');

/** Scenario to digest, as committed. */
export type Golden = Readonly<Record<string, string>>;

/** The committed digests. */
export function readGolden(): Golden {
  return JSON.parse(readFileSync(GOLDEN, 'utf8')) as Golden;
}

/** Replaces the committed digests. */
export function writeGolden(lines: readonly DigestLine[]): void {
  const golden = Object.fromEntries(lines.map(({ scenario, digest }) => [scenario, digest]));
  mkdirSync(dirname(GOLDEN), { recursive: true });
  writeFileSync(GOLDEN, `${JSON.stringify(golden, null, 2)}\n`);
}

/**
 * How an engine's digests differ from the golden ones, as sentences. `expected` names what the
 * engine was to compute: a digest that did not come is a difference too.
 */
export function differences(
  engine: string,
  golden: Golden,
  expected: readonly string[],
  lines: readonly DigestLine[],
): string[] {
  const got = new Map(lines.map(({ scenario, digest }) => [scenario, digest]));
  const missing = expected
    .filter((scenario) => !got.has(scenario))
    .map((scenario) => `${scenario}: expected a digest from ${engine}, got none`);
  const wrong = [...got].flatMap(([scenario, digest]) => {
    const wanted = golden[scenario];
    if (wanted === digest) return [];
    return wanted === undefined
      ? [`${scenario}: expected it among the golden digests; npm run golden adds it`]
      : [`${scenario}: expected ${wanted}, got ${digest} from ${engine}`];
  });
  return [...missing, ...wrong];
}
