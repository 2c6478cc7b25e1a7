/**
 * The benchmarks' own parts: medians, goals, turns of phrase, and a peer that computes what it
 * says.
 */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { atLeast, atMost, type Claim, type Sample } from './claim.ts';
import { Sha256 } from './peers/sha256.ts';
import { figure, median, summarize, table } from './summary.ts';

const claim: Claim = {
  name: 'example',
  says: 'Ours is twice as fast.',
  unit: 'x/s',
  better: 'more',
  goal: atLeast('ours', 2_000, 'at least 2,000'),
  rounds: 3,
  subjects: [
    { name: 'ours', role: 'ours', measure: () => ({ value: 0 }) },
    { name: 'theirs', role: 'peer', measure: () => ({ value: 0 }) },
  ],
};
const measured = (...ours: number[]): Map<string, readonly Sample[]> =>
  new Map<string, readonly Sample[]>([
    ['ours', ours.map((value) => ({ value, coreShare: 1, detail: { events: 10 } }))],
    ['theirs', [1_000, 3_000, 1_000].map((value) => ({ value, coreShare: 1 }))],
  ]);

describe('a summary', () => {
  it('takes medians, not means, and divides ours by each of the others', () => {
    const summary = summarize(claim, measured(2_000, 9_000, 1_000));
    expect(summary.subjects.map((one) => one.median)).toEqual([2_000, 1_000]);
    expect(summary.subjects.map((one) => one.oursToThis)).toEqual([undefined, 2]);
    expect(summary.reached).toBe(true);
  });

  it('says when a goal is missed', () => {
    const summary = summarize(claim, measured(1_999, 1_999, 1_999));
    expect(summary.reached).toBe(false);
    expect(table(summary)).toContain('goal: at least 2,000 - NOT REACHED');
  });

  it('says when the machine did something else meanwhile', () => {
    const busy = new Map(measured(1).set('ours', [{ value: 1, coreShare: 0.5 }]));
    expect(table(summarize(claim, busy))).toContain(
      'busy machine: a measurement had 50 % of a core',
    );
    expect(table(summarize(claim, measured(1)))).not.toContain('busy machine');
  });

  it('prints figures for people', () => {
    expect(table(summarize(claim, measured(2_000_000, 2_000_000, 2_000_000)))).toBe(
      [
        'example: Ours is twice as fast.',
        '        median (x/s)        min        max  ours / this',
        'ours       2,000,000  2,000,000  2,000,000',
        'theirs         1,000      1,000      3,000        2,000',
        '  ours: events 10',
        'goal: at least 2,000 - reached',
      ].join('\n'),
    );
    expect([figure(0.012345), figure(999), figure(1_234_567.8)]).toEqual([
      '0.0123',
      '999',
      '1,234,568',
    ]);
  });
});

describe('a goal', () => {
  it('is not reached by a subject that was not measured', () => {
    expect(atLeast('ours', 0, '').holds(new Map())).toBe(false);
    expect(atMost('ours', 1e9, '').holds(new Map())).toBe(false);
    expect(atMost('ours', 1, '').holds(new Map([['ours', 1]]))).toBe(true);
  });
});

describe('a median', () => {
  it('of an even number is the mean of the two in the middle', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow('expected at least one value');
  });
});

describe('SHA-256 in plain JavaScript', () => {
  it.each([0, 1, 55, 56, 63, 64, 65, 1_000])('is right for %i bytes', (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 7);
    const hash = new Sha256();
    hash.update(bytes.subarray(0, length >> 1));
    hash.update(bytes.subarray(length >> 1));
    expect(hash.hex()).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});
