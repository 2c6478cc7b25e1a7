/**
 * The page's own timeline and inspector with a session that only holds a trace.
 *
 * What they need of a session and nothing else, so that a measurement is of them.
 */
import { flushSync, mount } from 'svelte';
import { newView, type Segment } from '../../../sim/index.ts';
import '../../../web/app.css';
import { EN } from '../../../web/format/words-en.ts';
import { TraceStore } from '../../../web/state/trace-store.ts';
import Inspector from '../../../web/views/Inspector.svelte';
import Timeline from '../../../web/views/Timeline.svelte';

const SYMBOLS = ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s', 'EURUSD.s', 'GBPUSD.s'];

interface Focus {
  readonly seq: number;
  readonly timeUs: number;
  readonly range: { readonly startUs: number; readonly endUs: number } | undefined;
}

/** As much of a session as timeline and inspector look at. */
export class StageSession {
  trace: TraceStore = $state.raw(new TraceStore(SYMBOLS.length));
  version = $state(0);
  focus: Focus | undefined = $state.raw(undefined);
  readonly symbols = SYMBOLS;
  readonly tasks: readonly string[] = SYMBOLS;
  readonly outcome = undefined;
  readonly scenario = undefined;
  readonly beforeTrace = undefined;
  phase: 'running' | 'done' = $state('running');
  readonly source = { kind: 'log', name: 'bench' } as const;

  seek(_seq: number): void {
    return;
  }

  lookAt(seq: number): void {
    const view = newView();
    if (this.trace.read(seq, view)) this.focus = { seq, timeUs: view.timeUs, range: undefined };
  }

  /** An empty trace in place of the present one. */
  restart(): void {
    this.trace = new TraceStore(SYMBOLS.length);
    this.phase = 'running';
    this.version += 1;
  }

  take(segments: readonly Segment[]): void {
    for (const segment of segments) this.trace.append(segment);
    this.version += 1;
  }

  finish(endUs: number): void {
    this.trace.index.finish(endUs);
    this.phase = 'done';
    this.version += 1;
  }
}

/** Puts both on the page and gives back the session that they show. */
export function openStage(): StageSession {
  const session = new StageSession();
  const timeline = elementOf('timeline');
  timeline.style.width = '776px';
  mount(Timeline, {
    target: timeline,
    props: { session, words: EN, onselect: () => undefined },
  });
  mount(Inspector, {
    target: elementOf('inspector'),
    props: { session, words: EN, selection: undefined },
  });
  flushSync();
  return session;
}

/** An element of the page by its id; a page without it is broken. */
export function elementOf(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`expected an element #${id}`);
  return element;
}
