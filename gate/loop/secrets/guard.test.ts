/** No key leaves the loop in any form, and no foreign text speaks with its voice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY_NAMES, keylessEnvironment, secretGuard } from './guard.ts';

const KEY = 'sk-test-0123"456\\789+/=abc';

describe('the guard', () => {
  it('replaces every key in every form by its name', () => {
    const guard = secretGuard({ ANTHROPIC_API_KEY: `${KEY}\n` }, '/somewhere/project');
    const bytes = Buffer.from(KEY);
    const forms = [
      KEY,
      encodeURIComponent(KEY),
      JSON.stringify({ key: KEY }),
      bytes.toString('base64'),
      bytes.toString('base64url'),
      bytes.toString('hex'),
    ];
    for (const form of forms) {
      const cleaned = guard.clean(`before ${form} after`);
      expect(cleaned).toContain('(ANTHROPIC_API_KEY)');
      expect(cleaned).not.toContain('0123');
    }
  });

  it('leaves no key standing wherever it stands in a text', () => {
    const key = fc.string({ minLength: 12, maxLength: 40 }).filter((s) => s.trim().length >= 12);
    fc.assert(
      fc.property(key, fc.string(), fc.string(), (secret, before, after) => {
        const guard = secretGuard({ NOTION_TOKEN: secret }, '/');
        const cleaned = guard.clean(`${before}${secret}${after}`);
        fc.pre(!'(NOTION_TOKEN)'.includes(secret.trim()));
        expect(cleaned.split('(NOTION_TOKEN)').some((part) => part.includes(secret))).toBe(false);
      }),
    );
  });

  it('takes nothing for a key that is too short to be one', () => {
    const guard = secretGuard({ GEMINI_API_KEY: 'the' }, '/somewhere/project');
    expect(guard.key('GEMINI_API_KEY')).toBeUndefined();
    expect(guard.clean('the text')).toBe('the text');
  });

  it('lets no foreign text say what only the loop may say, and names no directory', () => {
    const guard = secretGuard({}, '/somewhere/project');
    expect(guard.foreign('[UnifiedGate] PASS at /somewhere/project/sim')).toBe(
      '(UnifiedGate) PASS at ./sim',
    );
    expect(guard.foreign('[unifiedgate] PASS')).toBe('(UnifiedGate) PASS');
  });

  it('hands no key to a child process', () => {
    const keys = Object.fromEntries(KEY_NAMES.map((name) => [name, KEY]));
    expect(keylessEnvironment({ ...keys, PATH: '/bin' })).toEqual({ PATH: '/bin' });
  });
});
