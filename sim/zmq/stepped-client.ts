/**
 * What clients have in common whose exchanges are state machines: one of them a task, kept.
 *
 * Invariant: a task gets the same steps each time, and an exchange as a sub-task is made of them.
 */
import type { TaskBody, TaskRef } from '../kernel/task.ts';
import {
  exchangeBySteps,
  type ExchangeResult,
  type ExchangeSteps,
  type Message,
  type SteppingClient,
} from './contract.ts';

export abstract class SteppedClient<
  Out extends Message,
  In extends Message,
> implements SteppingClient<Out, In> {
  /** By task id. */
  readonly #steps: (ExchangeSteps<Out, In> | undefined)[] = [];

  /** Makes the steps of a task that asks for the first time. */
  protected abstract makeSteps(task: TaskRef): ExchangeSteps<Out, In>;

  steps(task: TaskRef): ExchangeSteps<Out, In> {
    const known = this.#steps[task.id];
    if (known !== undefined) return known;
    const steps = this.makeSteps(task);
    this.#steps[task.id] = steps;
    return steps;
  }

  exchange(
    task: TaskRef,
    repeatable: boolean,
    next: (attempt: number) => Out,
  ): TaskBody<ExchangeResult<In>> {
    return exchangeBySteps(this.steps(task), repeatable, next);
  }
}
