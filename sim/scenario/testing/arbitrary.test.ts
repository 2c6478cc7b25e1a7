/** Random scenarios reach every setting of the schema, and small ones keep their runs short. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Run } from '../../run/run.ts';
import { withoutDefaults } from '../codec/canonical.ts';
import { isRecord, type Schema, shapeOf } from '../codec/shape.ts';
import { scenarioSchema } from '../schema.ts';
import { anyScenario, smallScenario } from './arbitrary.ts';

const SEED = 127;

/** Every path of a setting, lists as `[]`; versions apart, which have one value only. */
function pathsOf(schema: Schema, path: string): string[] {
  const shape = shapeOf(schema);
  switch (shape.kind) {
    case 'optional':
      return pathsOf(shape.wrapped, path);
    case 'object':
      return shape.fields.flatMap(([name, field]) => pathsOf(field, `${path}.${name}`));
    case 'variant':
      return shape.options.flatMap((option) => pathsOf(option, path));
    case 'list':
      return pathsOf(shape.item, `${path}[]`);
    case 'tuple':
    case 'leaf':
      return path === '.format' || path === '.semantics' ? [] : [path];
  }
}

function pathsIn(value: unknown, path: string): string[] {
  if (Array.isArray(value) && value.some(isRecord)) {
    return value.flatMap((item) => pathsIn(item, `${path}[]`));
  }
  if (!isRecord(value)) return [path];
  return Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, `${path}.${name}`));
}

describe('a random scenario', () => {
  it('takes each setting off its default sooner or later', () => {
    const reached = new Set<string>();
    for (const scenario of fc.sample(anyScenario, { seed: SEED, numRuns: 60 })) {
      for (const path of pathsIn(withoutDefaults(scenarioSchema, scenario), '')) reached.add(path);
    }
    expect(pathsOf(scenarioSchema, '').filter((path) => !reached.has(path))).toEqual([]);
  });
});

describe('a small random scenario', () => {
  const bounds = { symbolsMax: 3, signalsMax: 10 };

  it('keeps to the bounds that are asked for', () => {
    const locks = ['lifo', 'round-robin'] as const;
    for (const scenario of fc.sample(smallScenario({ ...bounds, locks }), { seed: SEED })) {
      expect(scenario.symbols.length).toBeLessThanOrEqual(3);
      expect(Math.max(...scenario.symbols.map((symbol) => symbol.signals))).toBeLessThanOrEqual(10);
      expect(locks).toContain(scenario.lock.name);
    }
  });

  it('runs to its end within 100,000 steps', () => {
    for (const scenario of fc.sample(smallScenario(bounds), { seed: SEED, numRuns: 200 })) {
      expect(new Run(scenario, { keepTrace: false }).advance(100_000)).toBe(false);
    }
  });
});
