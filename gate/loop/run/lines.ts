/**
 * The lines that the loop speaks in, one a verdict: `[UnifiedGate] STAGE PASS reason`.
 *
 * What was not judged gets no verdict word but says so. Only `finalText` can make the line that
 * says that the gate passed, and only from an outcome that passed.
 */
import { assertUnreachable } from '../../../sim/index.ts';
import { duration } from '../../render/figures.ts';
import { paint, type Role, type Style } from '../../render/style.ts';
import { plain } from '../../render/text.ts';
import type { WaitNotice } from '../time/wait-or-die.ts';
import type { GateOutcome } from './outcome.ts';
import type { StageEnd, StageName } from './stage.ts';

const VOICE = '[UnifiedGate]';
const US_PER_MS = 1_000;

/** A stage's name as the lines say it. */
export function spoken(stage: StageName): string {
  return stage.toUpperCase();
}

/** The word of a verdict, or of its absence. */
export function wordOf(end: StageEnd): string {
  switch (end.kind) {
    case 'pass':
      return 'PASS';
    case 'fail':
      return 'FAIL';
    case 'die':
    case 'crash':
      return 'DIE';
    case 'cancelled':
    case 'not-run':
      return 'not run:';
    default:
      return assertUnreachable(end.kind);
  }
}

function roleOf(end: StageEnd): Role {
  switch (end.kind) {
    case 'pass':
      return 'passed';
    case 'fail':
    case 'crash':
      return 'violated';
    case 'die':
    case 'cancelled':
    case 'not-run':
      return 'inconclusive';
    default:
      return assertUnreachable(end.kind);
  }
}

/** The verdict of one stage. */
export function stageLine(style: Style, stage: StageName, end: StageEnd): string {
  const word = paint(style, roleOf(end), wordOf(end));
  return `${voice(style)} ${spoken(stage)} ${word} ${plain(end.reason)}`;
}

/** For what a stage waits, and how long it still can. */
export function waitLine(style: Style, stage: StageName, notice: WaitNotice): string {
  const next = duration(Math.round(notice.nextMs) * US_PER_MS);
  const left = duration(Math.round(notice.leftMs) * US_PER_MS);
  const word = paint(style, 'inconclusive', 'WAIT');
  return (
    `${voice(style)} ${spoken(stage)} ${word} ${plain(notice.reason)}; ` +
    `next try in ${next}, ${left} left`
  );
}

/** The last line, without colour: what the report quotes. */
export function finalText(outcome: GateOutcome): string {
  const reasons = plain(outcome.reasons.join('; '));
  switch (outcome.kind) {
    case 'PASS':
      return `${VOICE} PASS`;
    case 'MECHANICAL-PASS':
      return `${VOICE} MECHANICAL-PASS (reviews not run)`;
    case 'FAIL':
      return `${VOICE} FAIL ${reasons}`;
    case 'DIE':
      return `${VOICE} DIE, so the gate FAILS and nothing is assumed: ${reasons}`;
    case 'CANCELLED':
      return `${VOICE} CANCELLED ${reasons}`;
    case 'CRASH':
      return `${VOICE} DIE, an error of the loop's own: ${reasons}`;
    default:
      return assertUnreachable(outcome.kind);
  }
}

/** The last line as a terminal shows it. */
export function finalLine(style: Style, outcome: GateOutcome): string {
  return paint(style, outcome.verdict, finalText(outcome));
}

function voice(style: Style): string {
  return paint(style, 'faint', VOICE);
}
