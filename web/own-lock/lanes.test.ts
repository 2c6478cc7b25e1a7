import { describe, expect, test } from 'vitest';
import { lanesOf } from './lanes.ts';
import type { LockEvent } from './sandbox/lock-contract.ts';

const event = (kind: LockEvent['kind'], client: number, timeUs: number): LockEvent => ({
  ...{ kind, client, timeUs },
  seq: timeUs,
});

describe('lanes', () => {
  test('wait from the request and hold from the entry, each turn as wide as the others', () => {
    const { columns, lanes, shared } = lanesOf(
      [event('request', 0, 5), event('enter', 0, 90), event('exit', 0, 91)],
      1,
    );
    expect(columns).toBe(4);
    expect(lanes).toEqual([
      [
        { kind: 'waits', from: 0, to: 1 },
        { kind: 'holds', from: 1, to: 2 },
      ],
    ]);
    expect(shared).toEqual([]);
  });

  test('show where several hold, and only there', () => {
    const { shared } = lanesOf(
      [
        event('enter', 0, 1),
        event('enter', 1, 2),
        event('exit', 0, 3),
        event('enter', 2, 4),
        event('exit', 1, 5),
      ],
      3,
    );
    expect(shared).toEqual([
      { from: 1, to: 2 },
      { from: 3, to: 4 },
    ]);
  });

  test('reach to the end where a wait never ends, and end where it is given up', () => {
    const { lanes } = lanesOf(
      [event('request', 0, 1), event('request', 1, 2), event('cancel', 1, 3)],
      2,
    );
    expect(lanes).toEqual([
      [{ kind: 'waits', from: 0, to: 4 }],
      [{ kind: 'waits', from: 1, to: 2 }],
    ]);
  });
});
