/** Lowered code does what it did, in the same order, and nothing of it is left to the engine. */
import { setImmediate } from 'node:timers/promises';
import { runInThisContext } from 'node:vm';
import * as fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { lower } from './lower.ts';
import { Realm } from './realm.ts';

/** Functions call only those after them, so that every program ends. */
const FUNCTIONS = 5;

type Statement = (own: number, nth: number) => string;

const callee = (own: number, of: number): string =>
  own + 1 >= FUNCTIONS ? 'Promise.resolve(0)' : `f${own + 1 + (of % (FUNCTIONS - own - 1))}()`;

const KINDS: readonly ((of: number) => Statement)[] = [
  () => (own, nth) => `log('${own}.${nth}');`,
  () => () => 'await 0;',
  (of) => (own, nth) => `log('${own}.${nth} ' + (await ${callee(own, of)}));`,
  (of) => (own) => `void ${callee(own, of)};`,
  (of) => (_, nth) => `if (turns++ % 3 === ${of % 3}) return ${nth};`,
  (of) => (own) => `if (turns++ % 4 === ${of % 4}) return ${callee(own, of)};`,
  (of) => (own) => `if (turns++ % 4 === ${of % 4}) return await ${callee(own, of)};`,
  () => (own, nth) => `await { then(done) { log('${own}.${nth} asked'); done(${nth}); } };`,
  (of) => (own, nth) =>
    `try { await ${callee(own, of)}; throw new Error('x'); } ` +
    `catch { log('${own}.${nth} caught'); } finally { await null; }`,
  (of) => (own, nth) =>
    `await Promise.all([1, 2].map(async (x) => { await x; log('${own}.${nth} ' + x); ` +
    `return ${callee(own, of)}; }));`,
  (of) => (own, nth) =>
    `await Promise.race([${callee(own, of)}, 0]).finally(() => log('${own}.${nth} over'));`,
];

const statement = fc
  .tuple(fc.nat(KINDS.length - 1), fc.nat(20))
  .map(([kind, of]) => (KINDS[kind] as (of: number) => Statement)(of));
const bodies = fc.array(fc.array(statement, { maxLength: 6 }), {
  minLength: FUNCTIONS,
  maxLength: FUNCTIONS,
});

function sourceOf(functions: readonly (readonly Statement[])[]): string {
  const texts = functions.map(
    (statements, own) =>
      `async function f${own}() { ${statements.map((each, nth) => each(own, nth)).join('\n')} }`,
  );
  return `let turns = 0;\n${texts.join('\n')}\nexports.main = (log_) => { log = log_; f0(); f0(); };\nlet log;`;
}

interface Program {
  main(log: (what: string) => void): void;
}

async function native(source: string): Promise<string[]> {
  const exports = {} as Program;
  const log: string[] = [];
  (runInThisContext(`(exports) => {${source}}`) as (exports: Program) => void)(exports);
  exports.main((what) => log.push(what));
  await setImmediate();
  return log;
}

function lowered(source: string): string[] {
  const realm = new Realm();
  const exports = {} as Program;
  const log: string[] = [];
  realm.compile('program.js', lower('program.js', source))(exports, () => undefined, { exports });
  exports.main((what) => log.push(what));
  realm.jobs.run(Infinity);
  return log;
}

describe('lowering', () => {
  it('keeps the order of everything that can be seen', async () => {
    const property = fc.asyncProperty(bodies, async (functions) => {
      const source = sourceOf(functions);
      expect(lowered(source)).toEqual(await native(source));
    });
    await fc.assert(property, { seed: 11, numRuns: 150 });
  });

  it('leaves no async and no await', () => {
    const text = `
      import { x } from './x';
      export class A { #p = 1; async m() { await x; } static async *g() { yield await x; } }
      export const f = async () => { for await (const y of A.g()) console.log(y); };
      export const g = () => import('./y');
    `;
    const kinds: ts.SyntaxKind[] = [];
    const visit = (node: ts.Node): void => {
      kinds.push(node.kind);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile('a.js', lower('a.ts', text), ts.ScriptTarget.ESNext, true));
    expect(kinds).not.toContain(ts.SyntaxKind.AsyncKeyword);
    expect(kinds).not.toContain(ts.SyntaxKind.AwaitExpression);
    expect(kinds).not.toContain(ts.SyntaxKind.ImportKeyword);
  });

  it('says in which line a text is no program', () => {
    expect(() => lower('lock.ts', 'const a = 1;\nconst = 2;')).toThrow(/in lock\.ts, but line 2: /);
  });
});

describe('a realm', () => {
  const evaluate = (source: string): unknown => {
    const module: { exports: unknown } = { exports: {} };
    new Realm().compile('a.js', lower('a.js', source))(
      module.exports as object,
      () => undefined,
      module,
    );
    return module.exports;
  };

  it('has the same clock and the same random numbers each time', () => {
    const source =
      'module.exports = [Date.now(), new Date().getTime(), Math.random(), performance.now()]';
    expect(evaluate(source)).toEqual(evaluate(source));
  });

  it.each(['process', 'require("fs").constants', 'fetch', 'WebAssembly', 'Atomics', 'WeakRef'])(
    'has no %s',
    (name) => {
      expect(() => evaluate(`module.exports = ${name}.anything`)).toThrow();
    },
  );

  it('makes no code of text, which nobody would lower', () => {
    expect(() => evaluate('module.exports = eval("(async () => 1)()")')).toThrow(/generation/);
    expect(() => evaluate('module.exports = new (class {}.constructor)("return 1")()')).toThrow(
      /generation/,
    );
  });
});
