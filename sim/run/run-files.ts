/**
 * A run as files that other tools read: the reference's log, and a trace for Perfetto.
 *
 * Both are written while the run goes by, in pieces, so a day of ticks needs the memory of a
 * minute. The names of the run's tasks may be filled in after the file was begun, as long as that
 * is before the first event.
 */
import type { Scenario } from '../scenario/schema.ts';
import { LogWriter } from '../trace/log/writer.ts';
import { PerfettoExport, type PerfettoMark } from '../trace/perfetto.ts';
import type { SegmentReader } from '../trace/recorder.ts';
import type { RunResult } from './result.ts';

/** A file that grows while a run goes by. */
export interface RunFile {
  readonly read: SegmentReader;
  /** Writes its end; call once, with the result of the run. */
  readonly finish: (result: RunResult) => void;
}

/** The run's log; the pieces joined are its text. */
export function logFile(
  scenario: Scenario,
  taskNames: readonly string[],
  emit: (piece: string) => void,
): RunFile {
  const { epochMs, seed } = scenario;
  const writer = new LogWriter({ symbolNames: namesOf(scenario), taskNames, epochMs, seed }, emit);
  return { read: writer.read, finish: () => writer.finish() };
}

/** The run for Perfetto, with a mark at every place that the evidence of a violation speaks of. */
export function perfettoFile(
  scenario: Scenario,
  taskNames: readonly string[],
  emit: (piece: Uint8Array) => void,
): RunFile {
  const { title } = scenario;
  const trace = new PerfettoExport({ title, symbolNames: namesOf(scenario), taskNames }, emit);
  return { read: trace.read, finish: (result) => trace.finish(marksOf(result)) };
}

function namesOf(scenario: Scenario): string[] {
  return scenario.symbols.map((symbol) => symbol.name);
}

function marksOf(result: RunResult): PerfettoMark[] {
  return result.checks
    .filter((check) => check.verdict === 'violated')
    .flatMap((check) => check.evidence)
    .flatMap(({ text, at }) => at.slice(-1).map((ref) => ({ text, at: ref })));
}
