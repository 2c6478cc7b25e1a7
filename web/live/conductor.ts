/**
 * Conducts a live run: casts its members, starts them on one clock, makes one trace of what they
 * stamp, judges it as it grows, and ends it.
 *
 * Invariants: a run ends within a second of being told to, of its last symbol, or of a member's
 * death; what a dead member did not tell is an unknown stretch, and nothing after its beginning is
 * held against anybody. Known limit: events wait here for a page that does not take them.
 */
import {
  acceptanceTable,
  assertUnreachable,
  LIVE,
  LIVE_UNGUARDED,
  RecordedRun,
  RunEnd,
  workDone,
} from '../../sim/index.ts';
import { CLAIMS } from '../workers/claims.ts';
import type { Credit, Opened, Progress } from '../workers/engine-contract.ts';
import { Outbox } from '../workers/outbox.ts';
import { BROWSER_LOCK } from './browser-lock.ts';
import { castAll, refusalOf } from './casting.ts';
import { type Exchange, type Offset, offsetOf, spreadOf } from './clocks.ts';
import type { LivePlan, UnknownStretch } from './contract.ts';
import type { LiveMessage } from './live-contract.ts';
import { MergedTrace } from './merge.ts';
import { Paces } from './paces.ts';
import { Roll, type Seat, Stillness } from './roll.ts';
import type { Stage } from './stage.ts';
import type { FromMember, Report } from './wire.ts';

/** What the conductor needs of its thread. */
export interface ConductorSurroundings {
  /** This thread's clock, in microseconds since whenever. */
  readonly localUs: () => number;
  /** The step that it makes at least, in microseconds. */
  readonly stepUs: number;
  /** Calls back again and again, about every `ms`; the result ends it. */
  readonly every: (ms: number, callback: () => void) => () => void;
  readonly send: (message: LiveMessage, transfer: readonly ArrayBuffer[]) => void;
}

/** Questions to each clock; the shortest answer counts. */
const CLOCK_QUESTIONS = 12;
const LOOK_MS = 50;
const STANDING_LOOKS = 5;
/** How long members may take for their last report. */
const LAST_WORDS_US = 700_000;
/** The same where a gateway somewhere else is asked for its books. */
const FAR_LAST_WORDS_US = 5_000_000;

export class Conductor {
  readonly #plan: LivePlan;
  readonly #stage: Stage;
  readonly #around: ConductorSurroundings;
  readonly #outbox = new Outbox();
  readonly #recorded: RecordedRun;
  readonly #paces: Paces;
  readonly #stillness = new Stillness();
  readonly #unknown: UnknownStretch[] = [];
  #roll: Roll | undefined = undefined;
  #trace: MergedTrace | undefined = undefined;
  #offsets: readonly Offset[] = [];
  #zeroUs = 0;
  #credits = 0;
  #looks = 0;
  #connectionLostUs: number | undefined = undefined;
  /** Why the run ends, and until when the last words are waited for, once it does. */
  #ending: { readonly end: RunEnd; readonly untilUs: number } | undefined = undefined;
  #hasBegun = false;
  #isStopped = false;
  #isOver = false;
  #endLooks: () => void = () => undefined;
  /** Whoever waits for the answer of a clock. */
  readonly #clockAnswers = new Map<Seat, (localUs: number) => void>();

  constructor(plan: LivePlan, stage: Stage, around: ConductorSurroundings) {
    const { scenario, lockAt } = plan;
    this.#plan = plan;
    this.#stage = stage;
    this.#around = around;
    this.#recorded = new RecordedRun(scenario, {
      readers: [this.#outbox.read],
      source: lockAt === 'bridge' ? LIVE_UNGUARDED : LIVE,
      fairness: lockAt === 'browser' ? BROWSER_LOCK.fairness : undefined,
    });
    this.#paces = new Paces(scenario);
  }

  /** Starts the run; rejects if the plan cannot be carried out or a member not be started. */
  async open(): Promise<Opened> {
    const refusal = refusalOf(this.#plan);
    if (refusal !== undefined) throw new Error(refusal);
    let isLost = false;
    const { seats, facts } = await castAll(this.#plan, this.#stage, (place) => {
      const seat = this.#roll?.seats[place];
      if (seat === undefined) isLost = true;
      else this.#lose(seat);
    });
    const roll = new Roll(seats, (seat, message) => this.#hear(seat, message));
    this.#roll = roll;
    this.#recorded.taskNames.push(...facts.taskNames);
    const { recorder } = this.#recorded;
    this.#trace = new MergedTrace(recorder, seats.length, this.#paces.step);
    this.#offsets = await this.#compareClocks(roll);
    if (isLost || roll.lost.length > 0) {
      throw new Error('expected every worker to stand, and one of them ended before the start');
    }
    this.#begin(roll);
    const { scenario, entry } = this.#plan;
    const symbols = scenario.symbols.map(({ name }) => name);
    return { scenario, entry, symbols, tasks: facts.taskNames };
  }

  /** Ends the run where it is; one that has not begun ends as soon as it has. */
  stop(): void {
    this.#isStopped = true;
    if (this.#hasBegun) this.#end(RunEnd.cancelled);
  }

  /** The page has room for further batches. */
  credit({ batches }: Credit): void {
    this.#credits += batches;
  }

  /** One after the other: questions that wait for each other say nothing of clocks. */
  async #compareClocks({ seats }: Roll): Promise<readonly Offset[]> {
    const { localUs, stepUs } = this.#around;
    const offsets: Offset[] = [];
    for (const seat of seats) {
      const exchanges: Exchange[] = [];
      while (exchanges.length < CLOCK_QUESTIONS) {
        const askedUs = localUs();
        const toldUs = await new Promise<number>((resolve) => {
          this.#clockAnswers.set(seat, resolve);
          if (seat.state === 'here') seat.port.postMessage({ kind: 'ping' });
          else resolve(askedUs);
        });
        exchanges.push({ askedUs, toldUs, heardUs: localUs() });
      }
      offsets.push(offsetOf(exchanges, stepUs));
    }
    return offsets;
  }

  #begin({ seats }: Roll): void {
    this.#zeroUs = this.#around.localUs();
    this.#hasBegun = true;
    // Those who are asked before those who ask.
    for (const { port, place } of [...seats].reverse()) {
      port.postMessage({ kind: 'start', zeroUs: this.#zeroUs + (this.#offsets[place]?.us ?? 0) });
    }
    this.#endLooks = this.#around.every(LOOK_MS, () => this.#look());
    if (this.#isStopped) this.#end(RunEnd.cancelled);
  }

  /** The time of the run on the conductor's clock. */
  get #nowUs(): number {
    return Math.max(0, Math.floor(this.#around.localUs() - this.#zeroUs));
  }

  #hear(seat: Seat, message: FromMember): void {
    switch (message.kind) {
      case 'pong':
        this.#clockAnswers.get(seat)?.(message.localUs);
        return;
      case 'report':
        this.#take(seat, message);
        return;
      case 'connection':
        this.#noteConnection(message.isUp, message.at);
        return;
      case 'crashed':
        this.#lose(seat);
        return;
      default:
        assertUnreachable(message);
    }
  }

  #take(seat: Seat, report: Report): void {
    seat.report = report;
    this.#trace?.take(seat.place, report.segments, report.watermarkUs);
    if (report.last === undefined || seat.state !== 'here') return;
    seat.state = 'done';
    this.#trace?.end(seat.place);
    if (this.#ending !== undefined) this.#finishIfTold();
    else if (this.#roll?.symbolsHere === 0) this.#end(RunEnd.done);
  }

  #lose(seat: Seat): void {
    if (this.#isOver || seat.state !== 'here') return;
    if (!this.#hasBegun) {
      this.#roll?.lose(seat);
      this.#clockAnswers.get(seat)?.(0);
      return;
    }
    // Not before it is taken off the roll: what it did not tell is unknown from here on.
    this.#trace?.advance();
    this.#recorded.judgeNoFurther();
    this.#roll?.lose(seat);
    if (this.#ending === undefined) this.#end(RunEnd.cancelled);
    else this.#finishIfTold();
  }

  #noteConnection(isUp: boolean, at: number): void {
    if (!isUp) this.#connectionLostUs ??= at;
    else this.#closeConnectionGap(at);
  }

  #closeConnectionGap(endUs: number): void {
    const startUs = this.#connectionLostUs;
    if (startUs === undefined) return;
    this.#connectionLostUs = undefined;
    this.#unknown.push({ startUs, endUs, why: 'connection-lost' });
  }

  /** From time to time: goes on with the trace, and sees whether the run is over. */
  #look(): void {
    const roll = this.#roll;
    if (roll === undefined || this.#isOver) return;
    this.#trace?.advance();
    this.#sendBatch();
    const nowUs = this.#nowUs;
    if (this.#ending !== undefined) {
      if (nowUs >= this.#ending.untilUs) this.#giveUpOnOthers(roll);
      return;
    }
    if (nowUs > this.#plan.scenario.timeLimitUs) this.#end(RunEnd.limit);
    else if (this.#stillness.look(roll, nowUs)) this.#end(RunEnd.stuck);
    else if (++this.#looks % STANDING_LOOKS === 0) this.#sendStanding();
  }

  #end(end: RunEnd): void {
    const roll = this.#roll;
    if (this.#ending !== undefined || this.#isOver || roll === undefined) return;
    const whole = end === RunEnd.done || end === RunEnd.stuck;
    const isFar = whole && this.#plan.end.kind === 'bridge';
    this.#ending = { end, untilUs: this.#nowUs + (isFar ? FAR_LAST_WORDS_US : LAST_WORDS_US) };
    roll.tellAll({ kind: 'halt', whole });
    this.#finishIfTold();
  }

  /** They live and say nothing: as good as gone. */
  #giveUpOnOthers(roll: Roll): void {
    for (const seat of roll.seats) this.#lose(seat);
  }

  #finishIfTold(): void {
    const roll = this.#roll;
    if (roll === undefined || this.#ending === undefined || this.#isOver || roll.isWaiting) return;
    this.#isOver = true;
    this.#endLooks();
    this.#finish(roll, this.#ending.end);
  }

  #finish(roll: Roll, planned: RunEnd): void {
    const { recorder } = this.#recorded;
    const trace = this.#trace;
    const lost = roll.seats.filter(({ state }) => state === 'lost');
    const startsUs = lost.map(({ place }) => trace?.watermarkOf(place) ?? 0);
    for (const { place } of roll.seats) trace?.end(place);
    trace?.advance();
    const end = lost.length > 0 ? RunEnd.cancelled : planned;
    const isWhole = end === RunEnd.done || end === RunEnd.stuck;
    if (!isWhole) recorder.nowUs = Math.max(recorder.nowUs, this.#nowUs);
    const endUs = recorder.nowUs;
    for (const startUs of startsUs) this.#unknown.push({ startUs, endUs, why: 'worker-lost' });
    this.#closeConnectionGap(endUs);
    const ticks = this.#paces.signals.reduce((sum, signals) => sum + signals, 0);
    const unfinished = this.#unfinished(roll);
    const result = this.#recorded.finish({ end, unfinished, steps: roll.steps, ticks });
    this.#credits = Math.max(1, this.#credits);
    this.#sendBatch();
    this.#sendRecorded(roll);
    const said = { acceptance: acceptanceTable(result), claims: CLAIMS };
    this.#around.send({ kind: 'finished', run: 0, result, ...said }, []);
  }

  #unfinished({ seats }: Roll): number {
    return seats.filter(({ player, report }) => player.kind === 'symbol' && report?.last !== 'done')
      .length;
  }

  #sendRecorded({ lost }: Roll): void {
    const { lockAt, end } = this.#plan;
    const clockErrorUs = spreadOf(this.#offsets);
    const intervals = this.#paces.intervals();
    const unknown = [...this.#unknown].sort((x, y) => x.startUs - y.startUs);
    const recorded = { lockAt, end: end.kind, clockErrorUs, intervals, unknown, lost };
    this.#around.send({ kind: 'recorded', recorded }, []);
  }

  #sendStanding(): void {
    const recorded = this.#recorded;
    recorded.recorder.handOver();
    const violated = recorded.violated();
    const { signals } = this.#paces;
    const standing = {
      verdict: violated.length > 0 ? ('violated' as const) : ('inconclusive' as const),
      ...{ violated, progress: this.#progress(), trades: recorded.trades },
      signals: signals.reduce((sum, of) => sum + of, 0),
    };
    this.#around.send({ kind: 'standing', standing }, []);
  }

  #sendBatch(): void {
    if (this.#credits === 0) return;
    this.#outbox.read(this.#recorded.recorder.pending);
    const segments = this.#outbox.take();
    if (segments.length === 0) return;
    this.#credits -= 1;
    const progress = this.#progress();
    const buffers = segments.map(({ buffer }) => buffer);
    this.#around.send({ kind: 'batch', run: 0, segments, progress }, buffers);
  }

  #progress(): Progress {
    const { nowUs } = this.#recorded.recorder;
    if (this.#isOver) return { done: 1, nowUs };
    return { done: workDone(this.#plan.scenario, this.#paces.signals, nowUs), nowUs };
  }
}
