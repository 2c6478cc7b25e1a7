/** The deliberately faulty sockets and clients, by name, for the corpus that proves the checks. */
export type { FaultyPart, FaultySocket, SocketParts } from './faulty-sockets.ts';
export type { FaultyClient } from './faulty-clients.ts';
export { FAULTY_SOCKETS } from './faulty-sockets.ts';
export { FAULTY_CLIENTS } from './faulty-clients.ts';
