/**
 * Finds events by what people type: `symbol:ETHUSD.s kind:fill`, `amount:>100`, `hold:12`, words.
 *
 * A query becomes tests on an event's numbers, so no text is made while millions of events are
 * looked through; the looking goes in slices and can be left at any time. Terms all have to hold;
 * alternatives of one field stand between commas. Letter case does not matter. Known limit: an
 * amount is compared with what the event states, in dollars to the cent.
 */
import {
  EventKind,
  eventName,
  type EventName,
  type EventView,
  newView,
  NONE,
} from '../../sim/index.ts';
import type { EventReader } from './blast-radius.ts';
import { firstRow } from './paged.ts';
import { TimeMarks } from './time-marks.ts';

/** Names by number, as events refer to them. */
export interface SearchNames {
  readonly symbols: readonly string[];
  readonly tasks: readonly string[];
  /** What people call the place of an event: its line in a log, else its own number. */
  readonly placeOf: (seq: number) => number;
  /** The order that a uuid stands for. */
  readonly orderOf?: ((uuid: string) => number | undefined) | undefined;
}

/** Whether an event is meant. */
export type Matcher = (event: EventView) => boolean;

export type Query =
  | { readonly kind: 'empty' }
  | { readonly kind: 'query'; readonly matches: Matcher }
  | { readonly kind: 'unknown-field'; readonly field: string }
  | { readonly kind: 'bad-figure'; readonly field: string; readonly text: string }
  | { readonly kind: 'unfinished'; readonly field: string };

type Failure = Exclude<Query, { kind: 'empty' | 'query' }>;

/** Fields that may stand before a colon. */
export const SEARCH_FIELDS = [
  ...['symbol', 'kind', 'task', 'hold', 'order', 'ticket', 'amount', 'place'],
] as const;

const CENTS = 100;

/** Kinds whose number `a`, `b` or `value` means what a field asks for. */
const HOLD_KINDS = kinds('request', 'grant', 'release', 'timeout', 'cancel', 'enter', 'exit');
const ORDER_KINDS = kinds('order', 'fill', 'reject', 'unknown', 'resolve');
const FILL_KINDS = kinds('fill');
const AMOUNT_KINDS = kinds('fill', 'metrics', 'total', 'books');

/** What a text asks for; a failure says which part of it cannot be understood. */
export function parseQuery(text: string, names: SearchNames): Query {
  const tests: Matcher[] = [];
  for (const term of text.trim().split(/\s+/)) {
    if (term === '') continue;
    const made = termOf(term, names);
    if (typeof made !== 'function') return made;
    tests.push(made);
  }
  const [first] = tests;
  if (first === undefined) return { kind: 'empty' };
  const matches = tests.length === 1 ? first : (event: EventView) => tests.every((t) => t(event));
  return { kind: 'query', matches };
}

function termOf(term: string, names: SearchNames): Matcher | Failure {
  const colon = term.indexOf(':');
  if (colon <= 0) return wordOf(term.toLowerCase(), names);
  const field = term.slice(0, colon).toLowerCase();
  const rest = term.slice(colon + 1).toLowerCase();
  const choices = rest.split(',').filter((one) => one !== '');
  if (!SEARCH_FIELDS.some((known) => known === field)) return { kind: 'unknown-field', field };
  if (choices.length === 0) return { kind: 'unfinished', field };
  const tests: Matcher[] = [];
  for (const choice of choices) {
    const made = choiceOf(field, choice, names);
    if (typeof made !== 'function') return made;
    tests.push(made);
  }
  return (event) => tests.some((test) => test(event));
}

function choiceOf(field: string, text: string, names: SearchNames): Matcher | Failure {
  switch (field) {
    case 'symbol':
      return bySymbol(named(names.symbols, text));
    case 'task':
      return byTask(named(names.tasks, text));
    case 'kind':
      return byKind(kindsLike(text));
    case 'order': {
      const order = names.orderOf?.(text);
      if (order !== undefined)
        return numbered(
          ORDER_KINDS,
          ({ a }) => a,
          (a) => a === order,
        );
    }
  }
  const compare = figureOf(text);
  if (compare === undefined) return { kind: 'bad-figure', field, text };
  switch (field) {
    case 'hold':
      return numbered(HOLD_KINDS, ({ a }) => a, compare);
    case 'order':
      return numbered(ORDER_KINDS, ({ a }) => a, compare);
    case 'ticket':
      return numbered(FILL_KINDS, ({ b }) => b, compare);
    case 'amount':
      return numbered(AMOUNT_KINDS, amountOf, compare);
    default:
      return ({ seq }) => compare(names.placeOf(seq));
  }
}

/** A word of its own: in a name or a kind; a figure also as a hold, an order or an amount. */
function wordOf(word: string, names: SearchNames): Matcher {
  const tests = [
    bySymbol(named(names.symbols, word)),
    byTask(named(names.tasks, word)),
    byKind(kindsLike(word)),
  ];
  const order = names.orderOf?.(word);
  if (order !== undefined)
    tests.push(
      numbered(
        ORDER_KINDS,
        ({ a }) => a,
        (a) => a === order,
      ),
    );
  const compare = figureOf(word);
  if (compare !== undefined) {
    if (/^\d+$/.test(word)) {
      tests.push(numbered(HOLD_KINDS, ({ a }) => a, compare));
      tests.push(numbered(ORDER_KINDS, ({ a }) => a, compare));
    }
    tests.push(numbered(AMOUNT_KINDS, amountOf, compare));
  }
  return (event) => tests.some((test) => test(event));
}

type Compare = (value: number) => boolean;

/** `12`, `-4.50`, `>100`, `<0`: what a figure is compared with; undefined if it is none. */
function figureOf(text: string): Compare | undefined {
  const found = /^([<>]?)(-?\d+(?:\.\d+)?)$/.exec(text.replace('\u2212', '-').replace('$', ''));
  if (found === null) return undefined;
  const figure = Number(found[2]);
  if (found[1] === '>') return (value) => value > figure;
  if (found[1] === '<') return (value) => value < figure;
  return (value) => value === figure;
}

function numbered(of: Uint8Array, read: (event: EventView) => number, compare: Compare): Matcher {
  return (event) => of[event.kind] === 1 && compare(read(event));
}

/** In dollars, rounded to the cent. */
function amountOf({ kind, object, b, value }: EventView): number {
  const inDollars =
    (kind === EventKind.metrics && object === 1) || (kind === EventKind.total && b === 1);
  return Math.round(inDollars ? value * CENTS : value) / CENTS;
}

function bySymbol(meant: Uint8Array): Matcher {
  return ({ symbol }) => symbol !== NONE && meant[symbol] === 1;
}

function byTask(meant: Uint8Array): Matcher {
  return ({ task }) => task !== NONE && meant[task] === 1;
}

function byKind(meant: Uint8Array): Matcher {
  return ({ kind }) => meant[kind] === 1;
}

/** Which numbers have a name with `text` in it. */
function named(names: readonly string[], text: string): Uint8Array {
  const meant = new Uint8Array(256);
  names.forEach((name, at) => {
    if (name.toLowerCase().includes(text)) meant[at] = 1;
  });
  return meant;
}

function kindsLike(text: string): Uint8Array {
  const meant = new Uint8Array(256);
  for (const kind of Object.values(EventKind)) {
    if (eventName(kind).toLowerCase().includes(text)) meant[kind] = 1;
  }
  return meant;
}

function kinds(...names: readonly EventName[]): Uint8Array {
  const meant = new Uint8Array(256);
  for (const name of names) meant[EventKind[name]] = 1;
  return meant;
}

/** How many events are looked at between two looks at the clock. */
const EVENTS_BETWEEN_CLOCKS = 4_096;

/** One search over a trace that may go on growing. */
export class Search {
  readonly #trace: EventReader;
  readonly #matches: Matcher;
  readonly #view = newView();
  #found = new Uint32Array(256);
  #count = 0;
  #looked = 0;
  /** Where on the time axis something was found. */
  readonly marks = new TimeMarks();

  constructor(trace: EventReader, matches: Matcher) {
    this.#trace = trace;
    this.#matches = matches;
  }

  /** How many events match, of those that were looked at. */
  get count(): number {
    return this.#count;
  }

  /** Share of the trace that was looked at, 0 to 1. */
  get done(): number {
    const { size } = this.#trace;
    return size === 0 ? 1 : this.#looked / size;
  }

  /** Goes on until `isOver` says so; true once the whole trace was looked at. */
  advance(isOver: () => boolean): boolean {
    const view = this.#view;
    const trace = this.#trace;
    while (this.#looked < trace.size) {
      const end = Math.min(trace.size, this.#looked + EVENTS_BETWEEN_CLOCKS);
      for (let seq = this.#looked; seq < end; seq++) {
        if (trace.read(seq, view) && this.#matches(view)) this.#add(seq, view.timeUs);
      }
      this.#looked = end;
      if (isOver()) break;
    }
    return this.#looked >= trace.size;
  }

  /** The match in place `at`, from 0, as a sequence number. */
  seqAt(at: number): number | undefined {
    return at >= 0 && at < this.#count ? this.#found[at] : undefined;
  }

  /** The place of the first match at `seq` or behind it; `count` if there is none. */
  placeFrom(seq: number): number {
    return firstRow(0, this.#count, (at) => (this.#found[at] as number) >= seq);
  }

  /** The match after event `seq`, or before it; from the other end where there is none. */
  step(seq: number, side: 1 | -1): number | undefined {
    const at = side > 0 ? this.placeFrom(seq + 1) : this.placeFrom(seq) - 1;
    return this.seqAt(at) ?? this.seqAt(side > 0 ? 0 : this.#count - 1);
  }

  #add(seq: number, timeUs: number): void {
    if (this.#count === this.#found.length) {
      const wider = new Uint32Array(this.#count * 2);
      wider.set(this.#found);
      this.#found = wider;
    }
    this.#found[this.#count] = seq;
    this.#count += 1;
    this.marks.add(timeUs);
  }
}
