/** What each check claims, in a sentence, by its id. */
import { CHECKS } from '../../sim/index.ts';
import type { Claims } from './engine-contract.ts';

export const CLAIMS: Claims = Object.fromEntries(CHECKS.map(({ id, claim }) => [id, claim]));
