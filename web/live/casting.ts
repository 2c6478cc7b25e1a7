/**
 * Brings the members of a live run up, and wires them by message channels.
 */
import { assertExists } from '../../sim/index.ts';
import type { LivePlan } from './contract.ts';
import type { Actor, Part, Player, Stage } from './stage.ts';
import type { Seat } from './roll.ts';
import type { AccountFacts, Casting } from './wire.ts';

/** Who takes part in a run; the place in the list is the place in the merged trace. */
function playersOf({ scenario, lockAt }: LivePlan): readonly Player[] {
  return [
    ...scenario.symbols.map((_, symbol) => ({ kind: 'symbol' as const, symbol })),
    { kind: 'account' },
    ...(lockAt === 'bridge' ? [] : [{ kind: 'lock' as const }]),
  ];
}

/** Why a plan cannot be carried out; undefined where it can. */
export function refusalOf({ lockAt, end }: LivePlan): string | undefined {
  if (lockAt !== 'bridge' || end.kind === 'bridge') return undefined;
  return 'expected the bridge as the far end of a run whose lock is there';
}

/** Starts all members and gives them their parts; rejects if one of them cannot be started. */
export async function castAll(
  plan: LivePlan,
  stage: Stage,
  onLost: (place: number) => void,
): Promise<{ readonly seats: readonly Seat[]; readonly facts: AccountFacts }> {
  const players = playersOf(plan);
  const actors = players.map((player, place) => stage.enter(player, () => onLost(place)));
  const { parts, ports } = wire(plan, players);
  const playAt = (place: number, facts?: AccountFacts): ReturnType<typeof play> => {
    const player = assertExists(players[place], 'expected a player in every place');
    return play(player, actors[place], parts[place]?.(facts));
  };
  const at = players.findIndex(({ kind }) => kind === 'account');
  const facts = assertExists(await playAt(at), 'expected the account to tell its tasks');
  const others = players.map((_, place) => place).filter((place) => place !== at);
  await Promise.all(others.map((place) => playAt(place, facts)));
  const seats = players.map((player, place): Seat => {
    const port = assertExists(ports[place], 'expected a port to every member');
    return { player, place, port, state: 'here', report: undefined };
  });
  return { seats, facts };
}

/** Gives an actor its part; says who it was that could not be started. */
async function play(
  { kind }: Player,
  actor: Actor | undefined,
  part: Part | undefined,
): Promise<AccountFacts | undefined> {
  const given = assertExists(part, 'expected a part for every player');
  try {
    return await assertExists(actor, 'expected an actor for every player').play(given);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`expected the worker of the ${kind} to start: ${why}`, { cause });
  }
}

/** Makes a part for every player, with its ends of all channels, and the conductor's ends. */
function wire(
  { scenario, lockAt, end }: LivePlan,
  players: readonly Player[],
): {
  readonly parts: readonly ((facts: AccountFacts | undefined) => Part | undefined)[];
  readonly ports: readonly MessagePort[];
} {
  const casting: Casting = { scenario, lockAt };
  const hasLock = lockAt !== 'bridge';
  const lines = players.map(() => new MessageChannel());
  const toAccount = scenario.symbols.map(() => new MessageChannel());
  const symbolsToLock = scenario.symbols.map(() => (hasLock ? new MessageChannel() : undefined));
  const accountToLock = hasLock ? new MessageChannel() : undefined;
  const ofLock = [...symbolsToLock, accountToLock].flatMap((channel) => channel?.port2 ?? []);
  const partOf = (
    player: Player,
    conductor: MessagePort,
    facts?: AccountFacts,
  ): Part | undefined => {
    switch (player.kind) {
      case 'symbol': {
        const { symbol } = player;
        const account = toAccount[symbol]?.port1;
        const lock = symbolsToLock[symbol]?.port1;
        if (facts === undefined || account === undefined) return undefined;
        return { kind: 'symbol', casting, symbol, facts, ports: { conductor, lock, account } };
      }
      case 'account': {
        const symbols = toAccount.map(({ port2 }) => port2);
        const ports = { conductor, lock: accountToLock?.port1, symbols, end };
        return { kind: 'account', casting, ports };
      }
      case 'lock':
        return { kind: 'lock', casting, ports: { conductor, askers: ofLock } };
    }
  };
  return {
    parts: players.map((player, place) => (facts) => {
      const line = lines[place];
      return line && partOf(player, line.port2, facts);
    }),
    ports: lines.map(({ port1 }) => port1),
  };
}
