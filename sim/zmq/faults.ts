/**
 * What the network does to a message: how long it takes, and which faults befall it.
 *
 * Invariant: every fault of every symbol in each direction draws from a stream of its own, once a
 * message while it is switched on, so that another symbol or another fault moves none of its draws.
 */
import { RandomStream } from '../base/random.ts';
import { EventKind, FaultKind, NONE } from '../trace/event.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { Message } from './contract.ts';

const MILLION = 1_000_000;

/** Shortest and longest duration in whole microseconds, both included. */
export type RangeUs = readonly [number, number];

/** Chances are parts per million, durations whole microseconds. */
export interface FaultOptions {
  readonly delayPerMillion: number;
  readonly delayUs: RangeUs;
  readonly dropRequestPerMillion: number;
  readonly dropReplyPerMillion: number;
  readonly duplicatePerMillion: number;
  readonly reorderPerMillion: number;
  /** No random fault from then on; 0 never stops them. */
  readonly untilUs: number;
}

export interface PathOptions {
  readonly seed: number;
  readonly symbolNames: readonly string[];
  /** One way between client and gateway. */
  readonly latencyUs: RangeUs;
  readonly faults: FaultOptions;
  /**
   * Decides, in place of chance, whether a fault that may befall a message does: 1 if so. Asked
   * only about faults that are neither impossible nor certain.
   */
  readonly choose?: ((kind: FaultKind) => number) | undefined;
}

export const NO_FAULTS: FaultOptions = {
  delayPerMillion: 0,
  delayUs: [0, 0],
  dropRequestPerMillion: 0,
  dropReplyPerMillion: 0,
  duplicatePerMillion: 0,
  reorderPerMillion: 0,
  untilUs: 0,
};

/** Whether a message may meet any of these faults. */
export function mayBefall(faults: FaultOptions): boolean {
  const { delayPerMillion, dropRequestPerMillion, dropReplyPerMillion } = faults;
  const { duplicatePerMillion, reorderPerMillion } = faults;
  const drops = dropRequestPerMillion + dropReplyPerMillion;
  return delayPerMillion + drops + duplicatePerMillion + reorderPerMillion > 0;
}

export type Direction = 'request' | 'reply';

/** What befalls one message. */
export interface Fate {
  delayUs: number;
  dropped: boolean;
  duplicated: boolean;
  /** It overtakes the message before it, if that one is still under way. */
  overtakes: boolean;
}

/** The random streams of one symbol in one direction. */
class Draws {
  readonly latency: RandomStream;
  readonly delay: RandomStream;
  readonly delayLength: RandomStream;
  readonly drop: RandomStream;
  readonly duplicate: RandomStream;
  readonly reorder: RandomStream;

  constructor(seed: number, symbolName: string, direction: Direction) {
    const stream = (purpose: string): RandomStream =>
      new RandomStream(seed, symbolName, `network.${direction}.${purpose}`);
    this.latency = stream('latency');
    this.delay = stream('delay');
    this.delayLength = stream('delay-length');
    this.drop = stream('drop');
    this.duplicate = stream('duplicate');
    this.reorder = stream('reorder');
  }
}

/** Decides the fate of every message and stamps the faults. */
export class Faults {
  readonly #recorder: Recorder;
  readonly #options: PathOptions;
  readonly #draws: Readonly<Record<Direction, Map<number, Draws>>> = {
    request: new Map(),
    reply: new Map(),
  };
  readonly #fate: Fate = { delayUs: 0, dropped: false, duplicated: false, overtakes: false };
  /** True if a message takes no time and nothing ever befalls it. */
  readonly none: boolean;

  constructor(recorder: Recorder, options: PathOptions) {
    this.#recorder = recorder;
    this.#options = options;
    this.none = options.latencyUs[1] === 0 && !mayBefall(options.faults);
  }

  /** Draws the fate of a message that sets out now; the object is reused for the next message. */
  draw(direction: Direction, message: Message): Fate {
    const { latencyUs, faults } = this.#options;
    const draws = this.#drawsOf(direction, message.symbol);
    const fate = this.#fate;
    fate.delayUs = draws.latency.between(latencyUs[0], latencyUs[1]);
    fate.dropped = false;
    fate.duplicated = false;
    fate.overtakes = false;
    if (faults.untilUs > 0 && this.#recorder.nowUs >= faults.untilUs) return fate;
    const request = direction === 'request';
    const dropChance = request ? faults.dropRequestPerMillion : faults.dropReplyPerMillion;
    fate.dropped = this.#befalls(FaultKind.drop, draws.drop, dropChance);
    fate.duplicated = this.#befalls(
      FaultKind.duplicate,
      draws.duplicate,
      faults.duplicatePerMillion,
    );
    fate.overtakes = this.#befalls(FaultKind.reorder, draws.reorder, faults.reorderPerMillion);
    // Drawn for a dropped message too, so that drops move no delay.
    const delayed = this.#befalls(FaultKind.delay, draws.delay, faults.delayPerMillion);
    const extraUs = delayed ? draws.delayLength.between(faults.delayUs[0], faults.delayUs[1]) : 0;
    if (fate.dropped) this.stamp(FaultKind.drop, direction, message, 0);
    else if (delayed) this.stamp(FaultKind.delay, direction, message, extraUs);
    fate.delayUs += extraUs;
    return fate;
  }

  /** Stamps a fault; its detail is the request's number times 2, plus 1 for a reply. */
  stamp(kind: FaultKind, direction: Direction, message: Message, value: number): void {
    const detail = message.request * 2 + (direction === 'reply' ? 1 : 0);
    this.#recorder.stamp(EventKind.fault, NONE, message.symbol, NONE, kind, detail, value);
  }

  #befalls(kind: FaultKind, stream: RandomStream, perMillion: number): boolean {
    const { choose } = this.#options;
    if (choose === undefined || perMillion === 0 || perMillion >= MILLION) {
      return stream.chance(perMillion);
    }
    return choose(kind) === 1;
  }

  #drawsOf(direction: Direction, symbol: number): Draws {
    const known = this.#draws[direction].get(symbol);
    if (known !== undefined) return known;
    const name = this.#options.symbolNames[symbol] ?? 'none';
    const draws = new Draws(this.#options.seed, name, direction);
    this.#draws[direction].set(symbol, draws);
    return draws;
  }
}
