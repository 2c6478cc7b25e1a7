/**
 * Hand-offs a second through the lock worker, which two workers want all the time, beside a bare
 * message that goes to and fro between two workers, and `navigator.locks`.
 *
 * A hand-off is two messages, a release and a grant, so a round trip of a message is the limit. All
 * three are measured in one page, one after the other, and the measured share is theirs. Known
 * limit: ours needs three threads where the others need two, so it wants three idle cores.
 */
import type { Claim, Measurement } from '../claim.ts';
import { inBrowser } from './browser.ts';
import type { HandOffs } from './contract.ts';

const OURS = 'interlock, stamped';
const RAW = 'bare postMessage, to and fro';
const SHARE = 0.9;

async function measure(of: keyof HandOffs): Promise<Measurement> {
  return inBrowser(async (page) => {
    const { ours, raw, browser } = await page.evaluate<HandOffs>('bench.handOffs()');
    const value = { ours, raw, browser }[of];
    return { value, detail: { 'ours / bare': ours / raw }, isElsewhere: true };
  });
}

export const claim: Claim = {
  name: 'browser/lock-worker',
  says: 'A lock in a worker changes hands nearly as fast as two messages travel.',
  unit: 'hand-offs/s',
  better: 'more',
  goal: {
    text: `at least ${SHARE} of bare messages`,
    holds: (medians) => (medians.get(OURS) ?? 0) >= SHARE * (medians.get(RAW) ?? Infinity),
  },
  rounds: 3,
  subjects: [
    { name: OURS, role: 'ours', measure: () => measure('ours') },
    { name: RAW, role: 'limit', measure: () => measure('raw') },
    { name: 'navigator.locks', role: 'peer', measure: () => measure('browser') },
  ],
};
