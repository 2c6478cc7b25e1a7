/** The first violation is the earliest one that names a place; required checks come first. */
import { describe, expect, it } from 'vitest';
import { check } from '../testing/samples.ts';
import { firstPlace } from './first-place.ts';

const at = (...seqs: number[]) => [
  { template: 'x', values: {}, text: 'x', at: seqs.map((seq) => ({ seq, timeUs: seq })) },
];

describe('the first place', () => {
  it('is the last event of the earliest evidence', () => {
    const place = firstPlace(
      [
        check('lock.exclusion', 'violated', { evidence: at(17, 22) }),
        check('pnl.total', 'violated', { evidence: at(300) }),
      ],
      undefined,
    );
    expect(place).toMatchObject({ check: 'lock.exclusion', seq: 22 });
    expect(place?.marks.map((ref) => ref.seq)).toEqual([17, 22]);
  });

  it('belongs to a required check where one names a place', () => {
    const place = firstPlace(
      [
        check('lock.capacity', 'violated', { required: false, evidence: at(3) }),
        check('pnl.total', 'violated', { evidence: at(300) }),
      ],
      undefined,
    );
    expect(place?.check).toBe('pnl.total');
  });

  it('does not exist without evidence that names one', () => {
    const nowhere = [check('run.throughput', 'violated', { evidence: at() })];
    expect(firstPlace(nowhere, undefined)).toBeUndefined();
    expect(firstPlace([check('lock.pairing', 'passed')], undefined)).toBeUndefined();
  });

  it('of a wrong total is where the books parted', () => {
    const total = [check('pnl.total', 'violated', { evidence: at(300) })];
    expect(firstPlace(total, { seq: 250, timeUs: 7 })).toMatchObject({ seq: 250 });
    expect(firstPlace(total, undefined)).toMatchObject({ seq: 300 });
  });
});
