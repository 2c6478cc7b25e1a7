/** `lab explore-worker`: does parts of searches that `lab explore --queue` hands out. */
import { plural } from '../render/figures.ts';
import { findRedis } from '../explore/redis.ts';
import { workAtQueue } from '../explore/queue-worker.ts';
import { Exit } from '../shell/exit.ts';
import type { Outcome } from '../shell/outcome.ts';
import type { Shell } from '../shell/shell.ts';

export interface ExploreWorkerOptions {
  readonly queue: string;
  /** Seconds after which the part of a worker that is silent is given to another. */
  readonly lease: number;
}

/** Works until it is interrupted, which is how a worker ends well. */
export async function exploreWorkerCommand(
  { queue, lease }: ExploreWorkerOptions,
  shell: Shell,
): Promise<Outcome<Exit>> {
  const address = await findRedis(queue);
  if (address.kind === 'error') return address;
  shell.note(`lab: waiting for parts at ${address.value.name}; Ctrl-C ends it`);
  const done = await workAtQueue({
    address: address.value,
    leaseS: lease,
    interrupt: shell.interrupt,
    now: () => shell.now(),
    note: (line) => shell.note(line),
  });
  shell.note(`lab: ${plural(done, 'part')} done`);
  return { kind: 'ok', value: Exit.passed };
}
