/** How a replayed schedule came to its violation, told from one more execution of it. */
import {
  inevitableSince,
  replay,
  type RunResult,
  scenarioSubject,
  type Story,
  tellStory,
} from '../../sim/index.ts';
import type { NamedScenario } from '../input/scenario.ts';

/** The story of a replay; undefined for a default run, or where nothing required is violated. */
export function storyOf(
  { scenario, schedule }: NamedScenario,
  { checks }: RunResult,
): Story | undefined {
  const violated = checks.find(({ verdict, required }) => required && verdict === 'violated');
  if (schedule === undefined || violated === undefined) return undefined;
  const subject = scenarioSubject(scenario);
  const replayed = replay(subject, schedule);
  if (replayed.kind === 'error') return undefined;
  const inevitable = inevitableSince(subject, replayed.value, violated.id);
  return tellStory(replayed.value, violated.id, inevitable);
}
