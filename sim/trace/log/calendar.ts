/**
 * The civil calendar in whole-number arithmetic: the core has no Date, and needs none for UTC.
 *
 * Years 0 to 9999 of the proleptic Gregorian calendar. Day 0 is 1970-01-01. Method: Howard Hinnant,
 * "chrono-compatible low-level date algorithms" (eras of 400 years that start in March).
 */
const DAYS_PER_ERA = 146_097;
const DAYS_TO_1970 = 719_468;
const MS_PER_DAY = 86_400_000;

/** The number of days from 1970-01-01 to a date; month 1 to 12, day 1 to 31. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * DAYS_PER_ERA + yearOfEra * 365 + leapDays + dayOfYear - DAYS_TO_1970;
}

/** Milliseconds since 1970 as `2026-01-18 15:10:41`, in UTC and without the fraction. */
export function formatSecond(epochMs: number): string {
  const days = Math.floor(epochMs / MS_PER_DAY);
  const seconds = Math.floor((epochMs - days * MS_PER_DAY) / 1_000);
  const hour = Math.floor(seconds / 3_600);
  const minute = Math.floor(seconds / 60) % 60;
  return `${formatDay(days)} ${two(hour)}:${two(minute)}:${two(seconds % 60)}`;
}

function formatDay(days: number): string {
  const shifted = days + DAYS_TO_1970;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
