/** Cents as text, in whole-number arithmetic alone: whoever only shows money needs no more. */

const SCALE = 2;

/** Cents as decimal text: 456386 is `4563.86`. */
export function formatCents(value: number): string {
  const sign = value < 0 ? '-' : '';
  const whole = Math.abs(value);
  const fraction = whole % 100;
  return `${sign}${(whole - fraction) / 100}.${String(fraction).padStart(SCALE, '0')}`;
}
