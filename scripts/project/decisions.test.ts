/** Every decision is listed, under its own number and title, and has the parts that a page has. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from './files.ts';

const DIRECTORY = join(PROJECT_ROOT, 'docs', 'decisions');
const pages = readdirSync(DIRECTORY).filter((file) => file !== 'README.md');
const index = readFileSync(join(DIRECTORY, 'README.md'), 'utf8').replace(/ +/g, ' ');

describe('the decisions', () => {
  it('are numbered without a gap and without a number used twice', () => {
    const numbers = pages.map((page) => Number(page.slice(0, 4))).sort((x, y) => x - y);
    expect(numbers).toEqual(pages.map((_, at) => at + 1));
  });

  it.each(pages)('%s is listed with its title and says why, what and at what cost', (page) => {
    const text = readFileSync(join(DIRECTORY, page), 'utf8');
    const title = /^# \d{4}: (.+)$/m.exec(text)?.[1] ?? 'a page without a title';
    expect(index).toContain(`| [${page.slice(0, 4)}](${page}) | ${title} |`);
    for (const part of ['**Why.**', '**Decided.**', '**Costs.**', '**Think again**']) {
      expect(text).toContain(part);
    }
  });
});
