/**
 * Small programs on the kernel, made to be explored: tasks that read and change shared cells.
 *
 * A change depends on what the cell held, so that two changes in another order leave another value,
 * and everything that a task gets to see stands in its history. Two executions of one class must
 * therefore tell the same; a dependency that misses something shows.
 */
import { Footprints } from '../../kernel/footprints.ts';
import { Kernel } from '../../kernel/kernel.ts';
import type { Oracle } from '../../kernel/oracle.ts';
import { park, sleep, type TaskBody, type TaskRef } from '../../kernel/task.ts';
import { NONE, RunEnd } from '../../trace/event.ts';
import { Attempt } from '../attempt.ts';
import { NotingOracle } from '../choices.ts';
import type { Subject } from '../subject.ts';

export type ToyOp =
  | { readonly kind: 'look' | 'change'; readonly cell: number }
  | { readonly kind: 'wake'; readonly task: number }
  /** A delivery that changes a cell; `withdraw` takes the task's last one back. */
  | { readonly kind: 'deliver'; readonly cell: number }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'decide' };

/** What a task does in one step, and how the step ends. */
export interface ToyStep {
  readonly ops: readonly ToyOp[];
  readonly then: 'go-on' | 'nap' | 'park' | 'park-timed';
}

export interface ToyTask {
  readonly daemon: boolean;
  readonly steps: readonly ToyStep[];
}

export interface Toy {
  readonly tasks: readonly ToyTask[];
  /** Deadlines that may pass early. */
  readonly deadlinesMax: number;
}

const STEPS_MAX = 1_000;
const NAP_US = 10;
const CELL_RANGE = 1_000_003;

export class ToySubject implements Subject {
  readonly name = 'toy';
  readonly scope = 'a toy';
  readonly reducible = true;
  readonly #toy: Toy;
  readonly #own = new Footprints();
  /** Everything that could be seen of the last execution. */
  told = '';

  constructor(toy: Toy) {
    this.#toy = toy;
  }

  attempt(oracle: Oracle, footprints: Footprints = this.#own): Attempt {
    const noting = new NotingOracle(oracle);
    const kernel = new Kernel({
      clock: { nowUs: 0 },
      oracle: noting,
      timing: 'abstract',
      timeLimitUs: 1e12,
      footprints,
      deadlinesMax: this.#toy.deadlinesMax,
    });
    const cells = new Map<number, number>();
    const histories: string[][] = this.#toy.tasks.map(() => []);
    this.#toy.tasks.forEach((task, at) => {
      const kind = task.daemon ? 'daemon' : 'worker';
      kernel.spawn(`toy-${at}`, NONE, kind, (self) =>
        run(self, task, { kernel, footprints, cells, history: histories[at] as string[] }),
      );
    });
    const end = kernel.run(STEPS_MAX) ? RunEnd.limit : (kernel.end ?? RunEnd.limit);
    const sorted = [...cells].sort(([x], [y]) => x - y);
    this.told = JSON.stringify({ cells: sorted, histories, end });
    const { choices } = noting;
    // Whatever the first cell comes to, an even value is called a violation.
    const odd = (cells.get(0) ?? 1) % 2 === 1;
    return new Attempt(
      {
        verdict: odd ? 'passed' : 'violated',
        violated: odd ? [] : ['pnl.total'],
        choices,
        steps: kernel.steps,
        end,
      },
      () => {
        throw new Error('expected nobody to ask for the trace of a toy');
      },
    );
  }
}

interface ToyWorld {
  readonly kernel: Kernel;
  readonly footprints: Footprints;
  readonly cells: Map<number, number>;
  readonly history: string[];
}

function* run(self: TaskRef, task: ToyTask, world: ToyWorld): TaskBody {
  const { kernel, history } = world;
  const withdrawals: (() => void)[] = [];
  for (const [at, step] of task.steps.entries()) {
    for (const op of step.ops) perform(self, op, world, withdrawals);
    if (at === task.steps.length - 1) return;
    switch (step.then) {
      case 'go-on':
        yield sleep(0);
        break;
      case 'nap':
        yield sleep(NAP_US * (self.id + 1));
        break;
      case 'park':
        history.push(String(yield park(Infinity)));
        break;
      case 'park-timed':
        history.push(String(yield park(NAP_US)));
        break;
    }
    history.push(`@${kernel.nowUs}`);
  }
}

function perform(self: TaskRef, op: ToyOp, world: ToyWorld, withdrawals: (() => void)[]): void {
  const { kernel, footprints, cells, history } = world;
  const change = (cell: number, by: number): void => {
    footprints.touch(footprints.resource(`cell.${cell}`));
    cells.set(cell, ((cells.get(cell) ?? 1) * 31 + by) % CELL_RANGE);
  };
  switch (op.kind) {
    case 'look':
      footprints.look(footprints.resource(`cell.${op.cell}`));
      history.push(`${op.cell}=${cells.get(op.cell) ?? 1}`);
      return;
    case 'change':
      change(op.cell, self.id + 2);
      return;
    case 'wake':
      kernel.wake({ id: op.task, name: '', symbol: NONE });
      return;
    case 'deliver':
      withdrawals.push(
        kernel.after(NAP_US, () => {
          change(op.cell, 100 + self.id);
        }),
      );
      return;
    case 'withdraw':
      withdrawals.pop()?.();
      return;
    case 'decide':
      history.push(`?${kernel.choose(2)}`);
      return;
  }
}
