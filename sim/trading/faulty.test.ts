/**
 * Each faulty part is caught by the check that names it, and the same part without the fault
 * passes.
 */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CHECK_IDS, type CheckResult } from '../check/contract.ts';
import { runScenario } from '../run/run.ts';
import { type Scenario, scenarioSchema } from '../scenario/schema.ts';
import { FAULTY_PARTS, type Sections } from './faulty.ts';

type Tree = Readonly<Record<string, unknown>>;

/** Fields of `over` in place of those of `under`, at any depth; lists are replaced whole. */
function merge(under: Tree, over: Tree): Tree {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isTree(below) && isTree(value) ? merge(below, value) : value;
  }
  return merged;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function scenarioOf(...sections: readonly Sections[]): Scenario {
  const merged = sections.reduce<Tree>((under, over) => merge(under, { ...over }), {});
  const { symbol, ...rest } = merged;
  const names = ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'];
  const symbols = names.map((name) => ({ name, ...(isTree(symbol) ? symbol : {}) }));
  const acceptance = { breakerTripsMax: 1_000 };
  return v.parse(scenarioSchema, { ...rest, symbols, acceptance });
}

function judge(check: string, ...sections: readonly Sections[]): CheckResult {
  const { checks, complete } = runScenario(scenarioOf(...sections), { keepTrace: false });
  expect(complete).toBe(true);
  const result = checks.find(({ id }) => id === check);
  if (result === undefined) throw new Error(`expected a check with the id ${check}`);
  return result;
}

describe('the corpus', () => {
  it('names every part once, and a check that exists', () => {
    expect(new Set(FAULTY_PARTS.map(({ name }) => name)).size).toBe(FAULTY_PARTS.length);
    expect(FAULTY_PARTS.length).toBeGreaterThanOrEqual(10);
    for (const { caughtBy } of FAULTY_PARTS) expect(CHECK_IDS).toContain(caughtBy);
  });
});

describe.each(FAULTY_PARTS)('$part $name', ({ caughtBy, occasion, fault }) => {
  it(`is caught by ${caughtBy}`, () => {
    const { verdict, evidence } = judge(caughtBy, occasion, fault);
    expect(verdict).toBe('violated');
    expect(evidence.length).toBeGreaterThan(0);
  });

  it('without the fault passes that check, on at least one occasion', () => {
    const { verdict, examined, evidence } = judge(caughtBy, occasion);
    expect(evidence.map(({ text }) => text)).toEqual([]);
    expect(verdict).toBe('passed');
    expect(examined).toBeGreaterThan(0);
  });
});
