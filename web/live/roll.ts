/**
 * The members of one run as the conductor knows them: who is here, what each has told of itself,
 * and who is gone.
 *
 * Invariant: a member is here, has said its last, or is lost; from neither of those it comes back.
 */
import type { Player } from './stage.ts';
import type { FromMember, Report, ToMember } from './wire.ts';

export interface Seat {
  readonly player: Player;
  readonly place: number;
  /** The conductor's end of the line to it. */
  readonly port: MessagePort;
  state: 'here' | 'done' | 'lost';
  report: Report | undefined;
}

export class Roll {
  readonly seats: readonly Seat[];
  /** In the order in which they were lost. */
  readonly lost: Player[] = [];

  constructor(seats: readonly Seat[], hear: (seat: Seat, message: FromMember) => void) {
    this.seats = seats;
    for (const seat of seats) {
      seat.port.onmessage = ({ data }: MessageEvent<FromMember>) => hear(seat, data);
    }
  }

  /** Whether somebody has not said its last. */
  get isWaiting(): boolean {
    return this.seats.some(({ state }) => state === 'here');
  }

  /** Symbols that have not come to their end. */
  get symbolsHere(): number {
    return this.seats.filter(({ player, state }) => player.kind === 'symbol' && state === 'here')
      .length;
  }

  /** Atomic steps of all members. */
  get steps(): number {
    return this.seats.reduce((sum, { report }) => sum + (report?.steps ?? 0), 0);
  }

  /** Writes a member off that was here. */
  lose(seat: Seat): void {
    if (seat.state !== 'here') return;
    seat.state = 'lost';
    this.lost.push(seat.player);
  }

  tellAll(message: ToMember): void {
    for (const { port, state } of this.seats) if (state === 'here') port.postMessage(message);
  }
}

/** How long nothing may happen before it is taken for certain that nothing will. */
const STILL_US = 500_000;

/**
 * Notices that a run is stuck: everybody waits for everybody else.
 *
 * Nobody has anything to do, every message that was sent has been heard, and it was so for half a
 * second. Known limit: what a symbol was sent after its end is not counted.
 */
export class Stillness {
  #seen = '';
  #sinceUs = 0;

  /** Looks at what was reported last; true once the run is stuck. */
  look({ seats }: Roll, nowUs: number): boolean {
    const reports = seats.map(({ report }) => report);
    const sum = (of: (report: Report) => number): number =>
      reports.reduce((total, report) => total + (report === undefined ? 0 : of(report)), 0);
    const sent = sum((report) => report.sent);
    const received = sum((report) => report.received);
    const isQuiet = seats.every(({ state, report }) => state !== 'here' || report?.isQuiet);
    const isHeard = sent === received || seats.some(({ state }) => state !== 'here');
    const seen = `${sent} ${received} ${sum((report) => report.steps)}`;
    if (!isQuiet || !isHeard || seen !== this.#seen) {
      this.#seen = seen;
      this.#sinceUs = nowUs;
    }
    return nowUs - this.#sinceUs >= STILL_US;
  }
}
