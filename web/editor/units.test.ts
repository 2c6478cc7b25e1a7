/** Text and number are the same to the last digit, in both directions. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Field, SCENARIO_FIELDS } from './fields.ts';
import {
  numberOf,
  readable,
  shownText,
  stepText,
  textOf,
  typedValue,
  type Unit,
  unitOf,
} from './units.ts';

const MS = unitOf('delayUs');
const MONEY = unitOf('lossCents');
const PERCENT = unitOf('exposureBp');
const CHANCE = unitOf('dropPerMillion');
const SEED = 127;

/** Every number of the schema with its unit and limits. */
function measures(fields: readonly Field[]): { unit: Unit; min: number; max: number }[] {
  return fields.flatMap((field) => {
    switch (field.kind) {
      case 'number':
      case 'range':
        return [field];
      case 'group':
        return measures(field.fields);
      case 'list':
        return measures(field.item);
      case 'variant':
        return field.options.flatMap((option) => measures(option.fields));
      default:
        return [];
    }
  });
}

describe('a unit', () => {
  test.each([
    ['latencyUsMax', 'ms', 3],
    ['pnlCents', 'money', 2],
    ['exposureTotalBpMax', 'percent', 2],
    ['dropReplyPerMillion', 'percent', 4],
    ['volumeMilli', 'lots', 3],
    ['spreadPoints', 'points', 0],
    ['tradesPerSecondMin', 'rate', 0],
    ['epochMs', 'instant', 0],
    ['signals', 'count', 0],
    ['spikes', 'count', 0],
  ])('follows from the name: %s', (key, name, places) => {
    expect(unitOf(key)).toEqual({ name, places });
  });

  test('keeps every number that the schema admits, to the last digit', () => {
    const known = measures(SCENARIO_FIELDS);
    expect(known.length).toBeGreaterThan(50);
    for (const { unit, min, max } of known) {
      fc.assert(
        fc.property(fc.integer({ min, max }), (value) => {
          const text = textOf(value, unit);
          expect(numberOf(text, unit)).toBe(value);
          expect(shownText(typedValue(text, unit), unit)).toBe(text);
        }),
        { seed: SEED, numRuns: 50, examples: [[min], [max]] },
      );
    }
  });

  test('moves the point as arithmetic on whole numbers does', () => {
    const digits = fc.integer({ min: 0, max: 999_999_999_999 });
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 999 }), (whole, thousandths) => {
        const text = `${whole}.${String(thousandths).padStart(3, '0')}`;
        expect(numberOf(text, MS)).toBe(whole * 1_000 + thousandths);
      }),
      { seed: SEED },
    );
  });
});

describe('text that says a number', () => {
  test.each([
    ['0.5', MS, 500],
    ['.5', MS, 500],
    ['12.', MS, 12_000],
    ['0.001', MS, 1],
    ['86,400,000', MS, 86_400_000_000],
    [' 7 ', MS, 7_000],
    ['1.50', MONEY, 150],
    ['-0.29', MONEY, -29],
    ['−100', MONEY, -10_000],
    ['-0', MONEY, 0],
    ['1.13', PERCENT, 113],
    ['0.0001', CHANCE, 1],
    ['2.500000', PERCENT, 250],
  ] as const)('%s', (text, unit, value) => {
    expect(numberOf(text, unit)).toBe(value);
  });

  test('a date is one in UTC, to the millisecond', () => {
    const unit = unitOf('epochMs');
    expect(numberOf('2026-01-18T15:10:41.123Z', unit)).toBe(1_768_749_041_123);
    expect(numberOf('2026-01-18 15:10:41.123', unit)).toBe(1_768_749_041_123);
    expect(numberOf('2026-01-18', unit)).toBe(Date.UTC(2026, 0, 18));
    expect(numberOf('2026-13-18', unit)).toBeUndefined();
    expect(numberOf('yesterday', unit)).toBeUndefined();
  });
});

describe('text that says none', () => {
  test.each([
    ['', MS],
    ['.', MS],
    ['-', MS],
    ['0,5', MS],
    ['1,00', MS],
    ['1e3', MS],
    ['0x10', MS],
    ['5 ms', MS],
    ['0.0005', MS],
    ['0.001', MONEY],
    ['9007199254740993', unitOf('signals')],
    ['NaN', MS],
    ['１２', MS],
  ] as const)('%s stays as it was typed', (text, unit) => {
    expect(typedValue(text, unit)).toBe(text);
    expect(shownText(typedValue(text, unit), unit)).toBe(text);
  });
});

test('numbers for reading are grouped and end where their digits do', () => {
  expect(readable(86_400_000_000, MS)).toBe('86,400,000');
  expect(readable(1_234_567, MS)).toBe('1,234.567');
  expect(readable(-1_000_000_000, MONEY)).toBe('\u221210,000,000');
  expect(readable(150, MONEY)).toBe('1.50');
});

test('a step is the last digit that is kept', () => {
  expect(stepText(MS)).toBe('0.001');
  expect(stepText(CHANCE)).toBe('0.0001');
  expect(stepText(unitOf('signals'))).toBe('1');
});
