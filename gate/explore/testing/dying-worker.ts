/** A thread that ends itself on the third part: once, or each time if the seed is 13. */
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerData } from 'piscina';
import type { PartResult } from '../../../sim/index.ts';
import type { ExploreJob } from '../job.ts';
import { type PartOrder, searchPart as search } from '../part-worker.ts';

const FATAL = 2;
const UNLUCKY = 13;
const { seed } = (workerData as ExploreJob).settings;
const mark = join(tmpdir(), `interlock-dying-${process.pid}`);

export function searchPart(order: PartOrder): Promise<PartResult> {
  if (order.part === FATAL && (seed === UNLUCKY || !existsSync(mark))) {
    writeFileSync(mark, '');
    process.exit(1);
  }
  return search(order);
}
