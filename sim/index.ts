/**
 * The only door into the core: what the command line, the page, the bridge and the benchmarks use.
 */
export { assert, assertExists, assertUnreachable, AssertionError } from './base/assert.ts';
export { GrowingBits } from './base/growing-bits.ts';
export { formatCents } from './base/format-cents.ts';
export { Decimal } from './base/money.ts';
export { RandomStream } from './base/random.ts';
export type { Problem, Result } from './base/result.ts';
export { Tally } from './base/tally.ts';
export { formatDuration, formatMs, US_PER_MS, US_PER_S } from './base/time.ts';
export {
  CHECK_IDS,
  type CheckId,
  type CheckResult,
  type Evidence,
  type Verdict,
} from './check/contract.ts';
export { CHECKS } from './check/checks/index.ts';
export { Kernel } from './kernel/kernel.ts';
export { fifoOracle, type Option, type Oracle } from './kernel/oracle.ts';
export { park, sleep, type TaskBody, type TaskRef } from './kernel/task.ts';
export { LockGuard } from './locks/guard.ts';
export { LOCK_NAMES, type LockName, LOCKS } from './locks/index.ts';
export { ZOO, type ZooEntry } from './locks/zoo.ts';
export { type LockStats, type Percentiles, type SymbolLockStats } from './metrics/lock-stats.ts';
export type {
  MissingUpdate,
  Reconciliation,
  SymbolReconciliation,
} from './metrics/reconciliation.ts';
export { type AcceptanceRow, acceptanceTable } from './run/acceptance.ts';
export { LogCheck, type LogResult } from './run/check-log.ts';
export {
  logDocument,
  type LogTold,
  type PromisedDigest,
  runDocument,
  type RunTold,
} from './run/document.ts';
export {
  cutReservation,
  promisedDigest,
  runReservations,
  wholePercent,
  withReservations,
} from './run/reservations.ts';
export type { RunResult } from './run/result.ts';
export { Run, type RunOptions, runScenario } from './run/run.ts';
export { logFile, perfettoFile, type RunFile } from './run/run-files.ts';
export { withoutDefaults, writeJson } from './scenario/codec/canonical.ts';
export { formatLink, type Link, type LinkParts, parseLink } from './scenario/codec/link.ts';
export { parseScenario, parseScenarioText, type ScenarioProblem } from './scenario/codec/parse.ts';
export {
  choicesOf,
  defaultOf,
  isRecord,
  limitOf,
  type Schema,
  type Shape,
  shapeOf,
} from './scenario/codec/shape.ts';
export type { FieldProblem } from './scenario/codec/structure.ts';
export { findEntry, GALLERY, galleryEntry, type GalleryEntry } from './scenario/gallery/index.ts';
export { type Scenario, type ScenarioInput, scenarioSchema } from './scenario/schema.ts';
export { TraceDigest } from './trace/digest.ts';
export {
  EventKind,
  eventName,
  type EventName,
  type EventRef,
  type EventView,
  NONE,
  ObjectId,
  type TraceEvent,
} from './trace/event.ts';
export { plainText } from './trace/log/line-scanner.ts';
export {
  compilePatterns,
  type LogPattern,
  PATTERN_KINDS,
  type PatternKind,
  type PatternMatch,
} from './trace/log/pattern.ts';
export { type LogOptions, LogWriter } from './trace/log/writer.ts';
export { PerfettoExport, type PerfettoMark, type PerfettoOptions } from './trace/perfetto.ts';
export { Recorder, type SegmentReader } from './trace/recorder.ts';
export { eventsOf, newView, packHead, readEvent, Segment } from './trace/segment.ts';
