/** What the gallery's Python says around its code, in English. */
import { integer } from '../figures.ts';

export const GALLERY_EN = {
  eyebrow: 'In Python',
  wrong: 'Wrong',
  right: 'Right',
  /** `lines`: the numbers of the lines on which it turns, such as "3, 5\u20137". */
  decisive: (lines: string) => `It turns on ${/\D/.test(lines) ? 'lines' : 'line'} ${lines}`,
  /** A region that scrolls; `side` is "Wrong" or "Right". */
  code: (side: string) => `${side}: the code`,
  copy: 'Copy',
  copyLabel: (side: string) => `Copy: ${side}`,
  copied: 'Copied.',
  copyFailed: 'The browser refused. The code is selected: copy it with Ctrl+C or \u2318C.',
  previous: 'Previous',
  next: 'Next',
  position: (at: number, of: number) => `${integer(at)} of ${integer(of)}`,
  note:
    'asyncio and pyzmq, Python 3.11 or newer. Imports are left out, and what is any engine\u2019s ' +
    'own, such as its client and its log.',
  runDefect: 'Run this defect',
  runRepair: 'Run the repair',
};

/** The shape that every language has. */
export type GalleryWords = typeof GALLERY_EN;
