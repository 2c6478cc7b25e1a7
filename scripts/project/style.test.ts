/** The project keeps the house's form, and the rules that say so catch what breaks it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT, ignoreRule, readProject } from './files.ts';
import { codeFaults, lockFaults, textFaults } from './style.ts';

const HEAD = '/** Holds what the example needs. */\n';
const TEXT = [
  '.ts',
  '.js',
  '.json',
  '.md',
  '.html',
  '.css',
  '.svelte',
  '.sh',
  '.py',
  '.yml',
  'run',
];

describe('the project', () => {
  it('has heads, lengths and syntax as the house wants them', () => {
    const files = readProject(['.ts']);
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap((file) => codeFaults(file))).toEqual([]);
  });

  it('names no place of one machine and no registry', () => {
    const files = readProject(TEXT).filter(
      ({ path }) => path !== 'scripts/project/style.test.ts' && !path.startsWith('fixtures/'),
    );
    expect(files.flatMap((file) => textFaults(file))).toEqual([]);
  });

  it('has a lock file that every registry can serve', () => {
    const text = readFileSync(`${PROJECT_ROOT}/package-lock.json`, 'utf8');
    expect(lockFaults(JSON.parse(text))).toEqual([]);
  });

  it('pins each of its direct dependencies to one version', () => {
    const text = readFileSync(`${PROJECT_ROOT}/package.json`, 'utf8');
    const { dependencies, devDependencies } = JSON.parse(text) as Record<
      string,
      Record<string, string>
    >;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).toEqual([]);
  });
});

describe('the rules for code', () => {
  it.each([
    ['a file without a head', 'export const x = 1;\n', 'head comment'],
    ['a head that is a line comment', '// A file.\nexport const x = 1;\n', 'head comment'],
    ['a long file', HEAD + 'const x = 1;\n'.repeat(400), 'at most 400 lines'],
    ['a long line', `${HEAD}// ${'long '.repeat(20)}\n`, 'at most 100 columns'],
    ['a long line with a quote', `${HEAD}// it's ${'long '.repeat(20)}\n`, 'at most 100 columns'],
    ['any', `${HEAD}export const f = (x: any) => x as string;\n`, 'got any'],
    ['a bang', `${HEAD}export const f = (x?: string) => x!.length;\n`, 'got !'],
    ['an enum', `${HEAD}export enum Colour { red }\n`, 'got an enum'],
    ['a const enum', `${HEAD}export const enum Colour { red }\n`, 'got an enum'],
    ['a default export', `${HEAD}export default 1;\n`, 'got a default one'],
    ['a default function', `${HEAD}export default function f() {}\n`, 'got a default one'],
    ['a note', `${HEAD}// TODO: later\n`, 'note to ourselves'],
  ])('catch %s', (_, text, expected) => {
    const faults = codeFaults({ path: 'sim/base/x.ts', text });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(expected);
  });

  it.each([
    [
      'a long file that says why',
      '/** Past 400 lines: a table. */\n' + 'const x = 1;\n'.repeat(400),
    ],
    ['any and ! in words', `${HEAD}// any Date! is fine here\nexport const x = 'any!';\n`],
    ['a long string', `${HEAD}export const x = '${'long '.repeat(20)}';\n`],
    ['a negation', `${HEAD}export const f = (x: boolean) => !x;\n`],
    ['a switch with a default', `${HEAD}switch (1) {\n  default:\n}\n`],
  ])('let %s pass', (_, text) => {
    expect(codeFaults({ path: 'sim/base/x.ts', text })).toEqual([]);
  });

  it('let a test do without a head', () => {
    expect(codeFaults({ path: 'sim/base/x.test.ts', text: 'export const x = 1;\n' })).toEqual([]);
  });

  it('let the settings of a tool be a default export', () => {
    const text = `${HEAD}export default {};\n`;
    expect(codeFaults({ path: 'vite.config.ts', text })).toEqual([]);
  });
});

describe('the rules for text', () => {
  it.each([
    ['a home', 'see /home/someone/log', '/home/someone'],
    ['a mounted disk', `import x from '/mnt/disk/x'`, '/mnt/disk'],
    ['a registry', 'https://registry.example.org/x', 'registry.example.org'],
    ['a mirror', 'http://nexus.example.com:8081/x', 'nexus.example.com'],
  ])('catch %s', (_, text, found) => {
    expect(textFaults({ path: 'README.md', text })[0]).toContain(`got ${found}`);
  });

  it.each(['docs/work/x', 'https://example.com/work/x', './home/x', '~/work/x', 'npm run test'])(
    'let %s pass',
    (text) => {
      expect(textFaults({ path: 'README.md', text })).toEqual([]);
    },
  );
});

describe('the rule for lock files', () => {
  it('catches an address, and a file without packages', () => {
    const entry = { version: '1.0.0' };
    const resolved = 'https://example.com/x.tgz';
    expect(lockFaults({ packages: { '': {}, x: { ...entry, resolved } } })).toHaveLength(1);
    expect(lockFaults({ packages: { '': {}, x: entry } })).toEqual([]);
    expect(lockFaults({})).toHaveLength(1);
  });
});

describe('the list of files', () => {
  it('leaves out what .gitignore names, wherever it lies', () => {
    const ignored = ignoreRule('# words\nnode_modules/\nbench/out/\n*.tsbuildinfo\n');
    expect(
      ['node_modules/', 'web/node_modules/', 'bench/out/', 'x.tsbuildinfo'].every(ignored),
    ).toBe(true);
    expect(['my_node_modules/', 'out/', 'web/bench/out/', 'sim/x.ts'].some(ignored)).toBe(false);
  });

  it('refuses a form of .gitignore that it does not know', () => {
    expect(() => ignoreRule('!keep.ts')).toThrow('expected lines like');
  });
});
