/** Smaller uses of a lock: fewer clients, then fewer rounds, as long as the violation shows. */
import type { Smaller, Target } from '../shrink-target.ts';
import { AsyncLockSubject, type AsyncLockOptions, type AsyncWorld } from './async-subject.ts';
import type { AsyncScope } from './clients.ts';

/** Makes a target of a lock in a world. */
export function asyncTarget(world: AsyncWorld, options: AsyncLockOptions): Target<AsyncScope> {
  const { clients, rounds } = options.scope;
  const sized = (scope: AsyncScope): Smaller<AsyncScope> => ({
    target: asyncTarget(world, { ...options, scope }),
    renamed: (task) => (task < scope.clients ? task : undefined),
    searched: true,
  });
  return {
    value: options.scope,
    subject: new AsyncLockSubject(world, options),
    key: `${clients} x ${rounds}`,
    smaller: () => [
      ...(clients > 1 ? [sized({ clients: clients - 1, rounds })] : []),
      ...(rounds > 1 ? [sized({ clients, rounds: rounds - 1 })] : []),
    ],
    isFaithful: () => true,
  };
}
