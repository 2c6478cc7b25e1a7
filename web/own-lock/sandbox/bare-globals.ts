/**
 * Leaves a worker nothing but the language: all that a browser adds to the global object is taken
 * away, so that code finds what it would find on the command line.
 *
 * Invariant: whatever is not in the list goes, known or not. Known limit: this is for honest code,
 * which shall be the same everywhere; what keeps hostile code in is the frame's policy and origin.
 */
const LANGUAGE: ReadonlySet<string> = new Set(
  (
    'globalThis Infinity NaN undefined eval isFinite isNaN parseFloat parseInt decodeURI ' +
    'decodeURIComponent encodeURI encodeURIComponent escape unescape Object Function Boolean ' +
    'Symbol Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError ' +
    'URIError Number BigInt Math Date String RegExp Array Int8Array Uint8Array ' +
    'Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array BigInt64Array ' +
    'BigUint64Array Float32Array Float64Array Map Set WeakMap WeakSet ArrayBuffer DataView ' +
    'JSON Promise Reflect Proxy Intl Iterator'
  ).split(' '),
);

/** Takes away what is not the language's, own or inherited; gives what could not be taken. */
export function bareGlobals(globals: object): readonly string[] {
  const left: string[] = [];
  let holder: object | null = globals;
  while (holder !== null && holder !== Object.prototype) {
    for (const key of Reflect.ownKeys(holder)) {
      if (typeof key === 'string' && LANGUAGE.has(key)) continue;
      if (!Reflect.deleteProperty(holder, key)) left.push(String(key));
    }
    holder = Reflect.getPrototypeOf(holder);
  }
  return left;
}
