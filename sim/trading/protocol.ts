/**
 * What the engine and the gateway say to each other: six actions, as typed messages.
 *
 * The JSON form, field by field, is in `wire.ts`; here amounts are whole numbers (prices in points
 * of the symbol, volumes in thousandths of a lot, money in cents) so that the virtual hot path
 * never parses. One message is one frame.
 */
import type { ReplyStatus } from '../trace/event.ts';
import { Action } from '../trace/event.ts';
import type { Message } from '../zmq/contract.ts';

export type Side = 'BUY' | 'SELL';

/** Largest volume of an order, in thousandths of a lot; the smallest is 1. */
export const VOLUME_MILLI_MAX = 1_000_000;

/**
 * A request; `code` is its Action. `order` is the number that the uuid stands for. The gateway
 * refuses (MT5_ORDER_FAILED, MT5_CLOSE_FAILED) to begin on an order after `validUntilUs`, so that
 * an order whose reply was lost cannot be executed once somebody has asked what became of it.
 * Infinity never expires.
 */
export type GatewayRequest = Message &
  (
    | { readonly action: 'PING' | 'GET_ACCOUNT' | 'SYNC_ALL' }
    | { readonly action: 'GET_POSITIONS'; readonly positionsOf: number | undefined }
    | {
        readonly action: 'OPEN';
        readonly order: number;
        readonly side: Side;
        readonly volumeMilli: number;
        /** Opens and closes at once, as the reference's stress run books its trades. */
        readonly roundTrip: boolean;
        readonly exposureBp: number;
        readonly validUntilUs: number;
        /**
         * The symbol's signal, from 0, that wanted this trade: names the draw of its outcome. Where
         * it is left out, the gateway counts the orders that are new to it.
         */
        readonly signal?: number;
      }
    | {
        readonly action: 'CLOSE';
        readonly order: number;
        readonly ticket: number;
        readonly validUntilUs: number;
        /** How much of the position to close; left out, all of it. */
        readonly volumeMilli?: number;
      }
  );

export const ERROR_CODES = [
  'INVALID_JSON',
  'MISSING_ACTION',
  'MISSING_SYMBOL',
  'MISSING_TYPE',
  'MISSING_TICKET',
  'UNKNOWN_ACTION',
  'INVALID_VOLUME',
  'RISK_SIGNATURE_INVALID',
  'MT5_NOT_CONNECTED',
  'MT5_ORDER_FAILED',
  'MT5_CLOSE_FAILED',
  'SERVER_ERROR',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An open position as the gateway lists it. */
export interface Position {
  readonly ticket: number;
  /** The order that opened it. */
  readonly order: number;
  readonly symbol: number;
  readonly side: Side;
  readonly volumeMilli: number;
  readonly openPoints: number;
  readonly currentPoints: number;
  /** Unrealised, in cents. */
  readonly profit: number;
  readonly exposureBp: number;
}

/** An execution as the gateway remembers it, so that an unknown outcome can be asked about. */
export interface Deal {
  readonly order: number;
  readonly ticket: number;
  /** Realised, commission included, in cents. */
  readonly profit: number;
}

export interface Account {
  readonly balance: number;
  readonly equity: number;
  readonly margin: number;
}

/** A reply; `code` is its ReplyStatus. */
export type GatewayReply = Message & { readonly code: ReplyStatus } & (
    | { readonly kind: 'pong' }
    | {
        readonly kind: 'filled';
        readonly order: number;
        readonly ticket: number;
        readonly points: number;
        /** Realised by this execution, commission included, in cents. */
        readonly profit: number;
      }
    | { readonly kind: 'rejected'; readonly order: number; readonly error: ErrorCode }
    | { readonly kind: 'account'; readonly account: Account }
    | { readonly kind: 'positions'; readonly positions: readonly Position[] }
    | {
        readonly kind: 'sync';
        readonly account: Account;
        readonly positions: readonly Position[];
        readonly deals: readonly Deal[];
      }
    | { readonly kind: 'failed'; readonly error: ErrorCode }
  );

/** The trace's code of an action's name. */
export function actionCode(action: GatewayRequest['action']): Action {
  return Action[action];
}
