import { describe, expect, it } from 'vitest';
import { promisedDigest, runReservations, withReservations } from './reservations.ts';

const whole = { complete: true, elapsedUs: 1_410_000 };
const ended = { cancelled: false, progress: 1 };

describe('reservations', () => {
  it('are none for a whole run that keeps its promise', () => {
    expect(runReservations(whole, ended, undefined)).toEqual([]);
    expect(runReservations(whole, ended, { digest: 'ab', kept: true })).toEqual([]);
  });

  it('say how much of a stopped run was judged, rounded down', () => {
    const [told] = runReservations(
      { ...whole, complete: false },
      { cancelled: true, progress: 0.419 },
      undefined,
    );
    expect(told).toBe('Cancelled: only the first 41 % were judged.');
  });

  it('say where a limit cut a run short, and that a link meant another run', () => {
    const promised = { digest: '00ff', kept: false };
    const told = runReservations({ ...whole, complete: false }, ended, promised);
    expect(told[0]).toBe('The run was cut short at 1.41 s of virtual time.');
    expect(told[1]).toContain('not the one of the link (00ff)');
  });

  it('never make a verdict better, and leave a violation one', () => {
    const because = ['why'];
    expect(withReservations('passed', [])).toBe('passed');
    expect(withReservations('passed', because)).toBe('inconclusive');
    expect(withReservations('inconclusive', because)).toBe('inconclusive');
    expect(withReservations('violated', because)).toBe('violated');
  });

  it('hold nothing against a run that was cut short: its digest says nothing', () => {
    const digest = 'abcdef';
    expect(promisedDigest('ab', { complete: false, digest })).toBeUndefined();
    expect(promisedDigest(undefined, { complete: true, digest })).toBeUndefined();
    expect(promisedDigest('ab', { complete: true, digest })?.kept).toBe(true);
    expect(promisedDigest('ba', { complete: true, digest })?.kept).toBe(false);
  });
});
