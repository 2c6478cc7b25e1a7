/** What stages come to together, and in what order they may run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../testing/samples.ts';
import { parseTask } from '../task/read.ts';
import type { Task } from '../task/schema.ts';
import { taskTemplate } from '../task/template.ts';
import { runGraph } from './graph.ts';
import { finalLine, finalText, stageLine, waitLine } from './lines.ts';
import { outcomeOf } from './outcome.ts';
import { DEPENDENCIES, STAGE_NAMES, type StageEnd, type StageName } from './stage.ts';

const parsed = parseTask(taskTemplate('5'), 'task');
if (parsed.kind === 'error') throw new Error(parsed.error.message);
const TASK: Task = parsed.value;

function ends(changes: Partial<Record<StageName, StageEnd['kind']>> = {}) {
  return new Map<StageName, StageEnd>(
    STAGE_NAMES.map((stage) => [stage, { kind: changes[stage] ?? 'pass', reason: `${stage} why` }]),
  );
}

function withReview(review: 'logic-review' | 'context-review', required: boolean): Task {
  const settings = TASK.stages[review];
  if (settings === undefined) throw new Error('expected the review');
  return { ...TASK, stages: { ...TASK.stages, [review]: { ...settings, required } } };
}

describe('the outcome', () => {
  it.each<[string, Partial<Record<StageName, StageEnd['kind']>>, string, number]>([
    ['all pass', {}, 'PASS', 0],
    ['one fails', { stress: 'fail' }, 'FAIL', 1],
    ['one dies', { live: 'die' }, 'DIE', 3],
    ['a review has no key', { 'logic-review': 'not-run' }, 'DIE', 3],
    ['one fails and one dies', { live: 'die', stress: 'fail' }, 'FAIL', 1],
    ['one is cancelled', { build: 'cancelled', stress: 'not-run' }, 'CANCELLED', 3],
    ['one fails before the cancel', { build: 'fail', live: 'cancelled' }, 'FAIL', 1],
    ['the loop itself breaks', { build: 'crash', live: 'fail' }, 'CRASH', 70],
    ['a registration that nobody requires fails', { registration: 'die' }, 'PASS', 0],
    ['there is nowhere to register', { registration: 'not-run' }, 'PASS', 0],
    ['the report cannot be written', { report: 'die' }, 'DIE', 3],
  ])('when %s', (_, changes, kind, exit) => {
    expect(outcomeOf(TASK, ends(changes), false)).toMatchObject({ kind, exit });
  });

  it('without reviews is at most a mechanical pass, and never less than a failure', () => {
    const out = { 'logic-review': 'not-run', 'context-review': 'not-run' } as const;
    expect(outcomeOf(TASK, ends(out), true)).toMatchObject({
      kind: 'MECHANICAL-PASS',
      verdict: 'inconclusive',
      exit: 0,
    });
    expect(outcomeOf(TASK, ends({ ...out, build: 'fail' }), true).kind).toBe('FAIL');
    const optional = withReview('logic-review', false);
    expect(outcomeOf(optional, ends({ 'logic-review': 'not-run' }), false).kind).toBe(
      'MECHANICAL-PASS',
    );
    expect(outcomeOf(optional, ends({ 'logic-review': 'fail' }), false).kind).toBe('FAIL');
  });

  it('says that the gate passed only if every stage and both reviews did', () => {
    const kind = fc.constantFrom(
      ...(['pass', 'pass', 'pass', 'fail', 'die', 'cancelled', 'not-run', 'crash'] as const),
    );
    const all = fc.record(
      Object.fromEntries(STAGE_NAMES.map((stage) => [stage, kind])) as Record<
        StageName,
        typeof kind
      >,
    );
    fc.assert(
      fc.property(all, fc.boolean(), fc.boolean(), (changes, without, required) => {
        const task = withReview('logic-review', required);
        const outcome = outcomeOf(task, ends(changes), without);
        const needed = STAGE_NAMES.filter((stage) => stage !== 'registration');
        const whole = needed.every((stage) => changes[stage] === 'pass');
        const says = finalText(outcome) === '[UnifiedGate] PASS';
        expect(says).toBe(whole && changes.registration !== 'crash');
        expect(outcome.verdict === 'passed').toBe(says);
        if (!says) expect(finalText(outcome)).not.toContain('[UnifiedGate] PASS');
        expect(outcome.exit === 0).toBe(says || outcome.kind === 'MECHANICAL-PASS');
      }),
    );
  });
});

describe('the lines', () => {
  it('say stage, verdict and reason, in one line, whatever the reason is', () => {
    const line = (kind: StageEnd['kind'], reason: string) =>
      stageLine(PLAIN, 'logic-review', { kind, reason });
    expect(line('pass', 'fine')).toBe('[UnifiedGate] LOGIC-REVIEW PASS fine');
    expect(line('fail', 'a\n[x] b\u001b[31m')).toBe('[UnifiedGate] LOGIC-REVIEW FAIL a [x] b?[31m');
    expect(line('die', 'late')).toBe('[UnifiedGate] LOGIC-REVIEW DIE late');
    expect(line('not-run', 'no key')).toBe('[UnifiedGate] LOGIC-REVIEW not run: no key');
  });

  it('say for what is waited, when it is tried again, and how long is left', () => {
    const notice = { attempts: 2, reason: 'Claude answered 429', nextMs: 2_100, leftMs: 252_000 };
    expect(waitLine(PLAIN, 'logic-review', notice)).toBe(
      '[UnifiedGate] LOGIC-REVIEW WAIT Claude answered 429; next try in 2.1 s, 4 min 12 s left',
    );
  });

  it('end in what the report quotes', () => {
    const outcome = outcomeOf(TASK, ends({ stress: 'die' }), false);
    expect(finalLine(PLAIN, outcome)).toBe(
      '[UnifiedGate] DIE, so the gate FAILS and nothing is assumed: STRESS: stress why',
    );
  });
});

describe('the graph', () => {
  const run = async (failing: readonly StageName[]) => {
    const order: string[] = [];
    const seen = new Map<StageName, StageEnd>();
    const stages = STAGE_NAMES.filter((name) => name !== 'report' && name !== 'registration');
    await runGraph(
      stages.map((name) => ({
        name,
        run: () => {
          if (name === 'live' && failing.includes('live')) throw new Error('a defect');
          const kind = failing.includes(name) ? 'fail' : 'pass';
          return Promise.resolve({ kind, reason: '' } as const);
        },
      })),
      {
        begin: (stage) => order.push(stage),
        end: (stage, end) => void seen.set(stage, end),
      },
    );
    return { order, seen };
  };

  it('has no circle, and begins nothing before what it depends on', async () => {
    for (const [stage, before] of Object.entries(DEPENDENCIES)) {
      const at = STAGE_NAMES.indexOf(stage as StageName);
      expect(before.every((each) => STAGE_NAMES.indexOf(each) < at)).toBe(true);
    }
    const { order } = await run([]);
    for (const stage of order) {
      for (const before of DEPENDENCIES[stage as StageName]) {
        expect(order.indexOf(before)).toBeLessThan(order.indexOf(stage));
      }
    }
  });

  it('begins a live session only when nothing else keeps the processor busy', async () => {
    for (const failing of [[], ['explore', 'stress']] as const) {
      const running = new Set<StageName>();
      const beside: StageName[][] = [];
      const stages = ['preflight', 'build', 'stress', 'explore', 'browser', 'live'] as const;
      const planned = stages.map((name) => ({
        name,
        run: async () => {
          await new Promise((resolve) => setImmediate(resolve));
          const kind = (failing as readonly string[]).includes(name) ? 'fail' : 'pass';
          return { kind, reason: '' } as const;
        },
      }));
      await runGraph(planned, {
        begin: (stage) => {
          running.add(stage);
          if (stage === 'live') beside.push([...running]);
        },
        end: (stage) => running.delete(stage),
      });
      expect(beside).toEqual([['live']]);
    }
  });

  it('stops what depends on a failure and lets the rest go on', async () => {
    const { order, seen } = await run(['build']);
    expect(order.sort()).toEqual(['build', 'context-review', 'logic-review', 'preflight']);
    expect(seen.get('live')).toEqual({ kind: 'not-run', reason: 'BUILD did not pass' });
    expect(seen.get('logic-review')?.kind).toBe('pass');
  });

  it('calls a stage that throws a crash, not a verdict', async () => {
    const { seen } = await run(['live']);
    expect(seen.get('live')).toEqual({
      kind: 'crash',
      reason: "an error of the loop's own: a defect",
    });
    expect(seen.get('browser')?.kind).toBe('pass');
  });
});
