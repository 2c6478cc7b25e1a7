/**
 * A violation as a story: numbered steps in prose, from what led to it up to where it shows.
 *
 * A step of the story is an atomic step of the run. Told are those in which the schedule departs
 * from the default, those that the check's evidence speaks of, and of the others as many as there
 * is room for, the most telling and the latest first. Invariant: nothing is told that the trace
 * does not say, and steps are told in the order in which they happened.
 */
import type { CheckId, Evidence } from '../check/contract.ts';
import { FIRST_DELIVERY } from '../kernel/footprints.ts';
import { EventKind, type EventRef, keepEvent, RunEnd, type TraceEvent } from '../trace/event.ts';
import { eventsOf } from '../trace/segment.ts';
import type { Attempt, ExploredResult } from './attempt.ts';
import { scheduleOfAttempt } from './replay.ts';
import { actorName, clause } from './story-clauses.ts';
import type { Inevitable } from './story-inevitable.ts';
import { Narrator } from './story-narrator.ts';
import { relevance } from './story-relevance.ts';

/** The longest story. */
export const STORY_STEPS_MAX = 12;

export interface StoryStep {
  /** The place in the trace that it tells of. */
  readonly at: EventRef;
  /** What happened, each part a template with values. */
  readonly clauses: readonly Evidence[];
  /** The clauses as one English sentence. */
  readonly text: string;
  /** Numbers of the choices off the default that made it happen now. */
  readonly choices: readonly number[];
  /** From this step on the violation could not be avoided any more. */
  readonly inevitable: boolean;
}

export interface Story {
  readonly check: CheckId;
  readonly steps: readonly StoryStep[];
  /** Steps of the run that had something to tell and were left out. */
  readonly omitted: number;
  /** What the check says of it; undefined if it has no words. */
  readonly finding: Evidence | undefined;
  readonly inevitable: Inevitable;
}

/** One atomic step of the run that has something to tell. */
interface Moment {
  readonly events: readonly TraceEvent[];
  readonly clauses: readonly Evidence[];
  readonly choices: readonly number[];
  readonly at: EventRef;
  readonly lastSeq: number;
}

/** Where a run departed from the default schedule. */
interface Departure {
  readonly choice: number;
  /** How many events there were by then. */
  readonly seq: number;
  /** Who went before whom; undefined where it was no question of that. */
  readonly order: { readonly who: string; readonly others: string } | undefined;
}

/** Tells how `attempt` came to violate `check`. */
export function tellStory(
  attempt: Attempt,
  check: CheckId,
  inevitable: Inevitable = { kind: 'unknown' },
): Story {
  const { result } = attempt;
  const finding = result.checks.find(({ id }) => id === check)?.evidence[0];
  const moments = momentsOf(attempt);
  const turn = inevitable.kind === 'since' ? result.choiceSeqs[inevitable.choice] : undefined;
  const turning = turn === undefined ? undefined : moments.find(({ lastSeq }) => lastSeq >= turn);
  const told = select(moments, check, finding, turning);
  const steps = told.map(({ at, clauses, choices }, n) => ({
    at,
    clauses,
    text: sentence(clauses),
    choices,
    inevitable: told[n] === turning,
  }));
  return { check, steps, omitted: moments.length - steps.length, finding, inevitable };
}

function momentsOf(attempt: Attempt): Moment[] {
  const { result } = attempt;
  const narrator = new Narrator(result.taskNames);
  const departures = departuresOf(attempt);
  return stepsOf(result).flatMap((events) => {
    const first = events[0] as TraceEvent;
    const lastSeq = (events.at(-1) as TraceEvent).seq;
    const here: Departure[] = [];
    while ((departures[0]?.seq ?? Infinity) <= lastSeq) here.push(departures.shift() as Departure);
    const clauses = [...ordersOf(here, first), ...narrator.tell(events), ...endOf(events)];
    const choices = here.map(({ choice }) => choice);
    const at = { seq: first.seq, timeUs: first.timeUs };
    return clauses.length === 0 ? [] : [{ events, clauses, choices, at, lastSeq }];
  });
}

/** The events of each atomic step: an explored run gives each step a moment of its own. */
function stepsOf({ segments }: ExploredResult): TraceEvent[][] {
  const steps: TraceEvent[][] = [];
  for (const event of eventsOf(segments)) {
    const step = steps.at(-1);
    if (step?.[0]?.timeUs === event.timeUs) step.push(keepEvent(event));
    else steps.push([keepEvent(event)]);
  }
  return steps;
}

function departuresOf(attempt: Attempt): Departure[] {
  const { choices, result } = attempt;
  const name = (process: number | undefined): string =>
    process === undefined || process >= FIRST_DELIVERY
      ? 'a timer or message'
      : actorName(result.taskNames[process] ?? `task ${process}`);
  return scheduleOfAttempt(attempt).map(({ at, pick }) => {
    const seq = result.choiceSeqs[at] ?? 0;
    if (choices.kind(at) === 'choose') return { choice: at, seq, order: undefined };
    const processes = choices.processes(at);
    const others = [...new Set(processes.slice(0, pick).map(name))].join(', ');
    return { choice: at, seq, order: { who: name(processes[pick]), others } };
  });
}

/** Who went before whom, each said once. */
function ordersOf(departures: readonly Departure[], first: TraceEvent): Evidence[] {
  const told = new Map<string, Evidence>();
  for (const { order } of departures) {
    if (order !== undefined)
      told.set(`${order.who}<${order.others}`, clause('goesFirst', order, first));
  }
  return [...told.values()];
}

function endOf(events: readonly TraceEvent[]): Evidence[] {
  const end = events.find(({ kind }) => kind === EventKind.end);
  if (end?.b !== RunEnd.stuck || end.a === 0) return [];
  return [clause('stuck', { waiting: end.a }, end)];
}

/** The moments that are told, in order. */
function select(
  moments: readonly Moment[],
  check: CheckId,
  finding: Evidence | undefined,
  turning: Moment | undefined,
): Moment[] {
  const score = relevance(check, finding, moments);
  const ranked = moments
    .map((moment, n) => ({ moment, n, score: moment === turning ? Infinity : score(moment) }))
    .filter((each) => each.score > 0)
    .sort((x, y) => y.score - x.score || y.n - x.n);
  return ranked
    .slice(0, STORY_STEPS_MAX)
    .sort((x, y) => x.n - y.n)
    .map(({ moment }) => moment);
}

/** Clauses as one sentence; a name stays as it is written. */
function sentence(clauses: readonly Evidence[]): string {
  const text = clauses.map((each) => each.text).join('; ');
  const begins = /^(the|a|nobody|order) /.test(text);
  return `${begins ? text.charAt(0).toUpperCase() + text.slice(1) : text}.`;
}
