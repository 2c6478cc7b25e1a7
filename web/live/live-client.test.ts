/** The page's end of a live run: what is started is ended, and a death is told. */
import { describe, expect, it } from 'vitest';
import { galleryEntry } from '../../sim/index.ts';
import { MuteWorker } from '../workers/testing.ts';
import type { LivePlan, LiveListener } from './contract.ts';
import { LiveClient } from './live-client.ts';

interface Stand {
  readonly client: LiveClient;
  readonly workers: MuteWorker[];
  readonly deaths: string[];
}

function stand(): Stand {
  const workers: MuteWorker[] = [];
  const deaths: string[] = [];
  const ignore = (): void => undefined;
  const listener: LiveListener = {
    ...{ onTrace: ignore, onProgress: ignore, onRest: ignore, onStanding: ignore },
    ...{ onFinish: ignore, onDeath: (reason) => void deaths.push(reason) },
  };
  const door = {
    spawn: () => {
      const worker = new MuteWorker();
      workers.push(worker);
      return worker.asWorker();
    },
    nowMs: () => 0,
    later: (work: () => void) => work(),
  };
  return { client: new LiveClient(listener, door), workers, deaths };
}

const plan: LivePlan = {
  scenario: galleryEntry('reference').scenario,
  lockAt: 'worker',
  end: { kind: 'simulated' },
};

describe('the page’s end of a live run', () => {
  it('starts nothing before it is asked to', () => {
    expect(stand().workers).toEqual([]);
  });

  it('rejects and tells when the conductor dies while it is started', async () => {
    const { client, workers, deaths } = stand();
    const opening = client.open(plan);
    workers[0]?.die('shot');
    await expect(opening).rejects.toThrow('shot');
    expect(workers[0]?.terminated).toBe(true);
    expect(deaths).toEqual(['shot']);
  });

  it('leaves nothing running once it is closed, and says nothing of it', async () => {
    const { client, workers, deaths } = stand();
    const opening = client.open(plan);
    client.close();
    await expect(opening).rejects.toThrow('closed');
    expect(workers[0]?.terminated).toBe(true);
    expect(deaths).toEqual([]);
  });

  it('ends the run before when another one is opened', async () => {
    const { client, workers } = stand();
    const first = client.open(plan);
    const second = client.open(plan);
    await expect(first).rejects.toThrow('closed');
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    client.close();
    await expect(second).rejects.toThrow('closed');
  });

  it('has nothing to stop when nothing runs', async () => {
    await expect(stand().client.stop()).resolves.toBeUndefined();
  });
});
