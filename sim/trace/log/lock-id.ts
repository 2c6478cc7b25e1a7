/**
 * The lock_id of a hold in a written log: 8 hex digits that look random and never repeat in a run.
 */
import { mix } from '../../base/random.ts';

/**
 * The id of a hold (0 to 2^32 - 1) in the run with a seed. For one seed the map from holds to ids
 * is one to one, because `mix` is: no two holds of a run share an id.
 */
export function lockId(seed: number, hold: number): string {
  const salt = mix((seed >>> 0) ^ mix(Math.floor(seed / 0x1_0000_0000)));
  return mix(hold ^ salt)
    .toString(16)
    .padStart(8, '0');
}
