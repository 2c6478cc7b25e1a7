/**
 * What can be done to the list of symbols as a whole; every function gives a new list.
 *
 * Invariant: a name that is made up here is one that the list does not have yet.
 */
import { isRecord } from '../../sim/index.ts';
import { blank, SYMBOLS } from './fields.ts';
import { withValue } from './path.ts';

type Symbols = readonly unknown[];

const NAME_CHARS_MAX = 24;

export function nameOf(symbol: unknown): string {
  return isRecord(symbol) ? String(symbol['name']) : '';
}

/** The list with a symbol for each of the names in `text`, or with one that is named here. */
export function withNew(symbols: Symbols, text: string): Symbols {
  const names = text.split(/[\s,;]+/).filter((name) => name !== '');
  const wanted = names.length > 0 ? names : [freeName(symbols, 'SYMBOL')];
  const added = wanted.map((name) => blank(SYMBOLS.item, { name }));
  return [...symbols, ...added].slice(0, Math.max(symbols.length, SYMBOLS.itemsMax));
}

/** The list with a copy of the symbol at `at` behind it, under a name of its own. */
export function withCopy(symbols: Symbols, at: number): Symbols {
  const symbol = symbols[at];
  if (!isRecord(symbol)) return symbols;
  const name = freeName(symbols, nameOf(symbol).replace(/-\d+$/, ''));
  return symbols.toSpliced(at + 1, 0, { ...symbol, name });
}

/** The list in which every symbol has the settings of the one at `at`, but its own name. */
export function allLike(symbols: Symbols, at: number): Symbols {
  const source = symbols[at];
  if (!isRecord(source)) return symbols;
  return Object.entries(source)
    .filter(([key]) => key !== 'name')
    .reduce((list, [key, value]) => withAll(list, key, value), symbols);
}

/** The list in which every symbol has `value` for its field `key`. */
export function withAll(symbols: Symbols, key: string, value: unknown): Symbols {
  return symbols.reduce<Symbols>(
    (list, _, at) => withValue(list, [at, key], value) as Symbols,
    symbols,
  );
}

/** `stem` with the first number from 2 on that makes it a name that nobody has. */
function freeName(symbols: Symbols, stem: string): string {
  const taken = new Set(symbols.map(nameOf));
  for (let n = 2; ; n++) {
    const ending = `-${n}`;
    const name = stem.slice(0, NAME_CHARS_MAX - ending.length) + ending;
    if (!taken.has(name)) return name;
  }
}
