import { describe, expect, test } from 'vitest';
import {
  encodeSchedule,
  GALLERY,
  galleryEntry,
  LogCheck,
  type LogResult,
  logFile,
  perfettoFile,
  ReplayRun,
  Run,
  type RunFile,
  type RunResult,
  runScenario,
  type Scenario,
} from '../../sim/index.ts';
import {
  type ExportAnswer,
  type ExportProgress,
  type RecordingExport,
  RUN_FORMATS,
  type RunExport,
  type RunFormat,
} from './export-contract.ts';
import { ExportHost } from './export-host.ts';

const logs: Record<string, string> = import.meta.glob(
  '../../fixtures/logs/asyncio-escaping-lock.log',
  { query: '?raw', import: 'default', eager: true },
);
const [logText = ''] = Object.values(logs);

const SHORT = GALLERY.filter(({ long }) => long !== true).map(({ name }) => name);
const host = (): ExportHost => {
  let clockMs = 0;
  return new ExportHost({ nowMs: () => (clockMs += 60), turn: () => Promise.resolve() });
};

function requestOf(format: RunFormat, result: RunResult, name: string): RunExport {
  return {
    kind: 'run',
    format,
    scenario: result.scenario,
    schedule: undefined,
    digest: result.digest,
    stopped: undefined,
    name,
    base: 'https://x.example/',
    promised: undefined,
  };
}

async function fileOf(request: RunExport): Promise<Uint8Array> {
  const answer = await host().write(request, () => undefined);
  return bytesOf(answer);
}

async function bytesOf(answer: ExportAnswer): Promise<Uint8Array> {
  if (answer.kind !== 'written') throw new Error(`expected a file, got ${answer.kind}`);
  return new Uint8Array(await answer.file.arrayBuffer());
}

/** What the command line's own writer makes of a scenario. */
function written(
  scenario: Scenario,
  begin: (names: readonly string[], emit: (piece: string | Uint8Array) => void) => RunFile,
): Uint8Array {
  const names: string[] = [];
  const pieces: Uint8Array[] = [];
  const file = begin(names, (piece) => {
    pieces.push(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
  });
  const run = new Run(scenario, { keepTrace: false, readers: [file.read] });
  names.push(...run.taskNames);
  while (run.advance(Number.MAX_SAFE_INTEGER));
  file.finish(run.result());
  return joined(pieces);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Whether two files are the same; comparing them by `toEqual` takes seconds. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function judged(bytes: Uint8Array): LogResult {
  const check = new LogCheck();
  check.push(bytes);
  return check.finish(false);
}

const LOCK_CHECKS = ['lock.pairing', 'lock.exclusion', 'lock.ownership'];
/** What is wrong there is the lock's own release, of which a log of its use says nothing. */
const RELEASES = ['double-release', 'lost-on-error'];

function verdictOf({ checks }: Pick<RunResult, 'checks'>, id: string): string | undefined {
  return checks.find((check) => check.id === id)?.verdict;
}

describe.each(SHORT)('an export of %s', (name) => {
  const { scenario } = galleryEntry(name);
  const result = runScenario(scenario, { keepTrace: false });

  test('as a log has the bytes of the command line’s, and the run’s lock verdicts', async () => {
    const bytes = await fileOf(requestOf('log', result, name));
    const ours = written(scenario, (names, emit) => logFile(scenario, names, emit));
    expect(isSame(bytes, ours)).toBe(true);
    const log = judged(bytes);
    for (const id of LOCK_CHECKS) {
      const [ofRun, ofLog] = [result, log].map((each) => verdictOf(each, id));
      // A log that shows no hold, or ends within one, leaves open what it does not show.
      const isWhole = result.lock.acquires > 0 && result.lock.acquires === result.lock.releases;
      const isUnseen = id === 'lock.pairing' && RELEASES.includes(name);
      if (isUnseen) expect([id, ofLog]).toEqual([id, 'passed']);
      else if (isWhole || ofLog !== 'inconclusive') expect([id, ofLog]).toEqual([id, ofRun]);
    }
    expect(log.lock).toMatchObject({
      acquires: result.lock.acquires,
      releases: result.lock.releases,
      maxHolders: result.lock.maxHolders,
    });
  });

  test('for Perfetto has the bytes of the command line’s', async () => {
    const bytes = await fileOf(requestOf('perfetto', result, name));
    const ours = written(scenario, (names, emit) => perfettoFile(scenario, names, emit));
    expect(isSame(bytes, ours)).toBe(true);
  });
});

describe('an export', () => {
  const scenario = galleryEntry('escaping-lock').scenario;
  const result = runScenario(scenario, { keepTrace: false });
  const request = (format: RunFormat): RunExport => requestOf(format, result, 'escaping-lock');

  test('as CSV has a row an event, numbered from 0 on', async () => {
    const rows = textOf(await fileOf(request('events')))
      .trimEnd()
      .split('\r\n');
    expect(rows).toHaveLength(result.events + 1);
    expect(rows[0]).toBe('seq,time_us,event,symbol,task,object,a,b,value,detail');
    rows.slice(1).forEach((row, at) => expect(row.startsWith(`${at},`)).toBe(true));
  });

  test('as JSON is the document of the run, with a link to this page', async () => {
    const text = textOf(await fileOf(request('json')));
    expect(JSON.parse(text)).toMatchObject({
      verdict: 'violated',
      digest: result.digest,
      name: 'escaping-lock',
      lock: { acquires: 150 },
      url: expect.stringMatching(/^https:\/\/x\.example\/#s1=\S+&d=[0-9a-f]{16}$/) as string,
      promisedDigest: null,
    });
  });

  test('of a run that is not the one shown hands over nothing', async () => {
    const digest = '0'.repeat(32);
    const answer = await host().write({ ...request('log'), digest }, () => undefined);
    expect(answer).toEqual({ kind: 'other-run', expected: digest, got: result.digest });
  });

  test('of a replay is the run under its schedule', async () => {
    const schedule = [{ at: 1, pick: 1 }];
    const run = new ReplayRun(scenario, schedule, { keepTrace: false });
    while (run.advance(10_000));
    const replayed = run.result();
    expect(replayed.digest).not.toBe(result.digest);
    const text = encodeSchedule(schedule);
    const told = { ...requestOf('json', replayed, 'link'), schedule: text };
    const document = JSON.parse(textOf(await fileOf(told))) as object;
    expect(document).toMatchObject({
      digest: replayed.digest,
      url: expect.stringContaining(`&p=${text}&d=`) as string,
    });
  });

  test('of a run that was stopped ends where it was stopped', async () => {
    const run = new Run(scenario, { keepTrace: false });
    run.advance(300);
    const share = run.progress();
    run.cancel();
    const part = run.result();
    const stopped = { steps: part.steps, judged: share };
    const told = { ...requestOf('json', part, 'escaping-lock'), stopped };
    const document = JSON.parse(textOf(await fileOf(told))) as object;
    expect(document).toMatchObject({
      digest: part.digest,
      complete: false,
      cancelled: true,
      reservations: [expect.stringContaining('Cancelled: only the first') as string],
    });
  });

  test('tells how far it is, never going back', async () => {
    const heard: ExportProgress[] = [];
    const symbols = scenario.symbols.map((each) => ({ ...each, signals: 30_000 }));
    const long = { ...scenario, symbols };
    const { digest } = runScenario(long, { keepTrace: false });
    const told = { ...request('log'), scenario: long, digest };
    await host().write(told, (progress) => heard.push(progress));
    expect(heard.length).toBeGreaterThan(1);
    const done = heard.map((progress) => progress.done);
    expect(done).toEqual([...done].sort((x, y) => x - y));
    expect(heard.at(-1)?.bytes).toBeGreaterThan(0);
  });
});

describe('an export of a log’s events', () => {
  const file = new Blob([logText]);
  const result = judged(new TextEncoder().encode(logText));
  const request = {
    kind: 'log-events',
    file,
    patterns: [],
    symbols: result.symbolNames,
    bytes: file.size,
    events: result.events,
  } as const;

  test('has a row an event with its line', async () => {
    const text = textOf(await bytesOf(await host().write(request, () => undefined)));
    const rows = text.trimEnd().split('\r\n');
    expect(rows).toHaveLength(result.events + 1);
    const [line = '', , event, symbol] = rows[1]?.split(',') ?? [];
    expect(logText.split('\n')[Number(line) - 1]).toContain('[ZMQ_LOCK_ACQUIRE]');
    expect([event, symbol]).toEqual(['enter', result.symbolNames[0]]);
  });

  test('that is another by now hands over nothing', async () => {
    const other = new Blob([logText.replace('ZMQ_LOCK_ACQUIRE', 'ZMQ_LOCK_XXXXXXX')]);
    expect((await host().write({ ...request, file: other }, () => undefined)).kind).toBe(
      'other-log',
    );
    const shorter = new Blob([logText.slice(0, 1_000)]);
    expect((await host().write({ ...request, file: shorter }, () => undefined)).kind).toBe(
      'other-log',
    );
  });
});

test('a recording is written from its own trace, in every format, as the run itself would be', async () => {
  const result = runScenario(galleryEntry('escaping-lock').scenario, { keepTrace: true });
  const { segments, ...told } = result;
  const recorded: RecordingExport['recorded'] = {
    ...{ lockAt: 'worker', end: 'simulated', clockErrorUs: 90, intervals: [] },
    ...{ unknown: [], lost: [] },
  };
  const request = (format: RunFormat): RecordingExport => ({
    ...{ kind: 'recording', format, judged: 1, recorded },
    ...{ result: { ...told, segments: [] }, name: 'escaping-lock', base: 'https://x.example/' },
    segments: segments.map((segment) => ({
      ...{ firstSeq: segment.firstSeq, size: segment.size },
      buffer: segment.head.buffer as ArrayBuffer,
    })),
  });
  for (const format of RUN_FORMATS) {
    const bytes = await bytesOf(await host().write(request(format), () => undefined));
    if (format === 'json') {
      const document = JSON.parse(textOf(bytes)) as Record<string, unknown>;
      expect(document).toMatchObject({ source: 'live', replayable: false, digest: result.digest });
      expect(document['url']).not.toContain('&d=');
    } else {
      const same = await fileOf(requestOf(format, result, 'escaping-lock'));
      expect(isSame(bytes, same), format).toBe(true);
    }
  }
});
