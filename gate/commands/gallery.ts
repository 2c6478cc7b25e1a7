/** `lab gallery`: the scenarios that ship, what each shows, and what is expected of it. */
import { formatLink, GALLERY, type GalleryEntry } from '../../sim/index.ts';
import { galleryLines } from '../render/gallery.ts';
import { playgroundUrl } from '../report/playground.ts';
import { Exit } from '../shell/exit.ts';
import type { Outcome } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';

export interface GalleryOptions {
  readonly json: boolean;
}

/** Prints the list; what it says of verdicts is what tests hold the scenarios to. */
export function galleryCommand(options: GalleryOptions, shell: Shell): Outcome<Exit> {
  const base = playgroundUrl(shell.env);
  if (base.kind === 'error') return base;
  const lines = [
    ...galleryLines(shell.style, GALLERY),
    '',
    'Run one: npm run -s lab -- run NAME',
    'Search its schedules: npm run -s lab -- explore NAME',
  ];
  const document = { scenarios: GALLERY.map((entry) => entryDocument(entry, base.value)) };
  shell.print(options.json ? [JSON.stringify(document, null, 2)] : lines);
  return { kind: 'ok', value: Exit.passed };
}

function entryDocument(entry: GalleryEntry, base: string): object {
  return {
    name: entry.name,
    title: entry.title,
    shows: entry.shows,
    verdict: entry.expect.verdict,
    checks: entry.expect.checks,
    races: entry.expect.races,
    twin: entry.twin ?? null,
    long: entry.long,
    url: formatLink(base, { scenario: entry.scenario }),
  };
}
