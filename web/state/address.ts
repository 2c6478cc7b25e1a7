/**
 * The address of the page: what its fragment says, and what it should say.
 *
 * A view in a link is `e` and the number of the event that is looked at. Reading never throws.
 */
import {
  formatLink,
  parseLink,
  type Result,
  type Scenario,
  scheduleOfLink,
} from '../../sim/index.ts';

/** What an address asks for. */
export interface Address {
  readonly scenario: Scenario;
  /** The first hex digits of the digest that the run is expected to have. */
  readonly digest: string | undefined;
  /** The event to look at. */
  readonly seq: number | undefined;
  /** The schedule to replay, as the link writes it; undefined for the default run. */
  readonly schedule: string | undefined;
}

/** What `hash` asks for; undefined where there is none. */
export function readAddress(hash: string): Result<Address> | undefined {
  if (hash === '' || hash === '#') return undefined;
  const link = parseLink(hash);
  if (link.kind === 'error') return link;
  const choices = scheduleOfLink(link.value);
  if (choices?.kind === 'error') return choices;
  const { scenario, digest, view, schedule } = link.value;
  const seq = /^e(\d{1,15})$/.exec(view ?? '')?.[1];
  return {
    kind: 'ok',
    value: { scenario, digest, seq: seq === undefined ? undefined : Number(seq), schedule },
  };
}

/** The whole link of a run on the page at `base`. */
export function addressOf(
  base: string,
  scenario: Scenario,
  more: Partial<Omit<Address, 'scenario'>> = {},
): string {
  const { digest, seq, schedule } = more;
  const view = seq === undefined ? undefined : `e${seq}`;
  return formatLink(base, { scenario, schedule, digest, view });
}
