import { expect, test } from 'vitest';
import { galleryEntry } from '../../sim/index.ts';
import type { RunExport } from './export-contract.ts';
import { startExport } from './export-client.ts';
import { MuteWorker } from './testing.ts';

const request: RunExport = {
  kind: 'run',
  format: 'log',
  scenario: galleryEntry('reference').scenario,
  schedule: undefined,
  digest: '',
  stopped: undefined,
  name: 'reference',
  base: 'https://x.example/',
  promised: undefined,
};

test('a worker that dies ends its export at once, with what it said', async () => {
  const worker = new MuteWorker();
  const { ended } = startExport(
    request,
    () => undefined,
    () => worker.asWorker(),
  );
  worker.die('out of memory');
  await expect(ended).rejects.toMatchObject({ name: 'WorkerDeath', message: 'out of memory' });
  expect(worker.terminated).toBe(true);
});

test('an export that is cancelled ends its worker and is no failure', async () => {
  const worker = new MuteWorker();
  const { ended, cancel } = startExport(
    request,
    () => undefined,
    () => worker.asWorker(),
  );
  cancel();
  await expect(ended).resolves.toEqual({ kind: 'cancelled' });
  expect(worker.terminated).toBe(true);
});
