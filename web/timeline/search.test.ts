/** A search finds exactly what a plain reading of the events finds, whatever its slices. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eventName,
  EventKind,
  eventsOf,
  type EventView,
  findEntry,
  newView,
  readEvent,
  runScenario,
  type Segment,
} from '../../sim/index.ts';
import { markColumns, scaleOf } from './columns.ts';
import { type Matcher, parseQuery, Search, type SearchNames } from './search.ts';

const names: SearchNames = {
  symbols: ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'],
  tasks: ['BTCUSD.s loop', 'heartbeat'],
  placeOf: (seq) => seq + 1,
  orderOf: (text) => (text === 'c0ffee' ? 7 : undefined),
};

function event(kind: keyof typeof EventKind, more: Partial<EventView> = {}): EventView {
  return { ...newView(), symbol: 255, task: 255, ...more, kind: EventKind[kind] };
}

function matcherOf(text: string): Matcher {
  const query = parseQuery(text, names);
  if (query.kind !== 'query') throw new Error(`expected a query, got ${query.kind} of ${text}`);
  return query.matches;
}

describe('a query', () => {
  it.each<[string, EventView, EventView]>([
    ['symbol:ethusd.s', event('enter', { symbol: 1 }), event('enter', { symbol: 0 })],
    ['symbol:usd', event('enter', { symbol: 2 }), event('enter')],
    ['kind:fill', event('fill'), event('order')],
    ['kind:fill,reject', event('reject'), event('order')],
    ['task:heart', event('send', { task: 1 }), event('send', { task: 0 })],
    ['hold:12', event('exit', { a: 12 }), event('order', { a: 12 })],
    ['order:12', event('order', { a: 12 }), event('exit', { a: 12 })],
    ['order:c0ffee', event('fill', { a: 7 }), event('fill', { a: 8 })],
    ['c0ffee', event('resolve', { a: 7 }), event('enter', { a: 7 })],
    ['ticket:9', event('fill', { b: 9 }), event('resolve', { b: 9 })],
    ['amount:18.09', event('fill', { value: 1_809 }), event('fill', { value: 1_810 })],
    ['amount:>100', event('fill', { value: 10_001 }), event('fill', { value: 10_000 })],
    ['amount:<-0.5', event('fill', { value: -51 }), event('fill', { value: -50 })],
    ['amount:0.3', event('metrics', { value: 0.1 + 0.2, object: 1 }), event('enter')],
    ['18.09', event('fill', { value: 1_809 }), event('fill', { value: 1_808 })],
    ['12', event('enter', { a: 12 }), event('signal', { a: 12 })],
    ['place:5', event('enter', { seq: 4 }), event('enter', { seq: 5 })],
    ['eth enter', event('enter', { symbol: 1 }), event('exit', { symbol: 1 })],
    ['symbol:btc kind:FILL', event('fill', { symbol: 0 }), event('fill', { symbol: 1 })],
  ])('%s means the one and not the other', (text, yes, no) => {
    expect(matcherOf(text)(yes)).toBe(true);
    expect(matcherOf(text)(no)).toBe(false);
  });

  it('says which part of it cannot be understood', () => {
    expect(parseQuery('  ', names)).toEqual({ kind: 'empty' });
    expect(parseQuery('colour:red', names)).toEqual({ kind: 'unknown-field', field: 'colour' });
    expect(parseQuery('kind:', names)).toEqual({ kind: 'unfinished', field: 'kind' });
    expect(parseQuery('eth amount:much', names)).toEqual({
      kind: 'bad-figure',
      field: 'amount',
      text: 'much',
    });
  });
});

/** A trace as the page keeps it. */
function readerOf(segments: readonly Segment[]): {
  size: number;
  read: (seq: number, view: EventView) => boolean;
} {
  return {
    size: segments.reduce((sum, { size }) => sum + size, 0),
    read: (seq, view) => {
      const segment = segments.find((one) => seq < one.firstSeq + one.size);
      if (segment === undefined) return false;
      readEvent(segment, seq - segment.firstSeq, view);
      return true;
    },
  };
}

describe('a search', () => {
  const scenario = findEntry('escaping-lock')?.scenario;
  if (scenario === undefined) throw new Error('expected escaping-lock in the gallery');
  const segments: Segment[] = [];
  // The engine uses its segment again.
  const copy = (segment: Segment): void => void segments.push(structuredClone(segment));
  const run = runScenario(scenario, { keepTrace: false, readers: [copy] });
  const trace = readerOf(segments);
  const all = [...eventsOf(segments)].length;

  it('finds what a plain reading finds, in order, whatever the slices', () => {
    const texts = ['kind:fill', 'eth', 'symbol:xau kind:enter,exit', 'amount:>0', 'nothing-at-all'];
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.integer({ min: 1, max: 5 }), (text, turns) => {
        const wanted: number[] = [];
        for (const view of eventsOf(segments)) if (matcherOf(text)(view)) wanted.push(view.seq);
        const search = new Search(trace, matcherOf(text));
        let slices = 1;
        while (!search.advance(() => slices % turns === 0)) slices += 1;
        expect(search.done).toBe(1);
        expect(Array.from({ length: search.count }, (_, at) => search.seqAt(at))).toEqual(wanted);
      }),
      { seed: 4, numRuns: 30 },
    );
    expect(all).toBe(trace.size);
  });

  it('goes on where the trace has grown, and stops when it is told', () => {
    const growing = { size: 10, read: trace.read };
    const search = new Search(growing, () => true);
    expect(search.advance(() => false)).toBe(true);
    expect(search.count).toBe(10);
    growing.size = trace.size;
    expect(search.done).toBeLessThan(1);
    search.advance(() => true);
    expect(search.count).toBe(Math.min(trace.size, 10 + 4_096));
  });

  it('steps to the next and the last, and round the ends', () => {
    const search = new Search(trace, ({ seq }) => seq % 100 === 50);
    search.advance(() => false);
    const last = (search.count - 1) * 100 + 50;
    expect(search.step(0, 1)).toBe(50);
    expect(search.step(50, 1)).toBe(150);
    expect(search.step(150, -1)).toBe(50);
    expect(search.step(50, -1)).toBe(last);
    expect(search.step(last, 1)).toBe(50);
    expect(new Search(trace, () => false).step(0, 1)).toBeUndefined();
  });

  it('marks every match in its place on the axis', () => {
    const search = new Search(trace, ({ kind }) => kind === EventKind.fill);
    search.advance(() => false);
    const scale = scaleOf({ startUs: 0, endUs: run.elapsedUs }, 300);
    const marked = markColumns(search.marks, scale);
    for (const view of eventsOf(segments)) {
      if (eventName(view.kind) !== 'fill') continue;
      const x = Math.min(299, Math.floor(view.timeUs / scale.columnUs));
      expect(marked[x]).toBe(1);
    }
    expect(marked.some((column) => column === 0)).toBe(true);
  });
});
