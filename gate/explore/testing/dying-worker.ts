/** A thread that dies on the third part: once; of memory if the seed is 12, always if it is 13. */
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerData } from 'piscina';
import type { PartResult } from '../../../sim/index.ts';
import type { ExploreJob } from '../job.ts';
import { type PartOrder, searchPart as search } from '../part-worker.ts';

const FATAL = 2;
const GREEDY = 12;
const UNLUCKY = 13;
const { seed } = (workerData as ExploreJob).settings;
const mark = join(tmpdir(), `interlock-dying-${process.pid}`);

function fillMemory(): never {
  const all: number[][] = [];
  for (;;) all.push(Array.from({ length: 1_000 }, () => all.length));
}

export function searchPart(order: PartOrder): Promise<PartResult> {
  if (order.part === FATAL && seed === GREEDY) fillMemory();
  if (order.part === FATAL && (seed === UNLUCKY || !existsSync(mark))) {
    writeFileSync(mark, '');
    process.exit(1);
  }
  return search(order);
}
