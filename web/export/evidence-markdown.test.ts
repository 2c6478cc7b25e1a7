import { describe, expect, test } from 'vitest';
import { galleryEntry, LogCheck, runScenario } from '../../sim/index.ts';
import { SHARE_EN } from '../format/words/share-en.ts';
import { SHARE_ZH } from '../format/words/share-zh.ts';
import { evidenceMarkdown, type EvidenceReport } from './evidence-markdown.ts';

const LINK = 'https://x.example/#s1=abc&d=0123456789abcdef';
const tell = ({ text }: { readonly text: string }): string => text;

function reportOf(name: string): EvidenceReport {
  const { scenario, title } = galleryEntry(name);
  const { checks, lock, pnl, digest } = runScenario(scenario, { keepTrace: false });
  const sentence = { word: 'Violated.', rest: 'All 150 pairs balance, yet …' };
  const { seed } = scenario;
  return { source: 'run', title, seed, sentence, checks, lock, pnl, digest, link: LINK };
}

function linesOf(report: EvidenceReport, words = SHARE_EN): string[] {
  return evidenceMarkdown(report, words, tell).split('\n');
}

describe('evidence as Markdown', () => {
  const escaping = reportOf('escaping-lock');
  const lines = linesOf(escaping);

  test('begins with what it is about and the verdict', () => {
    expect(lines[0]).toMatch(/^### Interlock: .+ \(seed \d+\)$/);
    expect(lines[2]).toBe('**Violated.** All 150 pairs balance, yet …');
  });

  test('has a row for each violated check, with counts, and for no other', () => {
    const violated = escaping.checks.filter(({ verdict }) => verdict === 'violated');
    const rows = lines.filter((line) => line.startsWith('| `'));
    expect(rows).toHaveLength(violated.length);
    violated.forEach(({ id, count, examined }, at) => {
      expect(rows[at]).toBe(`| \`${id}\` | violated | ${count} | ${examined} |`);
    });
  });

  test('gives the first finding of each with its time and event', () => {
    const exclusion = escaping.checks.find(({ id }) => id === 'lock.exclusion');
    const at = exclusion?.evidence[0]?.at.at(-1);
    const found = lines.find((line) => line.startsWith('- `lock.exclusion`'));
    expect(found).toContain(`event ${at?.seq}): `);
    expect(found).toContain(exclusion?.evidence[0]?.text.slice(0, 7));
  });

  test('ends in figures, digest and link', () => {
    expect(lines.at(-4)).toMatch(/^- PnL: ledger -?\d+\.\d\d, aggregator -?\d+\.\d\d, difference /);
    expect(lines.at(-5)).toMatch(
      /^- Lock: 150 acquisitions, 150 releases, at most 3 inside at once; held .+ ms within .+×\)$/,
    );
    expect(lines.at(-3)).toBe(`- Digest: \`${escaping.digest}\``);
    expect(lines.at(-2)).toBe(`- Repeat it: ${LINK}`);
    expect(lines.at(-1)).toBe('');
  });

  test('keeps every digit of an amount', () => {
    const drift = reportOf('float-drift');
    const line = linesOf(drift).find((each) => each.startsWith('- PnL'));
    expect(line).toContain(`difference ${drift.pnl?.difference}`);
    expect(drift.pnl?.difference.length).toBeGreaterThan(10);
  });

  test('of a run that passed has neither table nor findings', () => {
    const passed = linesOf(reportOf('reference'));
    expect(passed.join('\n')).not.toContain('|');
    expect(passed.filter((line) => line.startsWith('- `'))).toEqual([]);
  });

  test('speaks Chinese in its own words and keeps ids and figures', () => {
    const chinese = linesOf(escaping, SHARE_ZH).join('\n');
    expect(chinese).toContain('| 检查 | 结论 | 违例 | 检查次数 |');
    expect(chinese).toContain('| `lock.exclusion` | 未通过 |');
  });
});

describe('text that comes from elsewhere', () => {
  test('stays text: no table, code, link, mention, heading or line of its own', () => {
    const evil = '# a|b `c`\n- [x](http://y.example) <b>*d*</b> _e_ ~f~ $g$ @team \\ &amp;';
    const report = { ...reportOf('escaping-lock'), title: evil };
    const [heading = ''] = linesOf(report);
    expect(heading).toBe(
      '### Interlock: \\# a\\|b \\`c\\` - \\[x\\](http:\u200b//y.example) \\<b\\>\\*d\\*\\</b\\> ' +
        '\\_e\\_ \\~f\\~ \\$g\\$ @\u200bteam \\\\ &amp;amp; (seed ' +
        `${report.seed})`,
    );
  });

  test('of a log is named by its line, has no link and no digest', () => {
    const check = new LogCheck();
    const held = ['A', 'B|`'].map((who, at) => `[ZMQ_LOCK_ACQUIRE] [${who}] lock_id=${at}\n`);
    const freed = ['A', 'B|`'].map((who, at) => `[ZMQ_LOCK_RELEASE] [${who}] lock_id=${at}\n`);
    check.push(new TextEncoder().encode([...held, ...freed].join('')));
    const { checks, lock, pnl } = check.finish(false);
    const told = linesOf({
      source: 'log',
      title: 'engine.log',
      seed: undefined,
      sentence: { word: 'Violated.', rest: '' },
      checks,
      lock,
      pnl,
      digest: undefined,
      link: undefined,
    });
    expect(told[0]).toBe('### Interlock: engine.log');
    const found = told.find((line) => line.startsWith('- `lock.exclusion` (line 2): '));
    expect(found).toContain('B\\|\\`');
    expect(told.at(-2)).toBe(
      '- Lock: 2 acquisitions, 2 releases, at most 2 inside at once; holding times unknown',
    );
  });
});
