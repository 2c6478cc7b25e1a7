import { describe, expect, test } from 'vitest';
import { CARDS } from './cards.ts';
import { acceptanceTable, GALLERY, galleryEntry, runScenario } from '../../sim/index.ts';
import { CLAIMS } from '../workers/claims.ts';
import { type Outcome, outcomeOfRun } from '../state/outcome.ts';
import { acceptanceText } from './acceptance-text.ts';
import { claimOf, evidenceText, titleOf } from './core-text.ts';
import { CORE_ZH } from './core-zh.ts';
import { reconciliationCsv } from './csv.ts';
import { integer, money, ms, percent, wholePercent } from './figures.ts';
import { verdictSentence } from './verdict-sentence.ts';
import { EN, LANGUAGES, loadWords } from './words.ts';
import { ZH } from './words-zh.ts';

function outcomeOf(name: string, judged = 1): Outcome {
  const result = runScenario(galleryEntry(name).scenario, { keepTrace: false });
  const acceptance = acceptanceTable(result);
  const said = { kind: 'finished', run: 1, result, acceptance, claims: CLAIMS } as const;
  const outcome = outcomeOfRun(said, judged, false);
  return { ...outcome, judged };
}

describe('the acceptance table in Chinese', () => {
  const short = GALLERY.filter(({ name, long }) => !long && !name.endsWith('-repaired'));
  test.each(short.map(({ name }) => name))(
    'leaves nothing of %s in English but units and names',
    (name) => {
      for (const { target, measured } of outcomeOf(name).acceptance) {
        for (const said of [target, measured]) {
          expect(acceptanceText(said, EN)).toBe(said);
          const told = acceptanceText(said, ZH).replace(
            /\bms\b|\[UnifiedGate\] PASS|e[+-]\d+/g,
            '',
          );
          expect(told, said).not.toMatch(/[A-Za-z]/);
        }
      }
    },
  );
});

describe('figures', () => {
  test('keep every digit', () => {
    expect(integer(12_408)).toBe('12,408');
    expect(ms(2_558_696)).toBe('2,558.696');
    expect(ms(0)).toBe('0');
    expect(money('-1510.26')).toBe('\u22121,510.26');
    expect(money('0.1000000000000000055511')).toBe('0.1000000000000000055511');
  });

  test('never say all before it is', () => {
    expect(wholePercent(0.9999)).toBe(99);
    expect(wholePercent(1)).toBe(100);
    expect(percent(0, 0)).toBe('–');
  });
});

describe('the verdict in a sentence', () => {
  test('names pairs that balance and holders that do not', () => {
    const { word, rest } = verdictSentence(outcomeOf('escaping-lock'), EN, undefined);
    expect(word).toBe('Violated.');
    expect(rest).toMatch(/^All 150 pairs balance, yet 148 acquisitions began while .* At most 3 /);
  });

  test('never calls a passed run a proof', () => {
    const outcome = outcomeOf('reference');
    expect(verdictSentence(outcome, EN, true).rest).toContain('Not a proof.');
    expect(verdictSentence(outcome, ZH, true).rest).toContain('这不是证明');
  });

  test('says what was not judged, and that a link promised another run', () => {
    const { rest } = verdictSentence(outcomeOf('reference', 0.41), EN, false);
    expect(rest).toContain('first 41 %');
    expect(rest).toContain('digest differs');
  });
});

describe('the Chinese catalogue', () => {
  test('has every gap of every template that it translates', () => {
    const gaps = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const [template, translated] of Object.entries(CORE_ZH.evidence)) {
      expect(gaps(translated ?? ''), template).toEqual(gaps(template));
    }
  });

  test('translates templates that the core really uses', () => {
    const used = new Set(
      ['escaping-lock', 'barging-lock', 'crossed-locks', 'lost-on-error', 'retry-duplicates-order']
        .flatMap((name) => outcomeOf(name).checks)
        .flatMap(({ evidence }) => evidence.map(({ template }) => template)),
    );
    expect(
      [...used].filter((template) => CORE_ZH.evidence[template] !== undefined).length,
    ).toBeGreaterThan(4);
  });

  test('fills its gaps and falls back to English', () => {
    const at: never[] = [];
    const evidence = { template: 'No {such}.', values: { such: 'thing' }, text: 'No thing.', at };
    expect(evidenceText(evidence, ZH)).toBe('No thing.');
    const [told] =
      outcomeOf('escaping-lock').checks.find(({ id }) => id === 'lock.exclusion')?.evidence ?? [];
    expect(told && evidenceText(told, ZH)).toMatch(/^ETHUSD\.s 在 0 毫秒进入套接字/);
  });

  test('has a title for every scenario and a claim for every check', () => {
    for (const card of CARDS) expect(titleOf(card, ZH), card.name).not.toBe(card.title);
    for (const { id } of outcomeOf('reference').checks) {
      expect(claimOf(id, CLAIMS, ZH), id).not.toBe(CLAIMS[id]);
      expect(claimOf(id, CLAIMS, EN), id).toBe(CLAIMS[id]);
    }
  });

  test('speaks of every scenario of the gallery as the core does', () => {
    const told = GALLERY.map(({ name, title, twin, expect: expected, long }) => ({
      ...{ name, title, twin, expect: expected, long },
    }));
    const cards = CARDS.map(({ name, title, twin, expect: expected, long }) => ({
      ...{ name, title, twin, expect: expected, long },
    }));
    expect(cards).toEqual(told);
  });

  test('leaves nothing empty', async () => {
    for (const language of LANGUAGES) {
      expect(JSON.stringify(await loadWords(language))).not.toContain('""');
    }
  });
});

test('a table as CSV has a row a symbol, the total, and all digits', () => {
  const { pnl } = outcomeOf('snapshot-gap');
  const rows = pnl === undefined ? [] : reconciliationCsv(pnl, false).trimEnd().split('\r\n');
  expect(rows).toHaveLength(5);
  expect(rows.at(-1)).toBe(
    `total,${pnl?.ledgerTotal},${pnl?.aggregatorTotal},${pnl?.difference},,,`,
  );
});

test('a log’s table has no exposure, which no log records', () => {
  const { pnl } = outcomeOf('snapshot-gap');
  const rows = pnl === undefined ? [] : reconciliationCsv(pnl, true).trimEnd().split('\r\n');
  expect(rows.slice(1).every((row) => row.endsWith(','))).toBe(true);
});

test('figures in a finding are grouped, numbers that name something are not', () => {
  const at: never[] = [];
  const values = { order: 1234, ms: '12408.5', ledger: '-3714.76' };
  const evidence = { template: '{order} {ms} {ledger}', values, text: '', at };
  expect(evidenceText(evidence, EN)).toBe('1234 12,408.5 \u22123,714.76');
});
