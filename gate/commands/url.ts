/** `lab url`: a scenario to its link, and a link back to its scenario. */
import { formatLink, parseLink } from '../../sim/index.ts';
import { findScenario } from '../input/scenario.ts';
import { playgroundUrl } from '../report/playground.ts';
import { Exit } from '../shell/exit.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';

export interface UrlOptions {
  readonly decode: string | undefined;
  readonly seed: number | undefined;
  readonly json: boolean;
}

/** Prints the link of `source`, or the scenario of the link to decode; exactly one is given. */
export async function urlCommand(
  source: string | undefined,
  options: UrlOptions,
  shell: Shell,
): Promise<Outcome<Exit>> {
  if ((source === undefined) === (options.decode === undefined)) {
    return refuse('usage', 'expected either a scenario or --decode URL');
  }
  if (options.decode !== undefined) return decode(options.decode, shell);
  const found = await findScenario(source ?? '');
  if (found.kind === 'error') return found;
  const seed = options.seed ?? found.value.scenario.seed;
  const scenario = { ...found.value.scenario, seed };
  const base = playgroundUrl(shell.env);
  if (base.kind === 'error') return base;
  const url = formatLink(base.value, { scenario });
  shell.print([
    options.json ? JSON.stringify({ url, length: url.length, scenario }, null, 2) : url,
  ]);
  return { kind: 'ok', value: Exit.passed };
}

function decode(url: string, shell: Shell): Outcome<Exit> {
  const link = parseLink(url);
  if (link.kind === 'error') return refuse(link.error.code, link.error.message);
  const { scenario, schedule, digest } = link.value;
  if (schedule !== undefined) shell.note('lab: the link also carries a schedule (&p=)');
  if (digest !== undefined) shell.note(`lab: the link expects the digest ${digest}`);
  shell.print([JSON.stringify(scenario, null, 2)]);
  return { kind: 'ok', value: Exit.passed };
}
