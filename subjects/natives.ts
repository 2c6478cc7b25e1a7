/**
 * Makes what the language brings cost what it makes: the methods and classes of a global object
 * whose outcome may be large.
 *
 * Every method of a list, a text or a buffer costs what it got and what it gave, but those that are
 * known to make next to nothing. Invariant: only the code of a lock pays, and not the explorer,
 * which may share its methods. Known limit: one call of the language's own that makes a text may
 * make the longest that the engine allows before it costs.
 */
import { FREE_BYTES, ENTRY_BYTES, type Meter, weigh } from './meter.ts';

type Native = (this: unknown, ...args: unknown[]) => unknown;
type Holder = Record<PropertyKey, unknown>;
type Globals = typeof globalThis & Holder;
/** Pays for what a class is asked to make, and may replace what it is made of. */
type Prepare = (args: unknown[], itemBytes: number) => unknown;
type Class = [name: string, prepare: Prepare];

/** They make no more than every call costs. */
const PLAIN: ReadonlySet<PropertyKey> = new Set(
  (
    'constructor push pop shift unshift indexOf lastIndexOf includes find findIndex findLast ' +
    'findLastIndex some every forEach reduce reduceRight at isArray call apply bind add has ' +
    'delete clear charAt charCodeAt codePointAt startsWith endsWith substring substr trim create ' +
    'valueOf freeze isFrozen getPrototypeOf setPrototypeOf hasOwn is subarray ' +
    'getOwnPropertyDescriptor'
  ).split(' '),
);
/** They make many small things of one text. */
const IN_PIECES: ReadonlySet<PropertyKey> = new Set(['split', 'match', 'parse']);
const PIECES = 16;
/** What a promise that waits for several makes for each. */
const JOINT_BYTES = 1_024;
const COMBINERS = ['all', 'allSettled', 'any', 'race'];
/** They walk over what they are given first. */
const WALKS: ReadonlySet<PropertyKey> = new Set(['from', 'fromEntries', 'groupBy', ...COMBINERS]);
const CODERS = 'escape unescape encodeURI encodeURIComponent decodeURI decodeURIComponent';
/** Buffers that change their size: no lock needs one. */
const RESIZERS = ['resize', 'transfer', 'transferToFixedLength'];
const COLLECTIONS = ['Map', 'Set', 'WeakMap', 'WeakSet'];
const LISTS =
  'Int8 Uint8 Uint8Clamped Int16 Uint16 Int32 Uint32 BigInt64 BigUint64 Float16 Float32 Float64'.split(
    ' ',
  );
/** A pattern is compiled, to so many bytes for each that it is long. */
const PATTERN = 128;
/** A character of JSON is told in up to six. */
const ESCAPED = 12;

/** Those of the language: code may find others. */
const { apply, construct } = Reflect;

export class Natives {
  readonly #meter: Meter;
  /** Whether the code of a lock runs. */
  isInside = false;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  /** Puts what costs in place of what `globals` brings. */
  replace(globals: Globals): void {
    const { Array, ArrayBuffer, Object, RegExp, String } = globals;
    this.#meter.walk = Array.prototype[Symbol.iterator];
    const typed = Object.getPrototypeOf(globals.Int8Array) as { prototype: object };
    const owners: object[] = [
      ...[Array, Array.prototype, typed, typed.prototype, ArrayBuffer.prototype, Object],
      ...[String, String.prototype, globals.JSON, globals.Reflect, globals.Set.prototype],
      ...[globals.BigInt, globals.BigInt.prototype, globals.Function.prototype],
      ...[globals.Error.prototype, globals.Map],
    ];
    for (const name of RESIZERS) Reflect.deleteProperty(ArrayBuffer.prototype, name);
    for (const owner of owners) this.#wrap(owner, Object.getOwnPropertyNames(owner));
    this.#wrap(RegExp.prototype, [Symbol.match, Symbol.replace, Symbol.split]);
    this.#wrap(globals.Promise, COMBINERS);
    this.#wrap(globals, CODERS.split(' '));
    for (const [name, prepare] of this.#classes()) this.#class(globals, name, prepare);
  }

  /** Costs so much; what is little is part of what each call costs. */
  #take(bytes: number): void {
    if (bytes >= FREE_BYTES) this.#meter.take(bytes);
  }

  #wrap(owner: object, names: readonly PropertyKey[]): void {
    for (const name of names) {
      const native = Reflect.getOwnPropertyDescriptor(owner, name)?.value as unknown;
      if (typeof native !== 'function' || PLAIN.has(name)) continue;
      const value = this.#costing(name, native as Native);
      Reflect.defineProperty(owner, name, { value });
    }
  }

  /** A method that costs what it got before it is called, and then what it gave. */
  #costing(name: PropertyKey, native: Native): unknown {
    if (name === 'defineProperty') return this.#defining(native);
    const isOurs = (): boolean => !this.isInside;
    const take = (bytes: number): void => this.#take(bytes);
    const { spread } = this.#meter;
    const act = this.#special(name, native);
    const pieces = IN_PIECES.has(name) ? PIECES : 1;
    const walks = WALKS.has(name);
    const combines = COMBINERS.includes(name as string);
    const methods = {
      [name](this: unknown, ...args: unknown[]): unknown {
        if (isOurs()) return apply(native, this, args);
        let bytes = weigh(this);
        for (const arg of args) bytes += weigh(arg);
        take(bytes * pieces);
        if (walks) args[0] = spread(args[0], combines ? JOINT_BYTES : ENTRY_BYTES);
        const made = apply(act, this, args);
        // Who sets a property is told whether that went well.
        take(weigh(made === true ? args[0] : made));
        return made;
      },
    };
    return (methods as Holder)[name];
  }

  /** Every module defines what it exports, so only a length costs. */
  #defining(native: Native): unknown {
    const onLength = (list: unknown): void => {
      if (this.isInside) this.#take(weigh(list));
    };
    return {
      defineProperty(...args: unknown[]): unknown {
        const made = apply(native, this, args);
        if (String(args[1]) === 'length') onLength(args[0]);
        return made;
      },
    }.defineProperty;
  }

  /** What costs more than it gets, and has to be asked for before it is made. */
  #special(name: PropertyKey, native: Native): Native {
    const meter = this.#meter;
    const before = (cost: (self: string, args: [never, never]) => number): Native =>
      function (...args) {
        meter.take(cost(this as string, args as [never, never]));
        return apply(native, this, args);
      };
    switch (name) {
      case 'repeat':
        return before(({ length }, [count]) => 2 * length * count);
      case 'padStart':
      case 'padEnd':
        return before((_, [length]) => 2 * length);
      case 'join':
        return before(({ length }, [by]) => weigh(by) * length);
      case 'replace':
      case 'replaceAll':
        // Each character may become the new text, and that may speak of the old one.
        return before(({ length }, [, by]) =>
          typeof by === 'string'
            ? weigh(by) * length * ((by as string).includes('$') ? length : 1)
            : 0,
        );
      case 'flatMap':
        return function (act, self) {
          const costing: Native = function (...args) {
            return meter.copied(apply(act as Native, this, args));
          };
          return apply(native, this, [costing, self]);
        };
      case 'flat':
        // One level after another, since a list may hold another many times.
        return function (depth = 1) {
          let list = this as unknown[];
          for (let left = Number(depth); left >= 2 && list.some(isList); left--) {
            list = apply(native, list, []) as unknown[];
            meter.copied(list);
          }
          return apply(native, list, [Math.min(Number(depth), 1)]);
        };
      case 'stringify':
        return function (value, by, ...rest) {
          if (Array.isArray(by)) return apply(native, this, [value, by, ...rest]);
          const telling: Native = function (key, item) {
            const told = typeof by === 'function' ? apply(by as Native, this, [key, item]) : item;
            meter.take(ENTRY_BYTES + (typeof told === 'string' ? ESCAPED * told.length : 0));
            return told;
          };
          return apply(native, this, [value, telling, ...rest]);
        };
      default:
        return native;
    }
  }

  /** By class: makes what it is made of cost. */
  #classes(): Class[] {
    const meter = this.#meter;
    const walk = (args: unknown[]): void => {
      if (args.length > 0) args[0] = meter.spread(args[0], ENTRY_BYTES);
    };
    const list = (args: unknown[], itemBytes: number): void => {
      const [first] = args;
      if (typeof first !== 'object' || first === null) meter.take(itemBytes * Number(first));
      else if (ArrayBuffer.isView(first)) meter.take(itemBytes * (first as Uint8Array).length);
      else if (!('byteLength' in first)) {
        meter.take(weigh(first));
        args[0] = meter.spread(first, itemBytes);
      }
    };
    return [
      ...COLLECTIONS.map((name): Class => [name, walk]),
      ...LISTS.map((name): Class => [`${name}Array`, list]),
      ['ArrayBuffer', ([length]) => meter.take(Number(length))],
      ['Array', ([length, ...more]) => more.length === 0 && meter.grown(length)],
      ['RegExp', ([pattern]) => meter.take(PATTERN * weigh(pattern))],
    ];
  }

  #class(globals: Globals, name: string, prepare: Prepare): void {
    const type = globals[name] as (new () => unknown) & { BYTES_PER_ELEMENT?: number };
    if (type === undefined) return;
    const paid = (args: unknown[]): unknown[] => {
      if (this.isInside) prepare(args, type.BYTES_PER_ELEMENT ?? 1);
      return args;
    };
    const costing = new Proxy(type, {
      construct: (of, args: unknown[], made) => construct(of, paid(args), made) as object,
      apply: (of, self, args: unknown[]) => apply(of, self, paid(args)) as unknown,
    });
    globals[name] = costing;
    Reflect.defineProperty(type.prototype as object, 'constructor', { value: costing });
  }
}

const { isArray: isList } = Array;
