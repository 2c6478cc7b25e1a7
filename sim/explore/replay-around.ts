/**
 * An oracle that carries the order of one run over to another, smaller one, as far as it goes.
 *
 * Choice numbers mean nothing there, because the choices are others. What is carried over is who
 * went before whom: of those that could go next, it picks the one whose turn came earliest. With a
 * stream of random numbers it strays now and then, which makes it a search around that order.
 */
import type { RandomStream } from '../base/random.ts';
import { FIRST_DELIVERY } from '../kernel/footprints.ts';
import type { Option, Oracle } from '../kernel/oracle.ts';
import type { Choices } from './choices.ts';

/** All deliveries are one: which is which does not carry over. */
const DELIVERY = -1;

export interface AroundOptions {
  /** What a task of the old run is called in the new one; undefined if it is gone. */
  readonly renamed: (task: number) => number | undefined;
  /** Where to stray, and how often in a million choices; undefined never strays. */
  readonly stray?: { readonly stream: RandomStream; readonly perMillion: number };
}

export class AroundOracle implements Oracle {
  /** By who goes: when it went, latest first. */
  readonly #turns = new Map<number, number[]>();
  /** By what a decision was about: the answers, latest first. */
  readonly #answers = new Map<number, number[]>();
  readonly #stray: AroundOptions['stray'];

  constructor(choices: Choices, options: AroundOptions) {
    this.#stray = options.stray;
    for (let at = choices.size - 1; at >= 0; at--) {
      const pick = choices.picks[at] as number;
      if (choices.kind(at) === 'choose') {
        push(this.#answers, choices.abouts[at] as number, pick);
        continue;
      }
      const process = choices.processes(at)[pick] as number;
      const turn = process >= FIRST_DELIVERY ? DELIVERY : options.renamed(process);
      if (turn !== undefined) push(this.#turns, turn, at);
    }
  }

  chooseNext(options: readonly Option[]): number {
    const stray = this.#strayed(options.length);
    if (stray !== undefined) return stray;
    let best = 0;
    let earliest = Infinity;
    options.forEach((option, at) => {
      const turn = this.#turns.get(turnOf(option))?.at(-1) ?? Infinity;
      if (turn >= earliest) return;
      best = at;
      earliest = turn;
    });
    this.#turns.get(turnOf(options[best] as Option))?.pop();
    return best;
  }

  choose(count: number, about: number): number {
    const stray = this.#strayed(count);
    const answer = this.#answers.get(about)?.pop() ?? 0;
    return stray ?? (answer < count ? answer : 0);
  }

  #strayed(count: number): number | undefined {
    const stray = this.#stray;
    if (stray === undefined || !stray.stream.chance(stray.perMillion)) return undefined;
    return stray.stream.between(0, count - 1);
  }
}

function turnOf({ process }: Option): number {
  return process >= FIRST_DELIVERY ? DELIVERY : process;
}

function push(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
