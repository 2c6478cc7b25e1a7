/** What the box does with code, and that its world holds nothing but the language. */
import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { LIBRARIES } from '../box-parts.ts';
import { World } from '../../../subjects/world.ts';
import { composeText } from '../compose.ts';
import { SHIPPED } from '../locks.ts';
import { bareGlobals } from './bare-globals.ts';
import type { FromLock, LockJob } from './lock-contract.ts';
import { type LockCode, LockHost } from './lock-host.ts';

const SCOPE = { clients: 3, rounds: 2 };
const PLAN = {
  strategy: 'portfolio',
  seed: 1,
  depth: 3,
  schedulesMax: 2_000,
  secondsMax: 1e6,
} as const;
const EXPLORE: LockJob = { kind: 'explore', scope: SCOPE, plan: PLAN };

/** Runs a job with the text of a worker, in a context of its own; all that is told. */
async function told(source: string, job: LockJob = EXPLORE): Promise<FromLock[]> {
  const context = createContext({});
  const text = composeText({ source, language: 'ts' }, LIBRARIES, '');
  const filename = 'box.js';
  const code = runInContext(`${text};lockCode`, context, { filename }) as LockCode;
  const world = new World();
  world.furnish(runInContext('globalThis', context) as object);
  const around = { nowMs: () => 0, turn: () => Promise.resolve() };
  const host = new LockHost({ ...code, stackName: filename }, world, around);
  const heard: FromLock[] = [];
  await host.run(job, (message) => heard.push(message));
  return heard;
}

describe('the box', () => {
  test.each(SHIPPED.map((each) => [each.id, each] as const))('explores %s', async (_, shipped) => {
    const last = (await told(shipped.source)).at(-1);
    if (last?.kind !== 'over') throw new Error(`expected an end, got ${JSON.stringify(last)}`);
    const isRight = shipped.kind === 'library' && shipped.use.breaks === undefined;
    if (isRight || shipped.id === 'example:correct') {
      expect(last.end.violation).toBeUndefined();
      return;
    }
    const { violation } = last.end;
    if (shipped.kind === 'library') expect(violation?.check).toBe(shipped.use.breaks);
    expect(violation?.minimal).toBe(true);
    expect(violation?.told.story?.steps.length).toBeGreaterThan(0);
    expect(violation?.told.events.length).toBeGreaterThan(0);
    expect(structuredClone(last)).toEqual(last);
  });

  test('tells a schedule again, to the last digit', async () => {
    const source = SHIPPED.find(({ id }) => id === 'example:check-then-act')?.source ?? '';
    const last = (await told(source)).at(-1);
    if (last?.kind !== 'over') throw new Error('expected an end');
    const found = last.end.violation?.told;
    const { schedule = '', scope = SCOPE, digest } = found ?? {};
    const again = (await told(source, { kind: 'tell', scope, schedule })).at(-1);
    expect(again).toMatchObject({ kind: 'told', told: { digest, check: 'lock.exclusion' } });
  });

  test.each([
    [
      'what throws',
      'const a = 1;\nnull.x;\nexport const createLock = () => a;',
      'subject-throws',
      2,
    ],
    [
      'what needs what is not there',
      'export const createLock = () => ({\n async acquire() {\n  await fetch("x"); } });',
      'subject-shut',
      3,
    ],
    [
      'a loop without an end',
      'export const createLock = () => ({\n acquire() {\n  for (;;) ; } });',
      'subject-endless',
      3,
    ],
    ['an import of what is not here', "import 'left-pad';", 'subject-import', undefined],
    ['what is no lock', 'export const createLock = () => 5;', 'subject-contract', undefined],
  ])('says what is wrong with %s, and where', async (_, source, code, line) => {
    expect((await told(source)).at(-1)).toMatchObject({ kind: 'problem', problem: { code, line } });
  });

  test('says that a schedule does not fit', async () => {
    const source = SHIPPED[0]?.source ?? '';
    const job = { kind: 'tell', scope: SCOPE, schedule: '0_____A' } as const;
    expect((await told(source, job)).at(-1)).toMatchObject({ kind: 'problem' });
  });
});

describe('its world', () => {
  test('has what the language has, and nothing that was added, own or inherited', () => {
    const context = createContext({});
    const globals = runInContext(
      `Object.setPrototypeOf(globalThis, { fetch() {} }); globalThis.extra = 1; globalThis`,
      context,
    ) as object;
    bareGlobals(globals);
    expect(runInContext('typeof fetch + typeof extra', context)).toBe('undefinedundefined');
    expect(runInContext('typeof Map + typeof JSON + typeof Promise', context)).toBe(
      'functionobjectfunction',
    );
  });
});
