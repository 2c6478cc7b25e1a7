/** The token is a run's own, the code works once, and neither can be guessed at leisure. */
import { describe, expect, it } from 'vitest';
import { Secrets } from './secrets.ts';

/** Secrets with the codes that they showed, and a clock that stands unless it is moved. */
function make() {
  const codes: string[] = [];
  const clock = { ms: 0 };
  const secrets = new Secrets(
    (code) => codes.push(code),
    () => clock.ms,
  );
  return { secrets, codes, clock };
}

describe('a pairing code', () => {
  it('is exchanged for a token of 256 bits, once, however it is typed', () => {
    const { secrets, codes } = make();
    expect(codes[0]).toMatch(/^[2-9A-HJ-NP-TV-Z]{4}-[2-9A-HJ-NP-TV-Z]{4}$/);
    const typed = ` ${(codes[0] ?? '').replace('-', '').toLowerCase()} `;
    const paired = secrets.pair(typed);
    if (paired.kind !== 'paired') throw new Error('expected to be paired');
    expect(Buffer.from(paired.token, 'base64url')).toHaveLength(32);
    expect(secrets.isToken(paired.token)).toBe(true);
    expect(secrets.pair(typed)).toEqual({ kind: 'wrong' });
    expect(codes).toHaveLength(2);
  });

  it('is replaced after five wrong tries, and tries are few', () => {
    const { secrets, codes, clock } = make();
    const kinds = Array.from({ length: 6 }, () => secrets.pair('AAAAAAAA').kind);
    expect(kinds).toEqual([...Array<string>(5).fill('wrong'), 'too-often']);
    expect(codes).toHaveLength(2);
    clock.ms = 1_000;
    expect(secrets.pair(codes[0] ?? '').kind).toBe('wrong');
    clock.ms = 2_000;
    expect(secrets.pair(codes[1] ?? '').kind).toBe('paired');
  });
});

describe('a token', () => {
  it('is another in each run, and nothing near it is one', () => {
    const [one, two] = [make(), make()];
    const paired = one.secrets.pair(one.codes[0] ?? '');
    if (paired.kind !== 'paired') throw new Error('expected to be paired');
    const { token } = paired;
    for (const wrong of ['', token.slice(1), `${token}A`, token.toLowerCase(), one.codes[0]]) {
      expect(one.secrets.isToken(wrong ?? '')).toBe(false);
    }
    expect(two.secrets.isToken(token)).toBe(false);
  });
});
