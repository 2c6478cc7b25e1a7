/** The gallery as a list: each scenario with its expected verdict and what it shows. */
import type { GalleryEntry } from '../../sim/index.ts';
import { glyph, paint, type Style } from './style.ts';
import { hang, pad, plain, widthOf } from './text.ts';

/** Two lines or more an entry, in the gallery's own order: a twin right below its defect. */
export function galleryLines(style: Style, entries: readonly GalleryEntry[]): string[] {
  const names = Math.max(0, ...entries.map((entry) => widthOf(entry.name)));
  return entries.flatMap((entry) => entryLines(style, entry, names));
}

function entryLines(style: Style, entry: GalleryEntry, names: number): string[] {
  const { verdict, checks, races } = entry.expect;
  const mark = paint(style, verdict, glyph(style, verdict));
  const name = paint(style, 'heading', entry.name);
  const onSome = races.length === 0 ? '' : `; on some schedule violated ${races.join(' ')}`;
  const told = [verdict, ...checks].join(' ') + onSome + (entry.long ? ' (takes a while)' : '');
  const column = names + 4;
  const beside = column + widthOf(told) <= style.columns;
  return [
    ...(beside
      ? [`${pad(`${mark} ${name}`, column)}${paint(style, verdict, told)}`]
      : [`${mark} ${name}`, ...hang('    ', told, style.columns)]),
    ...hang('    ', plain(entry.shows), style.columns),
  ];
}
