/** A script counts once, where a visitor first pays for it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ALLOWANCES, overLimit, type Part, type Script, scriptsOf } from './sizes.ts';

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true });
});

function build(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'interlock-size-'));
  made.push(directory);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

describe('the parts of a build', () => {
  it('are told by who asks for a script first', () => {
    const directory = build({
      'assets/index-1.js': 'import{a}from"./shared-1.js";a();import("./view-1.js")',
      'assets/shared-1.js': 'export const a=()=>1',
      'assets/view-1.js': 'void 0',
      'assets/later-1.js': 'import{a}from"./shared-1.js";import"./deep-1.js";a()',
      'assets/deep-1.js': 'void 0',
      'assets/engine-worker-1.js': 'import{a}from"./shared-1.js";export*from"./core-1.js";a()',
      'assets/core-1.js': 'export const b=2',
      'assets/LockBench-1.js': 'import{a}from"./deep-1.js"',
      'assets/compose-1.js': 'void 0',
      'service-worker.js': 'void 0',
    });
    // The worker's own file is asked for by the page.
    const asked = ['index', 'shared', 'view', 'engine-worker'].map((name) => `assets/${name}-1.js`);
    const scripts = scriptsOf(directory, new Set(asked));
    expect(Object.fromEntries(scripts.map(({ path, part }) => [path, part]))).toEqual({
      'assets/index-1.js': 'start',
      'assets/shared-1.js': 'start',
      'assets/view-1.js': 'first view',
      'assets/later-1.js': 'on demand',
      'assets/deep-1.js': 'on demand',
      'assets/engine-worker-1.js': 'workers',
      'assets/core-1.js': 'workers',
      'assets/LockBench-1.js': 'own lock',
      'assets/compose-1.js': 'own lock',
      'service-worker.js': 'offline',
    });
  });

  it('refuse a build that lacks a script', () => {
    const directory = build({ 'assets/engine-worker-1.js': 'import"./gone-1.js"' });
    expect(() => scriptsOf(directory, new Set())).toThrow('expected assets/gone-1.js in the build');
    expect(() => scriptsOf(directory, new Set(['assets/odd-1.js']))).toThrow('assets/odd-1.js');
  });
});

describe('the budget', () => {
  const script = (part: Part, gzipBytes: number): Script => ({ path: 'x.js', part, gzipBytes });

  it.each(ALLOWANCES)('lets pass $limitBytes bytes $what, and catches one more', (allowance) => {
    const { parts, limitBytes, goalBytes } = allowance;
    const [part = 'start'] = [...parts].reverse();
    expect(goalBytes).toBeLessThanOrEqual(limitBytes);
    const faultsOf = (bytes: number): readonly string[] =>
      overLimit([script(part, bytes)]).filter((fault) => fault.includes(allowance.what));
    expect(faultsOf(limitBytes)).toEqual([]);
    expect(faultsOf(limitBytes + 1)).toHaveLength(1);
  });
});
