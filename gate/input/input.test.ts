/** What a person names is found, or refused with the reason and with what they may have meant. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFiles } from '../testing/files.ts';
import { readTextFile } from './file.ts';
import { similar } from './similar.ts';

const files = testFiles();

describe('reading a file', () => {
  it('gives its text', async () => {
    expect(await readTextFile(files.write('a', 'ψ'), 10)).toEqual({ kind: 'ok', value: 'ψ' });
  });

  it.each([
    ['nothing', () => join(files.directory, 'missing'), 'not-found'],
    ['a path through a file', () => join(files.write('plain', ''), 'x'), 'not-found'],
    ['a directory', () => files.directory, 'is-directory'],
    ['too much', () => files.write('long', 'x'.repeat(11)), 'too-large'],
    ['no text', () => files.write('bytes', Uint8Array.of(0xc3, 0x28)), 'not-text'],
  ])('refuses %s', async (_, path, code) => {
    const result = await readTextFile(path(), 10);
    expect(result.kind === 'error' && result.error).toMatchObject({ code, exit: 2 });
  });
});

describe('similar names', () => {
  it('are near in spelling, or contain what was typed', () => {
    const known = ['reference', 'escaping-lock', 'no-lock', 'float-drift'];
    expect(similar('refrence', known)).toEqual(['reference']);
    expect(similar('drift', known)).toEqual(['float-drift']);
    expect(similar('escaping_lock', known)).toEqual(['escaping-lock']);
    expect(similar('zzz', known)).toEqual([]);
  });
});
