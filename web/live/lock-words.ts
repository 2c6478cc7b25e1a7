/**
 * What is said to the lock's worker and by it: a number each.
 *
 * A port copies what it is given, and a number costs least; a lock changes hands no faster than two
 * messages travel. Limits: a hold below 2^32, a task and a symbol below 256.
 */

/** What whoever wants the socket asks of the lock. */
export const Ask = { request: 0, release: 1, expire: 2 } as const;
export type Ask = (typeof Ask)[keyof typeof Ask];

/** What the lock answers: the hold was let in, or has given up. */
export const Answer = { grant: 0, gaveUp: 1 } as const;
export type Answer = (typeof Answer)[keyof typeof Answer];

const BYTE = 256;
const KINDS = 4;

/** A request, or about one; `hold` numbers it. */
export interface AskWords {
  readonly kind: Ask;
  readonly hold: number;
  readonly task: number;
  readonly symbol: number;
}

/** All of it in one number. */
export function packAsk(kind: Ask, hold: number, task: number, symbol: number): number {
  return kind + KINDS * (task + BYTE * (symbol + BYTE * hold));
}

/** What `packAsk` was given. */
export function readAsk(word: number): AskWords {
  const rest = Math.floor(word / KINDS);
  const symbolAndHold = Math.floor(rest / BYTE);
  return {
    kind: (word % KINDS) as Ask,
    task: rest % BYTE,
    symbol: symbolAndHold % BYTE,
    hold: Math.floor(symbolAndHold / BYTE),
  };
}

/** An answer in one number. */
export function packAnswer(kind: Answer, hold: number): number {
  return kind + 2 * hold;
}

/** What `packAnswer` was given. */
export function readAnswer(word: number): { readonly kind: Answer; readonly hold: number } {
  return { kind: (word % 2) as Answer, hold: Math.floor(word / 2) };
}
