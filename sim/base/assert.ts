/**
 * Assertions: a programmer's mistake ends the run at once and says what was expected.
 *
 * Expected outcomes (a time-out, a rejected order, bad input) are values, never assertions.
 */

/** A broken invariant of our own code; the command line answers it with exit status 70. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/**
 * Ends the run unless `condition` holds. `message` says what was expected; on hot paths it is a
 * constant, because a template would be filled at every call.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** Returns `value` unless it is null or undefined, which is a programmer's mistake. */
export function assertExists<T>(value: T, message: string): NonNullable<T> {
  if (value === null || value === undefined) throw new AssertionError(message);
  return value;
}

/** Ends a `switch` over a closed union: the compiler proves that it is never reached. */
export function assertUnreachable(value: never): never {
  throw new AssertionError(`expected an exhausted union, got ${JSON.stringify(value)}`);
}
