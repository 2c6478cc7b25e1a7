/**
 * The door of the bridge for the command line and the benchmarks: real sockets, a live run over
 * them, and the reference gateway.
 */
export { processClock } from './clock.ts';
export { JournalError } from './durable/journal.ts';
export { LiveSession, type Resumed, type SessionResult } from './live/session.ts';
export { type Codec, ReqEndpoint } from './sockets/req-endpoint.ts';
export type { FeedCounts } from './sockets/tick-feed.ts';
export { parseUpstream, SERVER_KEY_VARIABLE, type Upstream } from './sockets/upstream.ts';
export { Orders } from './relay/orders.ts';
export type { RelayParts } from './relay/relay-parts.ts';
export { Secrets } from './relay/secrets.ts';
export { startBridge } from './relay/server.ts';
export { EnvelopeNumbers, readServerFrame, SOCKET_PATH, SUBPROTOCOL } from './protocol.ts';
