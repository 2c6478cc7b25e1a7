/**
 * Random scenarios for property tests, drawn from the schema itself: a new field is drawn as soon
 * as the schema has it.
 *
 * Each setting is left at its default half of the time. `anyScenario` uses the schema's whole range
 * and is for codecs; `smallScenario` keeps runs short, so that a test can run hundreds of them.
 */
import fc from 'fast-check';
import * as v from 'valibot';
import { assert } from '../../base/assert.ts';
import type { LockName } from '../../locks/index.ts';
import { checkOf, choicesOf, limitOf, type Schema, shapeOf } from '../codec/shape.ts';
import { type Scenario, scenarioSchema } from '../schema.ts';

export interface SmallBounds {
  readonly symbolsMax: number;
  readonly signalsMax: number;
  /** Which locks may be drawn; all of them where it is left out. */
  readonly locks?: readonly LockName[];
}

type Range = readonly [number, number];

/** What differs from the schema's own ranges, by the path of a setting, lists as `[]`. */
interface Limits {
  readonly numbers: Readonly<Record<string, Range>>;
  readonly lengths: Readonly<Record<string, Range>>;
  readonly choices: Readonly<Record<string, readonly unknown[]>>;
  /** Settings that are never left out, because their defaults are out of range. */
  readonly always: readonly string[];
}

/** Ranges that keep a run within some ten thousand steps, whatever else is drawn. */
const SMALL_NUMBERS: Limits['numbers'] = {
  'symbols[].intervalUs': [0, 20_000],
  'symbols[].durationUs': [0, 0],
  'symbols[].market.stepUs': [1_000, 1_000_000],
  'lock.timeoutUs': [0, 20_000],
  'lock.leaseUs': [0, 20_000],
  'engine.heartbeatUs': [2_000, 50_000],
  'socket.sendTimeoutUs': [0, 50_000],
  'socket.receiveTimeoutUs': [0, 50_000],
  'socket.lingerUs': [0, 10_000],
  'socket.attempts': [1, 4],
  'socket.backoffUs': [0, 10_000],
  'endpoint.serviceUs': [0, 5_000],
  'endpoint.latencyUs': [0, 5_000],
  'endpoint.pumpUs': [1_000, 20_000],
  'endpoint.otherClients': [0, 2],
  'endpoint.otherThinkUs': [500, 5_000],
  'endpoint.faults.delayUs': [0, 20_000],
  'endpoint.faults.stalls[].atUs': [0, 200_000],
  'endpoint.faults.stalls[].forUs': [0, 100_000],
  'endpoint.faults.crashes[].atUs': [0, 200_000],
  'endpoint.faults.crashes[].forUs': [0, 100_000],
  'endpoint.faults.untilUs': [0, 500_000],
  'aggregator.every': [1, 20],
  'risk.breaker.losses': [1, 20],
  'risk.breaker.cooldownUs': [0, 100_000],
  'risk.guardian.windowUs': [0, 1_000_000],
  timeLimitUs: [1_000_000, 10_000_000],
};

/** Every scenario that the schema admits. */
export const anyScenario: fc.Arbitrary<Scenario> = scenarios({
  numbers: {},
  lengths: {},
  choices: {},
  always: [],
});

/** Scenarios whose runs are short: at most ten virtual seconds, few symbols, few signals. */
export function smallScenario(bounds: SmallBounds): fc.Arbitrary<Scenario> {
  return scenarios({
    numbers: { ...SMALL_NUMBERS, 'symbols[].signals': [1, bounds.signalsMax] },
    lengths: {
      symbols: [1, bounds.symbolsMax],
      'endpoint.faults.stalls': [0, 2],
      'endpoint.faults.crashes': [0, 2],
    },
    choices: bounds.locks === undefined ? {} : { 'lock.name': bounds.locks },
    always: ['symbols[].signals', 'timeLimitUs', ...drawn(bounds.locks, 'lock', 'lock.name')],
  });
}

/** `paths` where there is a choice to draw from. */
function drawn(choices: readonly unknown[] | undefined, ...paths: string[]): string[] {
  return choices === undefined ? [] : paths;
}

function scenarios(limits: Limits): fc.Arbitrary<Scenario> {
  return valuesOf(scenarioSchema, '', limits)
    .filter((value) => v.is(scenarioSchema, value))
    .map((value) => v.parse(scenarioSchema, value));
}

function valuesOf(schema: Schema, path: string, limits: Limits): fc.Arbitrary<unknown> {
  const shape = shapeOf(schema);
  switch (shape.kind) {
    case 'optional': {
      const values = valuesOf(shape.wrapped, path, limits);
      return limits.always.includes(path) ? values : fc.option(values, { freq: 2, nil: undefined });
    }
    case 'object':
      return fc.record(
        Object.fromEntries(
          shape.fields.map(([name, field]) => {
            return [name, valuesOf(field, path === '' ? name : `${path}.${name}`, limits)];
          }),
        ),
      );
    case 'variant':
      return fc.oneof(...shape.options.map((option) => valuesOf(option, path, limits)));
    case 'list':
      return listsOf(schema, valuesOf(shape.item, `${path}[]`, limits), path, limits);
    case 'tuple':
      return fc
        .tuple(...shape.items.map((item) => valuesOf(item, path, limits) as fc.Arbitrary<number>))
        .map((ends) => ends.sort((a, b) => a - b));
    case 'leaf':
      return leavesOf(schema, shape.type, path, limits);
  }
}

function listsOf(
  schema: Schema,
  items: fc.Arbitrary<unknown>,
  path: string,
  limits: Limits,
): fc.Arbitrary<unknown> {
  const [minLength, maxLength] = limits.lengths[path] ?? [
    limitOf(schema, 'min_length') ?? 0,
    limitOf(schema, 'max_length') ?? 0,
  ];
  const length = { minLength, maxLength, size: 'max' } as const;
  if (path !== 'symbols') return fc.array(items, length);
  const nameOf = (item: unknown): unknown => (item as { readonly name: unknown }).name;
  return fc.uniqueArray(items, { ...length, selector: nameOf });
}

function leavesOf(
  schema: Schema,
  type: string,
  path: string,
  limits: Limits,
): fc.Arbitrary<unknown> {
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'string':
      return textsOf(schema);
    case 'number': {
      const min = limitOf(schema, 'min_value');
      const max = limitOf(schema, 'max_value');
      assert(min !== undefined && max !== undefined, `expected limits of the number at ${path}`);
      const [least, most] = limits.numbers[path] ?? [min, max];
      return fc.integer({ min: least, max: most });
    }
    default:
      return fc.constantFrom(...(limits.choices[path] ?? choicesOf(schema)));
  }
}

/**
 * Texts by the schema's pattern; one that is only told what to leave out draws from all writing.
 */
function textsOf(schema: Schema): fc.Arbitrary<string> {
  const pattern = checkOf(schema, 'regex');
  if (pattern instanceof RegExp && !pattern.unicode) return fc.stringMatching(pattern);
  const maxLength = limitOf(schema, 'max_length') ?? 0;
  return fc.string({ unit: 'grapheme', maxLength }).filter((text) => v.is(schema, text));
}
