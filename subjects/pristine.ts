/**
 * What the language brings, as it was before any code ran, to be put back: modules are evaluated
 * anew for each execution, so nothing else of one can reach the next.
 *
 * Invariant: after `restore` a global object and all that is found from it have the properties that
 * they had, with the values that they had. Known limit: what no name leads to, iterators say, keeps
 * what was hung on it.
 */
import { SubjectProblem } from './problem.ts';

type Properties = Map<PropertyKey, PropertyDescriptor>;

/** Those of the language: code may find others. */
const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } =
  Reflect;

/** Found by their names where they are the world's, and nobody's affair where they are not. */
const OURS: ReadonlySet<unknown> = new Set([Function.prototype, Object.prototype]);

export class Pristine {
  readonly #kept = new Map<object, Properties>();

  constructor(globals: object) {
    const found = [globals];
    for (const object of found) {
      if (this.#kept.has(object)) continue;
      const kept: Properties = new Map();
      this.#kept.set(object, kept);
      const prototype = getPrototypeOf(object);
      if (!OURS.has(prototype)) found.push(...objectsOf([prototype]));
      for (const key of ownKeys(object)) {
        const property = getOwnPropertyDescriptor(object, key);
        if (property === undefined) continue;
        kept.set(key, property);
        found.push(...objectsOf([property.value, property.get, property.set]));
      }
      // A method takes no property from now on, so it need not be looked at again.
      if (typeof object === 'function' && !kept.has('prototype')) {
        Object.freeze(object);
        this.#kept.set(object, new Map());
      }
    }
    for (const [object, kept] of this.#kept) if (kept.size === 0) this.#kept.delete(object);
  }

  /** Puts everything back; a SubjectProblem where the code made that impossible. */
  restore(): void {
    for (const [object, kept] of this.#kept) {
      for (const key of ownKeys(object)) {
        if (!kept.has(key) && !deleteProperty(object, key)) throw stays(key);
      }
      for (const [key, property] of kept) {
        const now = getOwnPropertyDescriptor(object, key);
        const isSame =
          now?.value === property.value && now?.get === property.get && now?.set === property.set;
        if (!isSame && !defineProperty(object, key, property)) throw stays(key);
      }
    }
  }
}

function objectsOf(values: readonly unknown[]): object[] {
  return values.filter(
    (value): value is object =>
      typeof value === 'function' || (typeof value === 'object' && value !== null),
  );
}

function stays(key: PropertyKey): SubjectProblem {
  return new SubjectProblem(
    'subject-global',
    `expected code to leave what the language brings, got a ${String(key)} that cannot be taken back`,
  );
}
