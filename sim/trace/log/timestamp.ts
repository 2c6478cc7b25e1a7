/**
 * Reads the time stamp of a log line from its bytes: a date with a time, a time alone, or an epoch.
 *
 * Forms: `2026-01-18 15:10:41,123` (blank or T, comma or point, 0 to 9 digits, Z or +08:00),
 * `15:10:41.123`, and seconds, milliseconds, microseconds or nanoseconds since 1970 at the start of
 * a line. Known limit: a stamp is looked for in the first SEARCH_BYTES of a line only.
 */
import { US_PER_MS, US_PER_S } from '../../base/time.ts';
import { dayNumber } from './calendar.ts';

/** How a stamp was written; a log keeps to the form of its first one. */
export type StampForm = 'dated' | 'clock' | 'epoch';

const SEARCH_BYTES = 96;
const DATE_BYTES = 10;
const CLOCK_BYTES = 8;
export const US_PER_DAY = 86_400 * US_PER_S;

const ZERO = 48;
const COLON = 58;
const DASH = 45;
const PLUS = 43;
const POINT = 46;
const COMMA = 44;
const BLANK = 32;
const LETTER_T = 84;
const LETTER_Z = 90;

export class StampParser {
  #form: StampForm | undefined;
  /**
   * How far from a line's start the last stamp stood: the next one most likely stands there too.
   */
  #offset = 0;
  #dateKey = -1;
  #dateUs = 0;
  /** Where the digits that were read last end. */
  #at = 0;

  /** The form of the log's first stamp, or undefined before that. */
  get form(): StampForm | undefined {
    return this.#form;
  }

  /**
   * Lets the next stamp choose the form anew: the one so far came from lines that do not matter.
   */
  forget(): void {
    this.#form = undefined;
  }

  /**
   * The line's time in microseconds, since 1970 or, for `clock`, since midnight; -1 without a
   * stamp.
   */
  parse(bytes: Uint8Array, start: number, end: number): number {
    const form = this.#form;
    if (form !== undefined) {
      const us = this.#parseAt(form, bytes, start + this.#offset, start, end);
      return us >= 0 ? us : this.#search(form, bytes, start, end);
    }
    for (const candidate of ['dated', 'clock', 'epoch'] as const) {
      const us = this.#search(candidate, bytes, start, end);
      if (us < 0) continue;
      this.#form = candidate;
      return us;
    }
    return -1;
  }

  #search(form: StampForm, bytes: Uint8Array, start: number, end: number): number {
    const limit = Math.min(end, start + SEARCH_BYTES);
    for (let at = start; at < limit; at++) {
      const us = this.#parseAt(form, bytes, at, start, end);
      if (us < 0) continue;
      this.#offset = at - start;
      return us;
    }
    return -1;
  }

  #parseAt(form: StampForm, bytes: Uint8Array, at: number, start: number, end: number): number {
    if (at > start && (isDigit(bytes[at - 1]) || bytes[at - 1] === COLON)) return -1;
    switch (form) {
      case 'dated':
        return this.#parseDated(bytes, at, end);
      case 'clock':
        return this.#parseClock(bytes, at, end);
      case 'epoch':
        return isStartOfLine(bytes, at, start) ? this.#parseEpoch(bytes, at, end) : -1;
    }
  }

  #parseDated(bytes: Uint8Array, at: number, end: number): number {
    if (end - at < DATE_BYTES + 1 + CLOCK_BYTES) return -1;
    if (bytes[at + 4] !== DASH || bytes[at + 7] !== DASH) return -1;
    const between = bytes[at + DATE_BYTES];
    if (between !== BLANK && between !== LETTER_T) return -1;
    const high = twoDigits(bytes, at);
    const low = twoDigits(bytes, at + 2);
    const month = twoDigits(bytes, at + 5);
    const day = twoDigits(bytes, at + 8);
    if (high < 0 || low < 0 || month < 1 || month > 12 || day < 1 || day > 31) return -1;
    const clockUs = this.#parseClock(bytes, at + DATE_BYTES + 1, end);
    if (clockUs < 0) return -1;
    const key = ((high * 100 + low) * 100 + month) * 100 + day;
    if (key !== this.#dateKey) {
      this.#dateKey = key;
      this.#dateUs = dayNumber(high * 100 + low, month, day) * US_PER_DAY;
    }
    const us = this.#dateUs + clockUs - zoneUs(bytes, this.#at, end);
    return us >= 0 ? us : -1;
  }

  #parseClock(bytes: Uint8Array, at: number, end: number): number {
    if (end - at < CLOCK_BYTES) return -1;
    if (bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return -1;
    const hour = twoDigits(bytes, at);
    const minute = twoDigits(bytes, at + 3);
    const second = twoDigits(bytes, at + 6);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return -1;
    const fractionUs = this.#parseFraction(bytes, at + CLOCK_BYTES, end);
    return ((hour * 60 + minute) * 60 + second) * US_PER_S + fractionUs;
  }

  /** The microseconds behind `,` or `.` at `at`, 0 if there are none; sets where they end. */
  #parseFraction(bytes: Uint8Array, at: number, end: number): number {
    this.#at = at;
    const mark = bytes[at];
    if (at >= end || (mark !== COMMA && mark !== POINT)) return 0;
    let us = 0;
    let unit = US_PER_S;
    let i = at + 1;
    for (; i < end && isDigit(bytes[i]); i++) {
      unit = Math.floor(unit / 10);
      us += ((bytes[i] as number) - ZERO) * unit;
    }
    this.#at = i;
    return us;
  }

  #parseEpoch(bytes: Uint8Array, at: number, end: number): number {
    let value = 0;
    let i = at;
    for (; i < end && isDigit(bytes[i]); i++) value = value * 10 + ((bytes[i] as number) - ZERO);
    switch (i - at) {
      case 10:
        return value * US_PER_S + this.#parseFraction(bytes, i, end);
      case 13:
        return value * US_PER_MS + Math.floor(this.#parseFraction(bytes, i, end) / US_PER_MS);
      case 16:
        return value;
      case 19:
        return Math.floor(value / 1_000);
      default:
        return -1;
    }
  }
}

/** Only brackets, quotes and blanks may stand before an epoch: other numbers are not one. */
function isStartOfLine(bytes: Uint8Array, at: number, start: number): boolean {
  for (let i = start; i < at; i++) if (isWord(bytes[i] as number)) return false;
  return true;
}

function isWord(byte: number): boolean {
  const letter = byte | 0x20;
  return isDigit(byte) || (letter >= 97 && letter <= 122) || byte >= 0x80 || byte === DASH;
}

/** The offset from UTC that is written at `at`, in microseconds: `Z`, `+08:00` or `-0530`. */
function zoneUs(bytes: Uint8Array, at: number, end: number): number {
  const sign = bytes[at];
  if (at >= end || sign === LETTER_Z || (sign !== PLUS && sign !== DASH)) return 0;
  const hour = at + 3 <= end ? twoDigits(bytes, at + 1) : -1;
  if (hour < 0) return 0;
  const minutesAt = bytes[at + 3] === COLON ? at + 4 : at + 3;
  const minute = minutesAt + 2 <= end ? Math.max(twoDigits(bytes, minutesAt), 0) : 0;
  const us = (hour * 60 + minute) * 60 * US_PER_S;
  return sign === PLUS ? us : -us;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= ZERO + 9;
}

/** The number that two digits at `at` make, or -1. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const high = (bytes[at] as number) - ZERO;
  const low = (bytes[at + 1] as number) - ZERO;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : -1;
}
