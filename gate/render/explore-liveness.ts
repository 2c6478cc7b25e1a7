/** What keeps an execution from ending, with its cycle: who waits for what, and who has it. */
import { assertUnreachable, type Liveness, lockName } from '../../sim/index.ts';
import type { Exploration } from '../report/exploration.ts';
import { count } from './figures.ts';
import { section } from './section.ts';
import type { Style } from './style.ts';
import { hang, plain } from './text.ts';

/** A loop of more steps is told by its first ones. */
const LOOP_SHOWN = 12;

/** The section about what hangs; nothing where all came to an end. */
export function livenessLines(style: Style, report: Exploration<unknown>): string[] {
  const liveness = hangingOf(report);
  if (liveness === undefined) return [];
  const told = livenessText(liveness);
  return section(
    style,
    'Hangs',
    '',
    told.flatMap((text) => hang('  ', plain(text), style.columns)),
  );
}

/** How the violation that is told ended, or the first execution that met the bound. */
export function hangingOf({ violation, unsettled }: Exploration<unknown>): Liveness | undefined {
  const liveness = violation?.liveness ?? unsettled;
  return liveness?.kind === 'settled' ? undefined : liveness;
}

/** In sentences, the cycle link by link. */
export function livenessText(liveness: Liveness): string[] {
  switch (liveness.kind) {
    case 'settled':
      return ['It came to its end.'];
    case 'deadlock':
      return ['Deadlock, in a circle:', ...liveness.cycle.map(waitText)];
    case 'lost-wakeup':
      return ['A wake-up was lost: the lock is free, and nobody will let them in.'].concat(
        liveness.waits.map(waitText),
      );
    case 'kept':
      return ['The lock is kept by somebody who is through.', ...liveness.waits.map(waitText)];
    case 'starving-loop': {
      const { cycle, rounds } = liveness;
      const more = cycle.length > LOOP_SHOWN ? `, and ${cycle.length - LOOP_SHOWN} more` : '';
      const steps = cycle.slice(0, LOOP_SHOWN).join(', ') + more;
      return [`The same steps again and again, ${count(rounds)} times at the end: ${steps}.`];
    }
    case 'stuck':
      return [
        'Somebody waits for something that is no lock, and nothing is left that could happen.',
      ];
    case 'unsettled':
      return ['It met the bound of steps; no loop could be told.'];
    default:
      return assertUnreachable(liveness);
  }
}

function waitText({
  task,
  lock,
  holders,
}: {
  readonly task: string;
  readonly lock: number;
  readonly holders: readonly string[];
}): string {
  const held = holders.length === 0 ? 'nobody holds' : `${holders.join(' and ')} holds`;
  return `${task} waits for ${lockName(lock)}, which ${held}.`;
}
