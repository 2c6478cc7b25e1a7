/** An expected outcome that may be a failure: input that was refused, a lookup that missed. */

export type Result<T, E = Problem> =
  { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'error'; readonly error: E };

/** What was wrong with some input, for a person: what was expected, what came, what to do. */
export interface Problem {
  /** Stable identifier for scripts, kebab-case. */
  readonly code: string;
  readonly message: string;
}

export function ok<T>(value: T): Result<T, never> {
  return { kind: 'ok', value };
}

export function fail(code: string, message: string): Result<never> {
  return { kind: 'error', error: { code, message } };
}
