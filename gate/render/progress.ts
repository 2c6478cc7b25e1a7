/** The one line that tells how long work goes on. */
import { share } from './figures.ts';
import { glyph, paint, type Style } from './style.ts';
import { clip } from './text.ts';

const BAR_CELLS = 24;

export interface Progress {
  /** 0 to 1, or undefined where the end is not known. */
  readonly done: number | undefined;
  /** What has been achieved so far: `1.1 M ticks/s`. */
  readonly detail: string;
}

/** A bar with its share, or the detail alone where no end is known. */
export function progressLine(style: Style, { done, detail }: Progress): string {
  if (done === undefined) return clip(detail, style.columns - 1);
  const ratio = Math.min(1, Math.max(0, done));
  const full = Math.floor(ratio * BAR_CELLS);
  const bar =
    paint(style, 'holding', glyph(style, 'barFull').repeat(full)) +
    paint(style, 'faint', glyph(style, 'barEmpty').repeat(BAR_CELLS - full));
  const room = Math.max(1, style.columns - BAR_CELLS - 8);
  return `${bar} ${share(ratio).padStart(5)} ${clip(detail, room)}`;
}
