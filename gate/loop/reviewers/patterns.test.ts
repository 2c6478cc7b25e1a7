/** Patterns pick what they say and nothing else, and one that picks nothing is an error. */
import { describe, expect, it } from 'vitest';
import { matchFiles } from './patterns.ts';

const FILES = [
  'README.md',
  'docs/a.md',
  'docs/deep/b.md',
  'src/a.test.ts',
  'src/a.ts',
  'src/x/b.ts',
];

const picked = (...patterns: string[]) => {
  const result = matchFiles(patterns, FILES);
  return result.kind === 'ok' ? result.value : result.error.message;
};

describe('a pattern', () => {
  it('names a file, the files of a folder, or those of all folders below', () => {
    expect(picked('README.md')).toEqual(['README.md']);
    expect(picked('src/*.ts')).toEqual(['src/a.test.ts', 'src/a.ts']);
    expect(picked('src/**/*.ts')).toEqual(['src/a.test.ts', 'src/a.ts', 'src/x/b.ts']);
    expect(picked('**/*.md')).toEqual(['README.md', 'docs/a.md', 'docs/deep/b.md']);
    expect(picked('docs/**')).toEqual(['docs/a.md', 'docs/deep/b.md']);
  });

  it('with ! leaves out again, wherever it stands', () => {
    expect(picked('!**/*.test.ts', 'src/*.ts')).toEqual(['src/a.ts']);
  });

  it('takes every other character as it is', () => {
    expect(picked('src/a?ts')).toContain('got none');
    expect(picked('src.a.ts')).toContain('got none');
    expect(picked('README')).toContain('got none');
  });

  it('that picks nothing is an error, also beside one that does', () => {
    expect(picked('README.md', 'nothing/*')).toContain('nothing/*');
    expect(picked('!README.md')).toContain('got none');
  });
});
