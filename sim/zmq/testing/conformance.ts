/**
 * The conformance script and its rows, for those who hold other sockets against the simulated one.
 */
export * from '../conformance.ts';
export { CONFORMANCE_ROWS } from '../conformance-rows.ts';
