/**
 * Turns the stamps of a log's lines into a time that starts at 0 and never goes back.
 *
 * A stamp up to DISORDER_US_MAX earlier than the one before is a line that was written late: it
 * counts as simultaneous. One further back is a clock that was set back (or a summer time that
 * ended): time goes on from where it was. A time of day that falls by more than half a day has
 * passed midnight.
 */
import { US_PER_S } from '../../base/time.ts';
import { type StampForm, StampParser, US_PER_DAY } from './timestamp.ts';

export const DISORDER_US_MAX = US_PER_S;

export class LogClock {
  readonly #parser = new StampParser();
  #originUs = -1;
  #originForm: StampForm | undefined;
  #lastUs = 0;
  /**
   * Added to every stamp: days since the first midnight, and what was lost when a clock was set
   * back.
   */
  #shiftUs = 0;
  #settled = false;
  /** Microseconds from the first stamp to the last one that was read. */
  nowUs = 0;
  /** Whether the last line's time is another one than its stamp says. */
  shifted = false;
  /** Lines that were written late, and by how much at most, in microseconds. */
  lateLines = 0;
  lateUsMax = 0;
  /** How often the clock was set back. */
  setBacks = 0;
  midnights = 0;

  /** Looks for the log's first stamp in a line that itself does not matter. */
  peek(bytes: Uint8Array, start: number, end: number): void {
    if (this.#originUs < 0 && !this.#settled) this.#start(this.#parser.parse(bytes, start, end));
  }

  /** Moves to the time of a line that matters. False if it has none: time stands still then. */
  advance(bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.#settled) this.#settle();
    const us = this.#parser.parse(bytes, start, end);
    if (this.#parser.form !== this.#originForm) this.#originUs = -1;
    if (us < 0) return false;
    if (this.#originUs < 0) this.#start(us);
    else this.#move(us);
    return true;
  }

  /** The lines that matter choose the form; a stamp of another form before them is no origin. */
  #settle(): void {
    this.#settled = true;
    this.#parser.forget();
  }

  #start(us: number): void {
    if (us < 0) return;
    this.#originForm = this.#parser.form;
    this.#originUs = us;
    this.#lastUs = us;
  }

  #move(stampUs: number): void {
    let us = stampUs + this.#shiftUs;
    if (this.#parser.form === 'clock') {
      const fall = this.#lastUs - us;
      if (fall > US_PER_DAY / 2) {
        us += US_PER_DAY;
        this.#shiftUs += US_PER_DAY;
        this.midnights += 1;
      } else if (-fall > US_PER_DAY / 2 && this.midnights > 0) {
        us -= US_PER_DAY;
      }
    }
    const late = this.#lastUs - us;
    this.shifted = late > 0 || this.setBacks > 0;
    if (late > DISORDER_US_MAX) {
      this.setBacks += 1;
      this.#shiftUs += late;
      us = this.#lastUs;
    } else if (late > 0) {
      this.lateLines += 1;
      this.lateUsMax = Math.max(this.lateUsMax, late);
      us = this.#lastUs;
    }
    this.#lastUs = us;
    this.nowUs = us - this.#originUs;
  }
}
