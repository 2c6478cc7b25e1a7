/** Lines that every reading of a log accepts, to show what is meant. */
export const SAMPLE_LINES = [
  '2026-01-18 15:10:41,123 - [DEBUG] - [ZMQ_LOCK_ACQUIRE] [BTCUSD.s] lock_id=ff7a1187 access#1',
  '2026-01-18 15:10:41,135 - [DEBUG] - [ZMQ_LOCK_RELEASE] [BTCUSD.s] lock_id=ff7a1187',
].join('\n');
