/** How people call what the trace has numbers for: tasks, symbols, resources and places. */
import { type EventRef, type EventView, NONE, ObjectId } from '../trace/event.ts';
import type { Holding } from '../trace/holdings.ts';
import type { Facts } from './contract.ts';

/** Who acted: the symbol whose loop it was, else the task by its name. */
export function whoName(facts: Facts, symbol: number, task: number): string {
  if (symbol !== NONE) return symbolName(facts, symbol);
  return facts.taskNames[task] ?? (task === NONE ? 'somebody' : `task ${task}`);
}

export function symbolName(facts: Facts, symbol: number): string {
  return facts.symbolNames[symbol] ?? (symbol === NONE ? 'the account' : `symbol ${symbol}`);
}

/** Who opened a holding, by name. */
export function holderName(facts: Facts, holding: Holding): string {
  return whoName(facts, holding.symbol, holding.task);
}

/** The resource or lock in the object column, as it stands in a sentence. */
export function objectName(object: number): string {
  if (object === ObjectId.socket) return 'the socket';
  if (object === ObjectId.aggregator) return 'the aggregator';
  if (object === ObjectId.sideSocket) return 'the side socket';
  return object === NONE ? 'the resource' : `resource ${object}`;
}

export function refOf(event: EventView): EventRef {
  return { seq: event.seq, timeUs: event.timeUs };
}
