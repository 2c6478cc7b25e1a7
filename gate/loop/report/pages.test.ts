/** The report's pages hold what they should, and no text of others gets out of its place. */
import { describe, expect, it } from 'vitest';
import { runJson } from '../../testing/fake-shell.ts';
import { sampleReport } from '../testing/sample-report.ts';
import { githubLines } from './github.ts';
import { junitOf } from './junit.ts';
import { markdownOf } from './markdown.ts';
import type { Report } from './schema.ts';
import { seriesOf } from './series.ts';
import { lockSvg, pnlSvg } from './svg.ts';

const HOSTILE = '</testcase>]]> | `x` <script>&"\n## Verdict\n![a](http://x)\u0000\ud800';

function hostile(): Report {
  const report = sampleReport('FAIL', { reasons: [HOSTILE] });
  const stages = report.stages.map((stage) => ({ ...stage, reason: HOSTILE }));
  const finding = { severity: 'low', file: 'src/a.ts', line: 1, evidence: HOSTILE } as const;
  const review = {
    review: 'logic-review',
    source: 'asked',
    ...{ reviewer: 'Claude', model: HOSTILE, inputHash: '0'.repeat(64), files: [], bytes: 0 },
    verdict: 'pass',
    ...{ summary: HOSTILE, findings: [finding], attempts: 1 },
    tokens: { input: 1, output: 1 },
  } as const;
  return { ...report, stages, reviews: [review] };
}

describe('the page for people', () => {
  it('says the verdict first, and the times last', () => {
    const page = markdownOf(sampleReport('FAIL'), ['evidence/pictures/lock.svg']);
    const heads = page.split('\n').filter((line) => /^#|^`\[/.test(line));
    expect(heads[0]).toBe('# Verification of task 5');
    expect(heads[1]).toBe('`[UnifiedGate] FAIL BUILD: types: exit status 2`');
    expect(heads.at(-1)).toBe('## Times of this run');
    expect(page).toContain('at once](evidence/pictures/lock.svg)');
    expect(page).toContain('- evidence/pictures: [lock.svg](evidence/pictures/lock.svg)');
  });

  it('lets no text of others begin a heading, a row, a picture or markup', () => {
    const report = hostile();
    const page = markdownOf({ ...report, line: '[UnifiedGate] FAIL' }, []);
    expect(page).not.toMatch(/^## Verdict/m);
    expect(page).not.toMatch(/<script|!\[a\]/);
    const rows = page.split('\n').filter((line) => line.startsWith('| LOGIC-REVIEW'));
    expect(rows[0]?.replace(/\\\|/g, '').split('|')).toHaveLength(5);
  });
});

describe('junit.xml', () => {
  it('counts failures, errors and what was skipped, and stays well-formed', () => {
    const xml = junitOf(hostile());
    expect(xml).toContain('tests="10" failures="1" errors="0" skipped="0"');
    expect(xml.match(/<testcase /g)).toHaveLength(10);
    for (const part of ['\u0000', '\ud800', '<script']) expect(xml).not.toContain(part);
    const names = xml.match(/<(\w+)/g) ?? [];
    expect(new Set(names.filter((name) => name !== '<'))).toEqual(
      new Set(['<testsuites', '<testsuite', '<testcase', '<failure']),
    );
  });
});

describe('annotations', () => {
  it('are one line each, whatever was said', () => {
    const lines = githubLines(hostile());
    expect(lines.every((line) => /^::(error|warning|notice) [^\n]*$/.test(line))).toBe(true);
    expect(lines.at(-1)).toMatch(/^::notice file=src\/a\.ts,line=1,title=logic-review%3A low::/);
  });
});

describe('the pictures', () => {
  it('show the run that was archived, every hold of it', async () => {
    const { document } = await runJson(['run', 'escaping-lock']);
    const series = seriesOf(document['scenario'], String(document['digest']));
    if (series.kind === 'error') throw new Error(series.error);
    expect(series.value.holds).toHaveLength(150);
    const cents = (steps: readonly (readonly [number, number])[]) => steps.at(-1)?.[1];
    const { pnl } = document as { pnl: { ledgerTotal: string } };
    expect(cents(series.value.ledger)).toBe(Math.round(Number(pnl.ledgerTotal) * 100));
    const svg = lockSvg(series.value);
    expect(svg).toContain('150 holds of 3 symbols, at most 3 at once');
    expect(svg.match(/class="over"/g)?.length).toBeGreaterThan(0);
    expect(pnlSvg(series.value)).toContain('class="aggregator"');
  });

  it('are not drawn of another run, of a long one, or of none', async () => {
    const { document } = await runJson(['run', 'reference']);
    const scenario = document['scenario'] as { symbols: { signals: number }[] };
    expect(seriesOf(scenario, '0'.repeat(32))).toMatchObject({ kind: 'error' });
    const [symbol] = scenario.symbols;
    const long = { ...scenario, symbols: [{ ...symbol, signals: 20_001 }] };
    expect(seriesOf(long, '')).toMatchObject({ error: 'the run is too long for a small picture' });
    expect(seriesOf({}, '')).toMatchObject({ kind: 'error' });
  });
});
