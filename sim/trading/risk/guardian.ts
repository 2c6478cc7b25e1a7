/**
 * The guardian: halts trading when the connection is sick, and says why.
 *
 * It halts after more than `spikes` latencies above `spikeUs`, or more than `errors` errors, within
 * `windowUs`; both age out, and trading resumes when neither is exceeded any more. Three heartbeats
 * in a row without an answer halt it too, until one is answered. Memory is as long as the limits,
 * no longer.
 */
import { formatMs } from '../../base/time.ts';
import { EventKind, GuardianReason, NONE } from '../../trace/event.ts';
import type { Recorder } from '../../trace/recorder.ts';

export interface GuardianOptions {
  /** A latency above this is a spike. */
  readonly spikeUs: number;
  /** So many spikes within the window are still borne; one more halts. */
  readonly spikes: number;
  readonly errors: number;
  readonly windowUs: number;
}

/** What the guardian has to know again after a restart; times on the clock of its run. */
export interface GuardianMemory {
  /** When the latest spikes and errors were, oldest first. */
  readonly spikesUs: readonly number[];
  readonly errorsUs: readonly number[];
  readonly misses: number;
}

/** Heartbeats in a row that may stay without an answer, less one. */
export const HEARTBEAT_MISSES_MAX = 3;

/** Remembers the last `limit + 1` instants: enough to say whether more than `limit` are recent. */
class Recent {
  readonly #limit: number;
  readonly #windowUs: number;
  readonly #atUs: number[] = [];
  #next = 0;

  constructor(limit: number, windowUs: number) {
    this.#limit = limit;
    this.#windowUs = windowUs;
  }

  add(nowUs: number): void {
    this.#atUs[this.#next] = nowUs;
    this.#next = this.#next === this.#limit ? 0 : this.#next + 1;
  }

  /** The instants that it remembers, oldest first. */
  get instants(): readonly number[] {
    const latest = this.#atUs.slice(this.#next);
    return [...latest, ...this.#atUs.slice(0, this.#next)];
  }

  /** Whether more than the limit happened less than a window ago. */
  exceeded(nowUs: number): boolean {
    const oldest = this.#atUs[this.#next];
    return oldest !== undefined && nowUs - oldest < this.#windowUs;
  }

  /** How many of those remembered happened less than a window ago. */
  count(nowUs: number): number {
    return this.#atUs.reduce((n, atUs) => (nowUs - atUs < this.#windowUs ? n + 1 : n), 0);
  }
}

export class Guardian {
  readonly #recorder: Recorder;
  readonly #options: GuardianOptions;
  readonly #spikes: Recent;
  readonly #errors: Recent;
  #misses = 0;
  #reason: GuardianReason = GuardianReason.resumed;

  constructor(recorder: Recorder, options: GuardianOptions) {
    this.#recorder = recorder;
    this.#options = options;
    this.#spikes = new Recent(options.spikes, options.windowUs);
    this.#errors = new Recent(options.errors, options.windowUs);
  }

  /** Why trading is halted; `resumed` while it is not. */
  get reason(): GuardianReason {
    return this.#reason;
  }

  /** What it knows. */
  get memory(): GuardianMemory {
    return {
      spikesUs: this.#spikes.instants,
      errorsUs: this.#errors.instants,
      misses: this.#misses,
    };
  }

  /** Knows again what an earlier run knew; `shiftUs` turns its times into those of this run. */
  recall({ spikesUs, errorsUs, misses }: GuardianMemory, shiftUs: number, nowUs: number): void {
    for (const us of spikesUs) this.#spikes.add(us + shiftUs);
    for (const us of errorsUs) this.#errors.add(us + shiftUs);
    this.#misses = misses;
    this.#review(nowUs);
  }

  /** Whether trading is allowed now; that the reasons have aged out is noticed here. */
  admits(nowUs: number): boolean {
    if (this.#reason !== GuardianReason.resumed) this.#review(nowUs);
    return this.#reason === GuardianReason.resumed;
  }

  onLatency(latencyUs: number, nowUs: number): void {
    if (latencyUs <= this.#options.spikeUs) return;
    this.#spikes.add(nowUs);
    this.#review(nowUs);
  }

  onError(nowUs: number): void {
    this.#errors.add(nowUs);
    this.#review(nowUs);
  }

  /** A heartbeat was answered, or not. */
  onHeartbeat(answered: boolean, nowUs: number): void {
    this.#misses = answered ? 0 : this.#misses + 1;
    this.#review(nowUs);
  }

  /** One sentence for people: what it has counted, and what it allows. */
  explain(nowUs: number): string {
    const { spikeUs, spikes, errors, windowUs } = this.#options;
    const within = `within ${formatMs(windowUs)} ms`;
    switch (this.#reason) {
      case GuardianReason.latency:
        return (
          `halted: ${this.#spikes.count(nowUs)} latencies above ${formatMs(spikeUs)} ms ` +
          `${within}, where ${spikes} are borne`
        );
      case GuardianReason.errors:
        return `halted: ${this.#errors.count(nowUs)} errors ${within}, where ${errors} are borne`;
      case GuardianReason.heartbeat:
        return `halted: ${this.#misses} heartbeats in a row without an answer`;
      default:
        return 'trading is allowed';
    }
  }

  #review(nowUs: number): void {
    const next = this.#judge(nowUs);
    if (next === this.#reason) return;
    this.#reason = next;
    this.#recorder.stamp(EventKind.guardian, NONE, NONE, NONE, next, this.#counted(next, nowUs), 0);
  }

  #judge(nowUs: number): GuardianReason {
    if (this.#misses >= HEARTBEAT_MISSES_MAX) return GuardianReason.heartbeat;
    if (this.#errors.exceeded(nowUs)) return GuardianReason.errors;
    return this.#spikes.exceeded(nowUs) ? GuardianReason.latency : GuardianReason.resumed;
  }

  #counted(reason: GuardianReason, nowUs: number): number {
    if (reason === GuardianReason.heartbeat) return this.#misses;
    if (reason === GuardianReason.errors) return this.#errors.count(nowUs);
    return this.#spikes.count(nowUs);
  }
}
