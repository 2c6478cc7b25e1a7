/**
 * Tells a person what the loop does, in the lines of the gate, and shows what runs at the moment.
 *
 * A wait is told when it begins and then only when its reason changes or a while has gone by, so
 * that a long one does not fill the screen.
 */
import { duration } from '../render/figures.ts';
import type { Style } from '../render/style.ts';
import type { Shell } from '../shell/shell.ts';
import { finalLine, spoken, stageLine, waitLine } from './run/lines.ts';
import type { LoopListener } from './run/loop.ts';
import type { GateOutcome } from './run/outcome.ts';
import type { StageEnd, StageName } from './run/stage.ts';
import type { WaitNotice } from './time/wait-or-die.ts';

const WAIT_EVERY_MS = 10_000;
const US_PER_MS = 1_000;

export class Narrator implements LoopListener {
  readonly #shell: Shell;
  readonly #style: Style;
  readonly #say: (line: string) => void;
  readonly #running = new Map<StageName, number>();
  readonly #told = new Map<StageName, { readonly reason: string; readonly atMs: number }>();

  /** Speaks on standard output, or, where that carries a document, on standard error. */
  constructor(shell: Shell, isDocument: boolean) {
    this.#shell = shell;
    this.#style = isDocument ? { ...shell.style, colour: false } : shell.style;
    this.#say = isDocument ? (line) => shell.note(line) : (line) => shell.print([line]);
  }

  begin(stage: StageName): void {
    this.#running.set(stage, this.#shell.now());
  }

  wait(stage: StageName, notice: WaitNotice): void {
    const nowMs = this.#shell.now();
    const told = this.#told.get(stage);
    if (told?.reason === notice.reason && nowMs - told.atMs < WAIT_EVERY_MS) return;
    this.#told.set(stage, { reason: notice.reason, atMs: nowMs });
    this.#say(waitLine(this.#style, stage, notice));
  }

  end(stage: StageName, end: StageEnd): void {
    this.#running.delete(stage);
    this.#say(stageLine(this.#style, stage, end));
  }

  /** Shows on a terminal what runs and since when. */
  show(): void {
    if (this.#running.size === 0) return;
    this.#shell.progress(() => {
      const nowMs = this.#shell.now();
      const parts = [...this.#running].map(
        ([stage, sinceMs]) => `${spoken(stage)} ${duration((nowMs - sinceMs) * US_PER_MS)}`,
      );
      return { done: undefined, detail: `running: ${parts.join(', ')}` };
    });
  }

  /** The last words: where the report is, and the verdict. */
  close(outcome: GateOutcome, archive: string | undefined): void {
    this.#shell.progress(undefined);
    this.#say(archive === undefined ? 'No report was written.' : `Report: ${archive}`);
    this.#say(finalLine(this.#style, outcome));
  }
}
