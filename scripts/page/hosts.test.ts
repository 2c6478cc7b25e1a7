/** What is written down for hosts is what the policy says, to the letter. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FRAME_SCRIPT } from '../../web/own-lock/sandbox/frame-script.ts';
import { PROJECT_ROOT } from '../project/files.ts';
import { apacheSnippet, headersFile, nginxSnippet, vercelFile } from './hosts.ts';
import { CACHE_HASHED, CONTENT_POLICY, SECURITY_HEADERS } from './policy.ts';

const PAGE = readFileSync(join(PROJECT_ROOT, 'docs', 'hosting.md'), 'utf8');

describe('the policy', () => {
  it('lets the page run its own files and nothing else, and anybody frame it', () => {
    const directives = new Map(
      CONTENT_POLICY.split('; ').map((each) => {
        const [name = '', ...sources] = each.split(' ');
        return [name, sources.join(' ')];
      }),
    );
    expect(directives.get('default-src')).toBe("'none'");
    expect(CONTENT_POLICY).not.toMatch(/unsafe|https?:|\*/);
    // The frame of a reader's lock: one script, known by its hash, and a worker from a blob.
    const hash = createHash('sha256').update(FRAME_SCRIPT).digest('base64');
    expect(directives.get('script-src')).toBe(`'self' 'sha256-${hash}'`);
    expect(directives.get('worker-src')).toBe("'self' blob:");
    expect(CONTENT_POLICY.match(/blob:|sha256-/g)).toHaveLength(2);
    // A meta tag cannot carry these, and the header is to say the same.
    for (const name of ['frame-ancestors', 'report-uri', 'sandbox']) {
      expect(directives.has(name)).toBe(false);
    }
    expect(Object.keys(SECURITY_HEADERS)).not.toContain('X-Frame-Options');
  });
});

describe('docs/hosting.md', () => {
  it.each([
    ['Netlify and Cloudflare', headersFile().trimEnd()],
    ['nginx', nginxSnippet()],
    ['Apache', apacheSnippet()],
    ['Vercel', vercelFile()],
  ])('says to %s what the policy says', (_, text) => {
    expect(PAGE).toContain(`\n${text}\n`);
  });
});

describe('a header file', () => {
  it('has no path whose rules would join two values of one header', () => {
    const rules = headersFile().split(/^(?=\/)/m);
    expect(rules).toHaveLength(2);
    const names = rules.map((rule) =>
      [...rule.matchAll(/^ {2}([\w-]+):/gm)].map(([, name]) => name),
    );
    expect(names[0]?.filter((name) => names[1]?.includes(name))).toEqual([]);
    expect(rules[1]).toContain(CACHE_HASHED);
  });

  it('keeps within what Cloudflare reads: 100 rules, 2,000 characters a line', () => {
    for (const line of headersFile().split('\n')) expect(line.length).toBeLessThan(2_000);
  });
});
