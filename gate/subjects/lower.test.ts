/** Lowered code does what it did, in the same order, and nothing of it is left to the engine. */
import { setImmediate } from 'node:timers/promises';
import { runInThisContext } from 'node:vm';
import * as fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { lower } from '../../subjects/lower.ts';
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
  realm.compile('program.js', lower('program.js', source))(
    exports,
    () => undefined,
    { exports },
    realm.world.runtime,
  );
  exports.main((what) => log.push(what));
  realm.world.jobs.run(Infinity);
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

  it.each([
    [
      'this and arguments, near and far',
      `
      const o = { n: 7, async m(a, b = a) {
        const far = async (c) => { await 0; log([this.n, arguments.length, c, b].join()); };
        await far(3); await (() => far(arguments[0]))();
        const even = async () => { await 0; return (async () => [...arguments].join())(); };
        log(await even());
      } };
      exports.main = (l) => { log = l; o.m(1).then(() => log('done')); };`,
    ],
    [
      'super, in methods and in arrows',
      `
      class A { get n() { return 'A' + this.k; } who(x) { return x + this.k; } }
      class B extends A {
        constructor(k) { super(); this.k = k; }
        async both() { await 0; log(super.who('m')); log(super.n); log(super['who']('c')); }
        plain() { return (async () => { await 0; log(super.who('a')); })(); }
        static async make(k) { await 0; return new B(k); }
        async *#two() { yield this.k; yield await this.k; }
        field = async () => { log('field ' + this.k); };
        async run() { for await (const each of this.#two()) log('two ' + each); }
      }
      exports.main = (l) => { log = l; B.make(5).then(async (b) => {
        await b.both(); await b.plain(); await b.field(); await b.run(); }); };`,
    ],
    [
      'a default that throws, a length, a name',
      `
      const late = async (a, { b } = null, ...c) => b;
      async function named(a, b) { return named.name + named.length; }
      exports.main = (l) => { log = l; log(String(late.length));
        late(1).then(log, (e) => log('rejected ' + (e instanceof TypeError)));
        named().then(log); };`,
    ],
    [
      'loops that are left and fail',
      `
      const gives = (n, calls) => ({ [Symbol.asyncIterator]: () => ({
        i: 0,
        next() { calls.push('next'); return Promise.resolve({ done: this.i === n, value: this.i++ }); },
        return() { calls.push('return'); return Promise.reject(new Error('late')); } }) });
      async function run() {
        const calls = [];
        outer: for (const x of [1, 2]) {
          for await (const y of gives(3, calls)) { if (y === 9) break outer; log(x + '/' + y); }
        }
        try { for await (const y of gives(3, calls)) break; } catch (e) { log('caught ' + e.message); }
        try { for await (const y of gives(3, calls)) throw new Error('mine'); }
        catch (e) { log('caught ' + e.message); }
        let z; inner: for await (z of [Promise.resolve(4), 5]) { if (z === 4) continue inner; log('z' + z); }
        for await (const [k] of new Map([['k', 1]])) log(k);
        log(calls.join());
        let i = 0; do { await 0; i++; } while (i < 3 && (await i) < 3); log('i' + i);
        for (var j = await 1; j < (await 3); j += await 1) log('j' + j);
        while (await (i-- > 1)) ; log('i' + i);
        for (const key in await { a: 1 }) log(key);
      }
      exports.main = (l) => { log = l; run(); };`,
    ],
    [
      'async generators, asked in a hurry',
      `
      async function* g(n) {
        try { for (let i = 0; i < n; i++) { log('at ' + i); const got = yield Promise.resolve(i); log('got ' + got); } return Promise.resolve('end'); }
        finally { await 0; log('finally'); }
      }
      const say = (what) => (r) => log(what + JSON.stringify(r));
      exports.main = (l) => { log = l;
        const a = g(2); a.next().then(say('1')); a.next('x').then(say('2')); a.next().then(say('3')); a.next().then(say('4'));
        const b = g(3); b.next(); b.return(Promise.resolve('r')).then(say('r')); b.next().then(say('after'));
        const c = g(3); c.next(); c.throw(new Error('t')).catch((e) => log('c ' + e.message)); c.next().then(say('c'));
        g(1).return('early').then(say('early')); g(1).throw(1).catch(() => log('thrown')); };`,
    ],
  ])('keeps %s', async (_, body) => {
    const source = `let log;\n${body}`;
    const told = await native(source);
    expect(told.length).toBeGreaterThan(2);
    expect(lowered(source)).toEqual(told);
  });

  it('keeps every line where it is', () => {
    const source = `import type { X } from './x';
      interface Y {
        a: number
      }
      class A {
        private readonly b: number = 1; constructor(
          public c: Y,
        ) {}
        async run<T>(
            a: T,
            { b }: { b: T },
        ): Promise<void> {
          for await (
            const x of
              [a, b]
          ) await x;
          await (async (
            c,
          ) => c)(1);
        }
      }
      export const last = 'the last';`;
    const lines = lower('a.ts', source).split('\n');
    const at = source.split('\n').findIndex((line) => line.includes('the last'));
    expect(lines.findIndex((line) => line.includes('the last'))).toBe(at);
  });

  it.each([
    ['new.target', 'function F() { return async () => new.target; }'],
    ['yield\\*', 'async function* g() {\n yield* [1]; }'],
    ['super', 'const o = { async m() { super.x = 1; } };'],
  ])('refuses %s rather than change what it means', (what, source) => {
    expect(() => lower('a.js', source)).toThrow(new RegExp(`line \\d: .*${what}`));
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

  it('finds out a loop without an end, be it that the code catches what that throws', () => {
    const source = 'const f = () => {\ntry { for (;;) ; } catch {} };\nexports.main = f;';
    const realm = new Realm();
    const exports = {} as Program;
    const module = { exports };
    const factory = realm.compile('a.js', lower('a.js', source));
    factory(exports, () => undefined, module, realm.world.runtime);
    exports.main(() => undefined);
    expect(() => realm.world.restart()).toThrow(/line 2 went on for 1,000,000 turns/);
  });

  it('says in which line a text is no program', () => {
    expect(() => lower('lock.ts', 'const a = 1;\nconst = 2;')).toThrow(/in lock\.ts, but line 2: /);
  });
});

describe('a realm', () => {
  const evaluate = (source: string): unknown => {
    const module: { exports: unknown } = { exports: {} };
    const realm = new Realm();
    realm.compile('a.js', lower('a.js', source))(
      module.exports as object,
      () => undefined,
      module,
      realm.world.runtime,
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
