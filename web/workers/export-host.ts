/**
 * Writes a run or a log as a file: repeats it from its beginning and hands each piece on. A
 * recording cannot be repeated: its trace comes with the request.
 *
 * Memory does not grow with the run. Invariant: the file is handed over only if the repetition is
 * the one that the page shows, by its digest or, of a log, by its size and its events.
 */
import {
  assert,
  assertUnreachable,
  compilePatterns,
  decodeSchedule,
  formatLink,
  LogCheck,
  logFile,
  perfettoFile,
  promisedDigest,
  ReplayRun,
  Run,
  runDocument,
  type RunFile,
  runReservations,
  type RunResult,
  type Scenario,
  withReservations,
} from '../../sim/index.ts';
import { EventCsv } from '../export/event-csv.ts';
import type {
  ExportAnswer,
  ExportProgress,
  ExportRequest,
  LogEventsExport,
  RecordingExport,
  RunExport,
  RunFormat,
} from './export-contract.ts';
import { ExportSink } from './export-sink.ts';
import { chunksOf } from './log-chunks.ts';
import { segmentOf } from './outbox.ts';

type Tell = (progress: ExportProgress) => void;

/** What the host needs of the world around it. */
export interface ExportSurroundings {
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
  /** Lets the event loop turn, so that what was handed over can leave. */
  readonly turn: () => Promise<void>;
}

const STEPS_PER_TURN = 20_000;
const PROGRESS_EVERY_MS = 50;

const TYPES: Readonly<Record<RunFormat, string>> = {
  log: 'text/plain;charset=utf-8',
  json: 'application/json',
  perfetto: 'application/octet-stream',
  events: 'text/csv;charset=utf-8',
};

export class ExportHost {
  readonly #around: ExportSurroundings;
  #toldMs = -Infinity;

  constructor(around: ExportSurroundings) {
    this.#around = around;
  }

  /** Writes one file at a time. */
  write(request: ExportRequest, onProgress: Tell): Promise<ExportAnswer> {
    this.#toldMs = -Infinity;
    switch (request.kind) {
      case 'run':
        return this.#writeRun(request, onProgress);
      case 'recording':
        return this.#writeRecording(request, onProgress);
      case 'log-events':
        return this.#writeLog(request, onProgress);
      default:
        return assertUnreachable(request);
    }
  }

  async #writeRun(request: RunExport, onProgress: Tell): Promise<ExportAnswer> {
    const { stopped, digest } = request;
    const sink = new ExportSink();
    const taskNames: string[] = [];
    const { format, scenario } = request;
    const file = fileOf(format, scenario, taskNames, sink, (ended) => documentOf(request, ended));
    const run = runOf(request, file);
    taskNames.push(...run.taskNames);
    let left = stopped?.steps ?? Infinity;
    while (left > 0 && run.advance(Math.min(left, STEPS_PER_TURN))) {
      left -= STEPS_PER_TURN;
      this.#tell({ done: run.progress() / (stopped?.judged ?? 1), bytes: sink.bytes }, onProgress);
      await this.#around.turn();
      if (!(await sink.isHeld())) return { kind: 'no-room', bytes: sink.bytes };
    }
    run.cancel();
    const result = run.result();
    if (result.digest !== digest) {
      return { kind: 'other-run', expected: digest, got: result.digest };
    }
    file.finish(result);
    return handOver(sink, TYPES[request.format]);
  }

  async #writeRecording(request: RecordingExport, onProgress: Tell): Promise<ExportAnswer> {
    const { result, segments, format } = request;
    const sink = new ExportSink();
    const file = fileOf(format, result.scenario, result.taskNames, sink, () =>
      recordingDocument(request),
    );
    let done = 0;
    for (const segment of segments) {
      file.read(segmentOf(segment));
      done += 1;
      this.#tell({ done: done / segments.length, bytes: sink.bytes }, onProgress);
      if (!(await sink.isHeld())) return { kind: 'no-room', bytes: sink.bytes };
    }
    file.finish(result);
    return handOver(sink, TYPES[format]);
  }

  async #writeLog(request: LogEventsExport, onProgress: Tell): Promise<ExportAnswer> {
    const { file, symbols, bytes } = request;
    const sink = new ExportSink();
    const csv = new EventCsv({ symbols, tasks: [] }, 'line', sink.text);
    const patterns = compilePatterns(request.patterns);
    assert(patterns.kind === 'ok', 'expected patterns that the log was judged with');
    const check = new LogCheck({ patterns: patterns.value, onEvent: csv.step });
    let read = 0;
    try {
      for await (const chunk of chunksOf(file.slice(0, bytes))) {
        read += chunk.byteLength;
        check.push(chunk);
        this.#tell({ done: read / bytes, bytes: sink.bytes }, onProgress);
        if (!(await sink.isHeld())) return { kind: 'no-room', bytes: sink.bytes };
      }
    } catch (cause) {
      return { kind: 'other-log', reason: cause instanceof Error ? cause.message : String(cause) };
    }
    if (read !== bytes || check.events !== request.events) {
      const expected = `${request.events} events in ${bytes} bytes`;
      const reason = `expected ${expected}, got ${check.events} in ${read}`;
      return { kind: 'other-log', reason };
    }
    csv.finish();
    return handOver(sink, TYPES.events);
  }

  #tell(progress: ExportProgress, onProgress: Tell): void {
    const nowMs = this.#around.nowMs();
    if (nowMs - this.#toldMs < PROGRESS_EVERY_MS) return;
    this.#toldMs = nowMs;
    onProgress({ ...progress, done: Math.min(1, progress.done) });
  }
}

/** The run itself, or its replay under the schedule of the request. */
function runOf({ scenario, schedule }: RunExport, { read }: RunFile): Run | ReplayRun {
  const options = { keepTrace: false, readers: [read] };
  if (schedule === undefined) return new Run(scenario, options);
  const choices = decodeSchedule(schedule);
  assert(choices.kind === 'ok', 'expected the schedule of a run that was shown');
  return new ReplayRun(scenario, choices.value, options);
}

async function handOver(sink: ExportSink, type: string): Promise<ExportAnswer> {
  const file = await sink.finish(type);
  return file === undefined ? { kind: 'no-room', bytes: sink.bytes } : { kind: 'written', file };
}

/** A file in `format`, to be written while its run goes by. */
function fileOf(
  format: RunFormat,
  scenario: Scenario,
  taskNames: readonly string[],
  sink: ExportSink,
  document: (result: RunResult) => object,
): RunFile {
  switch (format) {
    case 'log':
      return logFile(scenario, taskNames, sink.text);
    case 'perfetto':
      return perfettoFile(scenario, taskNames, sink.write);
    case 'events': {
      const symbols = scenario.symbols.map(({ name }) => name);
      const csv = new EventCsv({ symbols, tasks: taskNames }, 'seq', sink.text);
      return { read: csv.read, finish: () => csv.finish() };
    }
    case 'json':
      return {
        read: () => undefined,
        finish: (result) => sink.text(`${JSON.stringify(document(result), null, 2)}\n`),
      };
    default:
      return assertUnreachable(format);
  }
}

/** What `lab run --out` writes as its result, with a link to this page. */
function documentOf(request: RunExport, result: RunResult): object {
  const { name, base, stopped, schedule } = request;
  const promised = promisedDigest(request.promised, result);
  const ending = { cancelled: stopped !== undefined, progress: stopped?.judged ?? 1 };
  const reservations = runReservations(result, ending, promised);
  const digest = result.complete ? result.digest : undefined;
  return runDocument({
    result,
    verdict: withReservations(result.verdict, reservations),
    name,
    ...ending,
    reservations,
    url: formatLink(base, { scenario: result.scenario, schedule, digest }),
    promised,
    expected: undefined,
  });
}

/** What the command line prints of a run in real time, as far as a page knows it. */
function recordingDocument({ result, judged, recorded, name, base }: RecordingExport): object {
  const ending = { cancelled: !result.complete, progress: judged };
  const reservations = runReservations(result, ending, undefined);
  return {
    ...runDocument({
      result,
      verdict: withReservations(result.verdict, reservations),
      name,
      ...ending,
      reservations,
      url: formatLink(base, { scenario: result.scenario }),
      promised: undefined,
      expected: undefined,
    }),
    source: 'live',
    replayable: false,
    recorded,
  };
}
