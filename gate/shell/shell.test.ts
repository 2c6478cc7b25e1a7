/** Colour, glyphs and progress go where a person can see them, and nowhere else. */
import { describe, expect, it } from 'vitest';
import { PLAIN } from '../testing/samples.ts';
import { ProgressBar } from './shell.ts';
import { styleOf } from './style.ts';

const TTY = { isTTY: true, columns: 90 };
const UTF8 = { LANG: 'en_US.UTF-8' };

describe('style', () => {
  it('is plain in a pipe, whatever the locale', () => {
    expect(styleOf({}, UTF8, 'linux')).toEqual({ columns: 80, unicode: false, colour: false });
  });

  it('has colour and box characters on a UTF-8 terminal', () => {
    expect(styleOf(TTY, UTF8, 'linux')).toEqual({ columns: 90, unicode: true, colour: true });
  });

  it('keeps to ASCII where the locale is not UTF-8 or the terminal is dumb', () => {
    expect(styleOf(TTY, { LANG: 'C' }, 'linux').unicode).toBe(false);
    expect(styleOf(TTY, { ...UTF8, LC_ALL: 'C' }, 'linux').unicode).toBe(false);
    const dumb = styleOf(TTY, { ...UTF8, TERM: 'dumb' }, 'linux');
    expect([dumb.unicode, dumb.colour]).toEqual([false, false]);
  });

  it('lets NO_COLOR win over FORCE_COLOR, and that over the terminal', () => {
    const colour = (stream: object, env: object) =>
      styleOf(stream, { ...UTF8, ...env }, 'linux').colour;
    expect(colour(TTY, { NO_COLOR: '1' })).toBe(false);
    expect(colour({}, { FORCE_COLOR: '1' })).toBe(true);
    expect(colour(TTY, { FORCE_COLOR: '0' })).toBe(false);
    expect(colour(TTY, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
    expect(colour(TTY, { NO_COLOR: '' })).toBe(true);
  });

  it('stays within widths that can be read', () => {
    expect(styleOf({ columns: 300 }, {}, 'linux').columns).toBe(100);
    expect(styleOf({ columns: 3 }, {}, 'linux').columns).toBe(24);
    expect(styleOf({}, { COLUMNS: '60' }, 'linux').columns).toBe(60);
    expect(styleOf({}, { COLUMNS: 'wide' }, 'linux').columns).toBe(80);
  });
});

describe('the progress bar', () => {
  const bar = (watched: boolean) => {
    const written: string[] = [];
    return { written, bar: new ProgressBar((text) => written.push(text), PLAIN, watched) };
  };
  const make = () => ({ done: 0.25, detail: 'so far' });

  it('appears after half a second, ten times a second at most, and leaves no trace', () => {
    const { written, bar: it } = bar(true);
    for (let ms = 0; ms <= 1_000; ms += 10) it.update(ms, make);
    expect(written).toHaveLength(6);
    expect(written[0]).toContain('25 % so far');
    it.clear();
    expect(written.at(-1)).toBe('\r\u001b[K');
  });

  it('never appears where nobody watches, nor for short work', () => {
    const unseen = bar(false);
    for (let ms = 0; ms <= 5_000; ms += 100) unseen.bar.update(ms, make);
    const short = bar(true);
    for (let ms = 0; ms < 500; ms += 100) short.bar.update(ms, make);
    short.bar.clear();
    expect([unseen.written, short.written]).toEqual([[], []]);
  });
});
