/**
 * A stage whose command needs something from outside: it is run again, with back-off, as long as it
 * says that what it needs is not there.
 */
import type { Command, Finished } from '../process/command.ts';
import { complaintOf } from '../process/documents.ts';
import { type LoopContext, runTool } from '../run/context.ts';
import { CANCELLED, died, type StageEnd, type StageName } from '../run/stage.ts';
import { type Attempt, waitOrDie } from '../time/wait-or-die.ts';
import { troubleOf } from './endings.ts';

export interface PatientCommand {
  readonly stage: StageName;
  readonly what: string;
  readonly words: Command['words'];
  readonly deadlineMs: number;
  readonly logName: string;
  readonly env: Readonly<Record<string, string>>;
  /** Whether it ended so because something from outside was not there. */
  readonly lacked: (finished: Finished) => boolean;
}

/** Status 3 says that something is not available. */
export function saysUnavailable(finished: Finished): boolean {
  return finished.status === 3;
}

/** Gives how the command ended, once it did so with an answer, or how the stage ends instead. */
export async function runPatiently(
  context: LoopContext,
  patient: PatientCommand,
): Promise<{ readonly kind: 'answered'; readonly finished: Finished } | StageEnd> {
  const { what, words, deadlineMs, logName, env } = patient;
  const attempt = async (abandoned: AbortSignal): Promise<Attempt<Finished>> => {
    const finished = await runTool(context, words, deadlineMs, logName, env, abandoned);
    return patient.lacked(finished)
      ? { kind: 'again', reason: `${what}: ${complaintOf(finished)}` }
      : { kind: 'done', value: finished };
  };
  const { clock, chance, backOff, signal } = context;
  const waited = await waitOrDie({
    ...{ clock, chance, backOff, signal, deadlineMs, attempt },
    // The command itself is ended at the deadline, and says how.
    attemptMs: Infinity,
    onWait: (notice) => context.onWait(patient.stage, notice),
  });
  switch (waited.kind) {
    case 'cancelled':
      return CANCELLED;
    case 'died':
      return died(waited.reason.startsWith(what) ? waited.reason : `${what}: ${waited.reason}`);
    case 'done': {
      const trouble = troubleOf(what, waited.value, [0, 1]);
      return trouble ?? { kind: 'answered', finished: waited.value };
    }
  }
}
