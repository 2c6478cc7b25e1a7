/** The acceptance run, done honestly: what the repaired twins are measured by. */
import { REFERENCE_RISK, THREE_SYMBOLS } from './common.ts';
import { sound } from './entry.ts';

export const reference = sound({
  name: 'reference',
  title: 'The reference run, done honestly',
  shows:
    'Three symbols, 50 signals each, 10 to 20 ms apart outside the lock and one exchange of 1 to 3 ms ' +
    'inside it: exclusive and still fast enough.',
  input: {
    symbols: THREE_SYMBOLS,
    risk: REFERENCE_RISK,
    acceptance: {
      reason: 'A1 to A7 of the reference run, with equality where it allowed 0.001.',
    },
  },
});
