import { describe, expect, test } from 'vitest';
import { galleryEntry, LogCheck, Run, runScenario } from '../../sim/index.ts';
import type { JudgedLog } from './log-report.ts';
import { checksCsv } from './checks-csv.ts';
import { embedSnippet } from './embed-snippet.ts';
import { EventCsv } from './event-csv.ts';
import { exportItems } from './export-items.ts';
import { exportFileName } from './file-name.ts';
import type { SharedLog, SharedRun } from './share-subject.ts';
import { sizeText } from './size-text.ts';

const BASE = 'https://x.example/lab/';
const sentence = { word: 'Passed.', rest: '' };

function sharedRun(name: string): SharedRun {
  const { scenario, title } = galleryEntry(name);
  const result = runScenario(scenario, { keepTrace: false });
  const ended = { result, judged: 1, sentence };
  const nothing = {
    schedule: undefined,
    view: undefined,
    promised: undefined,
    recording: undefined,
  };
  return { kind: 'run', name, title, scenario, ...nothing, ended };
}

function sharedLog(text: string, cancelled = false): SharedLog {
  const check = new LogCheck();
  const bytes = new TextEncoder().encode(text);
  check.push(bytes);
  const { events } = check;
  const result = check.finish(cancelled);
  const bytesTotal = cancelled ? bytes.length * 2 : bytes.length;
  const progress = { bytes: bytes.length, bytesTotal, events, overlaps: 0 };
  const log: JudgedLog = { result, progress, cancelled, tookMs: 3 };
  return {
    kind: 'log',
    name: 'my engine.log',
    file: new Blob([text]),
    patterns: [],
    log,
    sentence,
  };
}

describe('the name of a file', () => {
  test('says the scenario and its seed', () => {
    const subject = { kind: 'run', name: 'escaping-lock', seed: 127 } as const;
    expect(exportFileName(subject, 'log')).toBe('interlock-escaping-lock-seed-127.log');
    expect(exportFileName(subject, 'checks')).toBe('interlock-escaping-lock-seed-127-checks.csv');
  });

  test.each([
    ['../../etc/passwd', 'interlock-etc-passwd-seed-1.json'],
    ['  My: "test" <1> ', 'interlock-my-test-1-seed-1.json'],
    ['参考 运行', 'interlock-参考-运行-seed-1.json'],
    ['***', 'interlock-scenario-seed-1.json'],
    ['a'.repeat(300), `interlock-${'a'.repeat(80)}-seed-1.json`],
  ])('of %j has nothing that a file system refuses', (name, expected) => {
    expect(exportFileName({ kind: 'run', name, seed: 1 }, 'json')).toBe(expected);
  });

  test('of a log leaves its ending out', () => {
    expect(exportFileName({ kind: 'log', name: 'engine.2026.log' }, 'events')).toBe(
      'interlock-engine-2026-events.csv',
    );
  });
});

describe('the files of a run', () => {
  test('are six, and none until it is over', () => {
    const run = sharedRun('reference');
    expect(exportItems(run, BASE).map(({ format }) => format)).toEqual([
      ...['log', 'json', 'perfetto', 'events', 'reconciliation', 'checks'],
    ]);
    expect(exportItems({ ...run, ended: undefined }, BASE)).toEqual([]);
  });

  test('that was stopped are asked for up to where it was stopped', () => {
    const { scenario } = galleryEntry('reference');
    const run = new Run(scenario, { keepTrace: false });
    run.advance(100);
    run.cancel();
    const ended = { result: run.result(), judged: 0.4, sentence };
    const [log] = exportItems({ ...sharedRun('reference'), ended }, BASE);
    expect(log?.making).toMatchObject({ request: { stopped: { steps: 100, judged: 0.4 } } });
  });

  test('under a schedule are asked for under the same', () => {
    const [log] = exportItems({ ...sharedRun('reference'), schedule: '0AB' }, BASE);
    expect(log?.making).toMatchObject({ request: { schedule: '0AB' } });
  });
});

describe('the files of a log', () => {
  const text = '[ZMQ_LOCK_ACQUIRE] [A] lock_id=1\n[ZMQ_LOCK_RELEASE] [A] lock_id=1\n';

  test('are what was judged: no run, no scenario, no reconciliation without totals', () => {
    const items = exportItems(sharedLog(text), BASE);
    expect(items.map(({ fileName }) => fileName)).toEqual([
      ...['interlock-my-engine.json', 'interlock-my-engine-events.csv'],
      'interlock-my-engine-checks.csv',
    ]);
  });

  test('have the report of the command line, cut short where the reading was', () => {
    const documentOf = (log: SharedLog): object => {
      const making = exportItems(log, BASE)[0]?.making;
      return JSON.parse(making?.kind === 'at-once' ? making.text() : '{}') as object;
    };
    expect(documentOf(sharedLog(text))).toMatchObject({
      verdict: 'passed',
      cancelled: false,
      lines: 2,
    });
    expect(documentOf(sharedLog(text, true))).toMatchObject({
      verdict: 'inconclusive',
      cancelled: true,
      progress: 0.5,
      reservations: ['Cancelled: only the first 50 % were judged.'],
    });
  });
});

test('the checks as CSV have a row each, with the place of the first finding', () => {
  const { checks } = runScenario(galleryEntry('escaping-lock').scenario, { keepTrace: false });
  const rows = checksCsv(checks).trimEnd().split('\r\n');
  expect(rows).toHaveLength(checks.length + 1);
  const exclusion = checks.find(({ id }) => id === 'lock.exclusion');
  const row = rows.find((each) => each.startsWith('lock.exclusion,')) ?? '';
  const at = exclusion?.evidence[0]?.at.at(-1);
  expect(row).toContain(`,violated,yes,${exclusion?.examined},${exclusion?.count},`);
  expect(row).toContain(`,${at?.seq},${at?.timeUs},maxHolders=`);
});

test('an event’s names are quoted and its numbers are not, however small', () => {
  let text = '';
  const csv = new EventCsv(
    { symbols: ['A,"B"'], tasks: ['=1+1'] },
    'seq',
    (piece) => (text += piece),
  );
  csv.step({
    ...{ kind: 20, seq: 0, timeUs: 5, task: 0, symbol: 0, object: 1, a: 3, b: 0 },
    value: -1.5e-7,
  });
  csv.finish();
  expect(text.split('\r\n')[1]).toBe(`0,5,metrics,"A,""B""",'=1+1,1,3,0,-1.5e-7,'-1.5e-7`);
});

test('a snippet shows the run alone, and a title cannot leave its attribute', () => {
  const snippet = embedSnippet(`${BASE}?a=1#s1=abc&d=0123`, 'x"><script>');
  expect(snippet).toContain(`src="${BASE}?a=1&amp;embed=1#s1=abc&amp;d=0123"`);
  expect(snippet).toContain('title="x&quot;&gt;&lt;script&gt;"');
});

test.each([
  [0, '0 B'],
  [43_383, '43 kB'],
  [1_250_000, '1.3 MB'],
  [1_200_000_000, '1.20 GB'],
])('%d bytes read as %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
