/**
 * Finds and writes anew the gallery's replay links: `npx tsx scripts/digests/replays.ts`, on
 * purpose only, when the meaning of a run has changed.
 *
 * A link for each check that some schedule of a scenario violates although its default run passes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  assertExists,
  type CheckId,
  GALLERY,
  type GalleryEntry,
  replay,
  replayLink,
  scenarioSubject,
  scenarioTarget,
  scheduleOf,
  Search,
  Shrink,
} from '../../sim/index.ts';
import { PROJECT_ROOT } from '../project/files.ts';

const REPLAYS = join(PROJECT_ROOT, 'fixtures', 'golden', 'replays.json');
const BASE = 'https://interlock.example/';
const SCHEDULES_MAX = 20_000;

const links = GALLERY.flatMap((entry) =>
  entry.expect.races.map((check) => ({
    scenario: entry.name,
    check,
    url: linkOf(entry, check as CheckId),
  })),
);
writeFileSync(REPLAYS, `${JSON.stringify(links, null, 2)}\n`);
process.stdout.write(`${links.length} replay links\n`);

function linkOf({ name, scenario }: GalleryEntry, check: CheckId): string {
  const subject = scenarioSubject(scenario);
  const strategy = 'portfolio';
  const search = new Search(subject, { strategy, schedulesMax: SCHEDULES_MAX, stopAtFirst: false });
  const isFound = () => search.progress().findings.some(({ violated }) => violated.includes(check));
  while (!isFound() && search.advance(10));
  const finding = search.result().findings.find(({ violated }) => violated.includes(check));
  const { picks } = assertExists(finding, `expected a schedule of ${name} that violates ${check}`);
  const found = replay(subject, scheduleOf(picks));
  if (found.kind === 'error') throw new Error(found.error.message);
  const shrink = new Shrink(scenarioTarget(scenario), found.value, check);
  while (shrink.advance(100));
  const { target, schedule, attempt } = shrink.result();
  return replayLink(BASE, { scenario: target.value, schedule, digest: attempt.digest });
}
