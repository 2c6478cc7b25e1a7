/**
 * The page's end: no worker before it is asked for, a token that stays in the tab, a death told.
 */
import { describe, expect, it } from 'vitest';
import { MuteWorker } from '../workers/testing.ts';
import { BridgeLinkClient } from './bridge-link.ts';
import type { LinkState } from './contract.ts';

function bench(kept?: string) {
  const workers: MuteWorker[] = [];
  const states: LinkState[] = [];
  const tokens: (string | undefined)[] = [];
  const link = new BridgeLinkClient(
    { onState: (state) => states.push(state) },
    {
      spawn: () => {
        const worker = new MuteWorker();
        workers.push(worker);
        return worker.asWorker();
      },
      readToken: () => kept,
      keepToken: (token) => tokens.push(token),
    },
  );
  return { link, workers, states, tokens };
}

describe('the connection of a page', () => {
  it('has no worker until somebody connects, and commands come to nothing before', async () => {
    const { link, workers, states } = bench();
    const refused = { kind: 'error', error: { code: 'not-connected' } };
    expect(await link.arm({ endpoint: 'tcp://127.0.0.1:1', symbols: ['A'] })).toMatchObject(
      refused,
    );
    expect(await link.disarm()).toMatchObject(refused);
    expect(await link.setLock('fifo')).toMatchObject(refused);
    expect(await link.resolve('a', 'executed')).toMatchObject(refused);
    link.disconnect();
    expect(workers).toEqual([]);
    expect(states).toEqual([]);
  });

  it('forgets its token at once when it is ended', () => {
    const { link, tokens } = bench('kept');
    link.disconnect();
    expect(tokens).toEqual([undefined]);
  });

  it('whose worker dies is none any more, and says why; the next try has another', async () => {
    const { link, workers, states } = bench();
    const asked = link.connect();
    workers[0]?.die('out of memory');
    await asked.catch(() => undefined);
    expect(states).toEqual([{ kind: 'none', why: { closed: 1006, reason: 'out of memory' } }]);
    void link.connect().catch(() => undefined);
    expect(workers).toHaveLength(2);
    expect(workers[0]?.terminated).toBe(true);
    workers[1]?.die('enough');
  });
});
