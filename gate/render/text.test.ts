/**
 * Text keeps its words and fits its width, and what came from outside cannot steer the terminal.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, hang, pad, plain, widthOf, wrap } from './text.ts';

const SEED = 20_260_118;

describe('plain text', () => {
  it('has no control, bidirectional or invisible character left', () => {
    expect(plain('a\u001b[31mb\u0007c\u202ed\u200be\u009bf')).toBe('a?[31mb?c?d?e?f');
  });

  it('takes line ends and tabs for blanks', () => {
    expect(plain('two\r\n\tlines')).toBe('two lines');
  });
});

describe('width', () => {
  it('counts wide characters twice, marks and colour not at all', () => {
    expect(widthOf('未通过')).toBe(6);
    expect(widthOf('e\u0301')).toBe(1);
    expect(widthOf('\u001b[36mok\u001b[0m')).toBe(2);
  });

  it('is reached by padding on either side, and never cut by it', () => {
    expect(pad('ab', 4)).toBe('ab  ');
    expect(pad('ab', 4, 'right')).toBe('  ab');
    expect(pad('abcdef', 4)).toBe('abcdef');
  });

  it('bounds a clipped text, which shows its cut', () => {
    expect(clip('abcdef', 4)).toBe('abc~');
    expect(clip('abcd', 4)).toBe('abcd');
  });
});

describe('wrapping', () => {
  it(`loses no character and passes no width (seed ${SEED})`, () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9.]{1,30}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 40 }), (text, width) => {
        const lines = wrap(text.join(' '), width);
        expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.join(''));
      }),
      { seed: SEED },
    );
  });

  it('hangs further lines under the first', () => {
    expect(hang('  > ', 'one two three four five', 20)).toEqual([
      '  > one two three',
      '    four five',
    ]);
  });
});
