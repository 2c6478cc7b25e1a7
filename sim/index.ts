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
export { EXPLORED, LIVE, LIVE_UNGUARDED } from './check/sources.ts';
export type { Attempt } from './explore/attempt.ts';
export {
  AsyncLockSubject,
  type AsyncWorld,
  ForeignLockError,
} from './explore/async/async-subject.ts';
export { asyncTarget } from './explore/async/async-target.ts';
export type { AsyncScope } from './explore/async/clients.ts';
export { Jobs } from './explore/async/jobs.ts';
export { Lowered } from './explore/async/lowered.ts';
export { promiseClass } from './explore/async/promise-class.ts';
export { type TimerKind, Timers } from './explore/async/timers.ts';
export { replayLink, scheduleOfLink } from './explore/links.ts';
export { type Liveness, livenessOf } from './explore/liveness.ts';
export { lockSubject, type LockScope } from './explore/lock-subject.ts';
export { ReplayRun } from './explore/replay-run.ts';
export { replay, scheduleOfAttempt } from './explore/replay.ts';
export { type Bounds, DEFAULT_BOUNDS, scenarioSubject } from './explore/scenario-subject.ts';
export { decodeSchedule, encodeSchedule, type Schedule, scheduleOf } from './explore/schedule.ts';
export { Campaign } from './explore/campaign.ts';
export { type Mutant, mutants } from './explore/corpus.ts';
export { Distribution } from './explore/distribution.ts';
export { follow } from './explore/follow.ts';
export {
  conclude,
  type Harvest,
  merge,
  mismatch,
  type Mismatch,
  overrunOf,
  withPart,
} from './explore/harvest.ts';
export type { PartSearch, SearchTally } from './explore/part-search.ts';
export type { Coverage, Finding, PartResult, SearchResult } from './explore/search-result.ts';
export { addTallies, Search } from './explore/search.ts';
export {
  DEFAULT_SEARCH,
  DEFAULT_SETTINGS,
  type SearchOptions,
  type SearchSettings,
  type Shard,
  STRATEGY_NAMES,
  type StrategyName,
  walksAll,
} from './explore/settings.ts';
export type { Subject } from './explore/subject.ts';
export { scenarioTarget } from './explore/shrink-scenario.ts';
export { fixedTarget, type Target } from './explore/shrink-target.ts';
export { Shrink, type ShrinkProgress, type ShrinkResult } from './explore/shrink.ts';
export { type Inevitable, inevitableSince } from './explore/story-inevitable.ts';
export { CLAUSE_WORDS, CLAUSES, lockName } from './explore/story-clauses.ts';
export { type Story, type StoryStep, tellStory } from './explore/story.ts';
export { Kernel } from './kernel/kernel.ts';
export { fifoOracle, type Option, type Oracle } from './kernel/oracle.ts';
export { type RealTimeEnd, RealTimeKernel, type WallClock } from './kernel/real-time.ts';
export {
  park,
  sleep,
  type Suspension,
  type TaskBody,
  type TaskRef,
  type Woken,
} from './kernel/task.ts';
export type {
  Claim,
  Hold,
  Lock,
  LockEffects,
  LockImplementation,
  LockMachine,
} from './locks/contract.ts';
export { LockGuard } from './locks/guard.ts';
export { LOCK_NAMES, type LockName, LOCKS } from './locks/index.ts';
export { ZOO } from './locks/zoo.ts';
export { type LockStats, type Percentiles, type SymbolLockStats } from './metrics/lock-stats.ts';
export {
  type MissingUpdate,
  type Reconciliation,
  ReconciliationFold,
  type SymbolReconciliation,
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
export { Account, type AccountParts, type EngineMemory, type Recollection } from './run/account.ts';
export { workDone } from './run/engine.ts';
export { LiveRun } from './run/live-run.ts';
export { RecordedRun } from './run/recorded-run.ts';
export { deskPartsOf, GatewayProcess } from './run/gateway-process.ts';
export { SimulatedEnd } from './run/simulated-end.ts';
export type { GatewayClient } from './run/parts.ts';
export { guardOptions, pirateOn, type SocketSource } from './run/socket-parts.ts';
export { logFile, perfettoFile, type RunFile } from './run/run-files.ts';
export { withoutDefaults, writeJson } from './scenario/codec/canonical.ts';
export { formatLink, type Link, type LinkParts, parseLink } from './scenario/codec/link.ts';
export {
  formatLockLink,
  isLockLink,
  LOCK_SCOPE,
  type LockLink,
  type OwnLock,
  parseLockLink,
  parseOwnLock,
} from './scenario/codec/lock-link.ts';
export { parseScenario, parseScenarioText, type ScenarioProblem } from './scenario/codec/parse.ts';
export {
  choicesOf,
  defaultOf,
  isRecord,
  limitOf,
  type Schema,
  shapeOf,
} from './scenario/codec/shape.ts';
export { findEntry, GALLERY, galleryEntry, type GalleryEntry } from './scenario/gallery/index.ts';
export { type Scenario, type ScenarioInput, scenarioSchema } from './scenario/schema.ts';
export { TraceBook } from './trace/book.ts';
export { TraceDigest } from './trace/digest.ts';
export {
  Action,
  BreakerState,
  EventKind,
  eventName,
  type EventName,
  type EventRef,
  type EventView,
  FaultKind,
  NONE,
  ObjectId,
  OrderEffect,
  ReplyStatus,
  RunEnd,
  SocketErrorCode,
  type SocketErrorName,
  SocketOp,
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
export { TradingDesk } from './trading/desk.ts';
export { Gateway } from './trading/gateway.ts';
export { createMarket, type Market } from './trading/market.ts';
export type { DeskMemory } from './trading/desk-memory.ts';
export type { Executed } from './trading/order-desk.ts';
export type { Deal, GatewayReply, GatewayRequest, Position } from './trading/protocol.ts';
export { type Signal, Signals } from './trading/signals.ts';
export { type LoopDesk, type LoopRisk, type LoopScore, SymbolLoop } from './trading/symbol-loop.ts';
export {
  Directory,
  formatProblem,
  formatReply,
  formatRequest,
  parseReply,
  parseRequest,
} from './trading/wire.ts';
export { withExpiryMoved } from './trading/wire/expiry.ts';
export { type CodecClock, GatewayCodec, type Unreadable } from './trading/wire/gateway-codec.ts';
export { Uuids } from './trading/wire/uuid.ts';
export { WireFills } from './trading/wire-fills.ts';
export {
  type ExchangeResult,
  type ExchangeSteps,
  type Message,
  type Operation,
  type PendingOperation,
  type ReplySocket,
  type RequestSocket,
  type SocketOptions,
} from './zmq/contract.ts';
export { mayBefall } from './zmq/faults.ts';
export { LazyPirate } from './zmq/lazy-pirate.ts';
export type { LinkClient } from './zmq/link.ts';
export { Network } from './zmq/network.ts';
export { REP_DEFAULTS, RepSocket } from './zmq/rep-socket.ts';
export { SteppedClient } from './zmq/stepped-client.ts';
