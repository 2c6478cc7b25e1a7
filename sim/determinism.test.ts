/** Nothing in the core can differ between two engines or two runs, as far as names can show it. */
import { readFileSync } from 'node:fs';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { determinismRules } from '../scripts/lint/determinism.js';
import { projectPaths, PROJECT_ROOT } from '../scripts/project/files.ts';

const CORE = projectPaths().filter((path) => /^sim\/.*(?<!\.test)\.ts$/.test(path));

/** The bans alone: no comment in the code can switch them off. */
const bans = new ESLint({
  cwd: PROJECT_ROOT,
  allowInlineConfig: false,
  overrideConfigFile: true,
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    rules: { ...determinismRules },
  },
});

async function faultsOf(text: string): Promise<string[]> {
  const [result] = await bans.lintText(text, { filePath: 'sim/planted.ts' });
  return (result?.messages ?? []).map((message) => `${message.line}: ${message.message}`);
}

describe('the core', () => {
  it('uses nothing that may differ between engines or runs', async () => {
    expect(CORE.length).toBeGreaterThan(20);
    const results = await bans.lintFiles(CORE);
    const faults = results.flatMap((result) =>
      result.messages.map((message) => `${result.filePath}:${message.line} ${message.message}`),
    );
    expect(faults).toEqual([]);
  });

  it.each(['sim/index.ts', 'sim/base/random.ts', 'sim/run/run.ts'])(
    'is held to the same bans by the lint of the whole project: %s',
    async (path) => {
      const whole = new ESLint({ cwd: PROJECT_ROOT });
      const config = (await whole.calculateConfigForFile(path)) as Linter.Config;
      const [, ...banned] = config.rules?.['no-restricted-syntax'] as unknown[];
      const [, ...expected] = determinismRules['no-restricted-syntax'];
      expect(banned).toEqual(expect.arrayContaining(expected));
      const [, ...globals] = config.rules?.['no-restricted-globals'] as unknown[];
      expect(globals).toEqual(determinismRules['no-restricted-globals'].slice(1));
      expect(config.linterOptions?.noInlineConfig).toBe(true);
    },
  );

  it('compiles without the types of a browser or of Node, and with all of its files', () => {
    const config = JSON.parse(readFileSync(`${PROJECT_ROOT}/sim/tsconfig.json`, 'utf8')) as unknown;
    expect(config).toEqual({
      extends: '../tsconfig.json',
      compilerOptions: { lib: ['ES2023'], types: [] },
      include: ['.'],
      exclude: ['**/*.test.ts'],
    });
  });
});

describe('the bans', () => {
  it.each([
    ...['random', 'log', 'exp', 'pow', 'sin', 'cos', 'tan', 'log1p', 'tanh', 'expm1'],
    ...['log2', 'log10', 'cbrt', 'hypot', 'atan2', 'asinh', 'sumPrecise'],
  ])('catch Math.%s', async (name) => {
    expect(await faultsOf(`export const x = Math.${name}(1);`)).toHaveLength(1);
  });

  it.each([
    ['Math under another name', 'const m = Math; export const x = m.max(1, 2);'],
    ['a function taken out of Math', 'const { sin } = Math; export const x = sin(1);'],
    ['Math by a computed name', `export const x = Math['si' + 'n'](1);`],
    ['Math by a name in a variable', 'export const x = (max: "sin") => Math[max](1);'],
    ['a power', 'export const x = (a: number) => a ** 2;'],
    ['a power assigned', 'export let x = 3; x **= 2;'],
    ['the clock', 'export const x = Date.now();'],
    ['a date', 'export const x = new Date(0);'],
    ['the global object', 'export const x = globalThis.Date;'],
    ['a timer', 'export const x = () => setTimeout(() => 0, 1);'],
    ['the locale in numbers', 'export const x = (1).toLocaleString();'],
    ['the locale in an order', 'export const x = "a".localeCompare("b");'],
    ['the locale itself', 'export const x = new Intl.NumberFormat();'],
    ['the garbage collector', 'export const x = new WeakRef({});'],
    ['a stack', 'export const x = new Error().stack;'],
    ['code in a string', 'export const x = eval("1");'],
    ['what an old engine lacks', 'export const x = [1].toSorted();'],
  ])('catch %s', async (_, text) => {
    expect((await faultsOf(text)).length).toBeGreaterThan(0);
  });

  it('cannot be switched off by a comment', async () => {
    const text = '/* eslint-disable */\nexport const x = Math.random(); // eslint-disable-line';
    expect(await faultsOf(text)).toHaveLength(1);
  });

  it('let exact arithmetic pass', async () => {
    const text = [
      'export const a = Math.sqrt(2) + Math.imul(3, 4) + Math.floor(1.5) / Math.max(1, 2);',
      'export const b = (x: bigint) => x * 2n ** 64n;',
      'export const c = { date: 1, math: 2 };',
    ].join('\n');
    expect(await faultsOf(text)).toEqual([]);
  });
});
