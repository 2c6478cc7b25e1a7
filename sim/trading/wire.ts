/**
 * The wire: the gateway's v4.3 dialect as JSON, one object a frame, both directions.
 *
 * OPEN and CLOSE carry the order's uuid, so that an order sent again is recognised; the other
 * actions carry a uuid of the request. Volumes (lots, three places), prices and money (two places)
 * are JSON numbers as the dialect has them; they are read through decimal.js from the number's
 * shortest text, so 0.07 is exactly seven hundredths, and amounts of more than 15 digits go as
 * decimal text. Times are milliseconds since 1970, UTC.
 *
 * Extensions of ours, which a plain gateway may leave out and ignore, `profit` excepted:
 * - OPEN: `round_trip`, `exposure_bp`, `signal`; `comment` is the order's uuid once more, because
 *   the gateway's deals keep comments, not uuids.
 * - OPEN and CLOSE: `request` (number of this message, the uuid being the order's),
 *   `valid_until_us`.
 * - FILLED: `profit`, realised by this execution.
 * - the other actions: `client`, the symbol whose loop asks.
 * - every reply: `request` and `client`, echoed.
 * - positions: `comment` and `exposure_bp`. SYNC_ALL: `deals`, each ticket, profit and comment; a
 *   SYNC_ALL with a `client` answers with that symbol's positions and deals only.
 */
export { Directory } from './wire/directory.ts';
export {
  CURRENCY,
  formatProblem,
  formatReply,
  parseReply,
  REPLY_LENGTH_MAX,
  type ReplyStamp,
} from './wire/reply.ts';
export {
  formatRequest,
  MAGIC,
  parseRequest,
  REQUEST_LENGTH_MAX,
  type RequestProblem,
  riskSignature,
  uuidOf,
} from './wire/request.ts';
export { Uuids } from './wire/uuid.ts';
