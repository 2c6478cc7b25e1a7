/**
 * An expectation takes the verdict's place, and what was not judged neither meets nor misses it.
 */
import { describe, expect, it } from 'vitest';
import { check } from '../testing/samples.ts';
import { agreement, exitOfReport, expectedOf, parseExpectation } from './expectation.ts';

function parsed(text: string) {
  const result = parseExpectation(text);
  if (result.kind === 'error' || result.value === undefined) throw new Error(`cannot read ${text}`);
  return result.value;
}

const both = [check('lock.exclusion', 'violated'), check('lock.capacity', 'violated')];

describe('reading an expectation', () => {
  it('takes passed, one check, or several', () => {
    expect(parsed('passed')).toEqual({ kind: 'passed' });
    expect(parsed('violated:lock.exclusion,pnl.total')).toEqual({
      kind: 'violated',
      checks: ['lock.exclusion', 'pnl.total'],
    });
  });

  it.each(['', 'violated', 'violated:', 'violated:lock.nothing', 'failed', 'passed:x'])(
    'refuses %j as a usage error',
    (text) => {
      const result = parseExpectation(text);
      expect(result.kind === 'error' && result.error).toMatchObject({
        code: 'bad-expectation',
        exit: 2,
      });
    },
  );

  it('expects nothing where nothing was said', () => {
    expect(parseExpectation(undefined)).toEqual({ kind: 'ok', value: undefined });
  });
});

describe('agreement', () => {
  it.each([
    ['passed', 'passed', 'met'],
    ['passed', 'violated', 'missed'],
    ['passed', 'inconclusive', 'open'],
  ] as const)('of %s with %s is %s', (text, verdict, expected) => {
    expect(agreement(parsed(text), verdict, [])).toBe(expected);
  });

  it('with a violation needs every named check, whatever else is violated', () => {
    expect(agreement(parsed('violated:lock.exclusion'), 'violated', both)).toBe('met');
    expect(agreement(parsed('violated:lock.exclusion,lock.capacity'), 'violated', both)).toBe(
      'met',
    );
    const one = [check('lock.exclusion', 'violated'), check('pnl.total', 'passed')];
    expect(agreement(parsed('violated:lock.exclusion,pnl.total'), 'violated', one)).toBe('missed');
  });

  it('stays open where the named check was not judged', () => {
    const unseen = [check('lock.exclusion', 'violated'), check('lock.fifo', 'inconclusive')];
    expect(agreement(parsed('violated:lock.fifo'), 'violated', unseen)).toBe('open');
    expect(agreement(parsed('violated:pnl.total'), 'violated', unseen)).toBe('open');
  });
});

describe('the exit status', () => {
  const status = (text: string | undefined, verdict: 'passed' | 'violated' | 'inconclusive') => {
    const expected = expectedOf(text === undefined ? undefined : parsed(text), verdict, both);
    return exitOfReport({ verdict, cancelled: false, expected });
  };

  it('is the verdict, unless something was expected', () => {
    expect([status(undefined, 'passed'), status(undefined, 'violated')]).toEqual([0, 1]);
    expect(status(undefined, 'inconclusive')).toBe(3);
    expect(status('violated:lock.exclusion', 'violated')).toBe(0);
    expect(status('passed', 'violated')).toBe(1);
    expect(status('passed', 'inconclusive')).toBe(3);
  });

  it('is 3 for what was cancelled, whatever had been found', () => {
    expect(exitOfReport({ verdict: 'violated', cancelled: true, expected: undefined })).toBe(3);
  });
});
