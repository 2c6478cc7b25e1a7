/** The worker of what all symbols share. */
import { playAccount } from './account-host.ts';
import { stepOnStage } from './thread.ts';

stepOnStage((part, around) => {
  if (part.kind !== 'account') throw new Error(`expected the account's part, got ${part.kind}`);
  return playAccount(part.casting, part.ports, around);
});
