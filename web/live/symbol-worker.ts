/** The worker of one symbol. */
import { playSymbol } from './symbol-host.ts';
import { stepOnStage } from './thread.ts';

stepOnStage((part, around) => {
  if (part.kind !== 'symbol') throw new Error(`expected the part of a symbol, got ${part.kind}`);
  playSymbol(part.casting, part.symbol, part.facts, part.ports, around);
  return undefined;
});
