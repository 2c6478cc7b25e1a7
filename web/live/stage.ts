/**
 * Where the members of a live run come from: workers of their own, or a test's own thread.
 *
 * Invariant: no member is ended by itself; all of them go with the conductor's worker. Chromium 156
 * keeps a worker for ever that is ended right after one that it had started.
 */
import { assertUnreachable } from '../../sim/index.ts';
import type { Member } from './contract.ts';
import type { AccountFacts, AccountPorts, Casting, LockPorts, SymbolPorts } from './wire.ts';

/** Who takes part beside the conductor. */
export type Player = Exclude<Member, { readonly kind: 'conductor' }>;

/** What a member is given to do. */
export type Part =
  | {
      readonly kind: 'symbol';
      readonly casting: Casting;
      readonly symbol: number;
      readonly facts: AccountFacts;
      readonly ports: SymbolPorts;
    }
  | { readonly kind: 'lock'; readonly casting: Casting; readonly ports: LockPorts }
  | { readonly kind: 'account'; readonly casting: Casting; readonly ports: AccountPorts };

/** A member that stands ready; parts come once, and ports go with them. */
export interface Actor {
  /** Gives it its part; the account answers with what others need to know. */
  play(part: Part): Promise<AccountFacts | undefined>;
}

export interface Stage {
  /** Brings a member up; `onLost` is called once if it ends by itself. */
  enter(player: Player, onLost: () => void): Actor;
}

/** The ports that go with a part: transfer them. */
export function portsOf(part: Part): MessagePort[] {
  const { conductor } = part.ports;
  switch (part.kind) {
    case 'symbol':
      return [conductor, part.ports.account, part.ports.lock].filter((port) => port !== undefined);
    case 'lock':
      return [conductor, ...part.ports.askers];
    case 'account': {
      const { lock, symbols, end } = part.ports;
      const others = [lock, end.kind === 'bridge' ? end.port : undefined];
      return [conductor, ...symbols, ...others.filter((port) => port !== undefined)];
    }
    default:
      return assertUnreachable(part);
  }
}
