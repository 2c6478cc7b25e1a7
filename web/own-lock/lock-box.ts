/**
 * A box for the code of a lock: a frame without an origin, in it a worker, in it the code.
 *
 * Each job has a box of its own, which is taken away when it is done, when it says nothing for too
 * long, or when the reader wants it gone. Invariant: nothing runs before `run` is called. What the
 * code makes is counted in its world; a box that goes down all the same is noticed by its silence.
 */
import type { SubjectProblem } from '../../subjects/problem.ts';
import type { TargetProgress } from '../workers/target-search.ts';
import type { LockSource } from './compose.ts';
import { FRAME_POLICY, FRAME_SCRIPT } from './sandbox/frame-script.ts';
import type {
  FromLock,
  LockEnd,
  LockJob,
  LockProblem,
  LockTale,
  ToLock,
} from './sandbox/lock-contract.ts';

/** What came of a job. */
export type LockAnswer =
  | { readonly kind: 'over'; readonly end: LockEnd }
  | { readonly kind: 'told'; readonly told: LockTale }
  | { readonly kind: 'problem'; readonly problem: LockProblem }
  /** The reader took the box away. */
  | { readonly kind: 'closed' };

/** A job that is under way. */
export interface LockWork {
  /** Does not reject. */
  readonly answer: Promise<LockAnswer>;
  /** Ends it with what it has. */
  readonly cancel: () => void;
  /** Takes the box away at once. */
  readonly close: () => void;
}

/** Runs a job with the code of a lock; so that a test can stand in. */
export type RunLock = (
  lock: LockSource,
  job: LockJob,
  onProgress: (progress: TargetProgress) => void,
) => LockWork;

/** How long a box may say nothing, in seconds in which the page itself was awake. */
const SILENT_S = 10;
const MS_PER_S = 1_000;

export const runLock: RunLock = (lock, job, onProgress) => {
  const box = new Box(onProgress);
  void box.open(lock, job);
  return {
    answer: box.answer,
    cancel: () => box.cancel(),
    close: () => box.end({ kind: 'closed' }),
  };
};

class Box {
  readonly answer: Promise<LockAnswer>;
  readonly #onProgress: (progress: TargetProgress) => void;
  #settle: (answer: LockAnswer) => void = () => undefined;
  #frame: HTMLIFrameElement | undefined;
  #port: MessagePort | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #silentS = 0;
  #isOver = false;

  constructor(onProgress: (progress: TargetProgress) => void) {
    this.#onProgress = onProgress;
    this.answer = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  async open(lock: LockSource, job: LockJob): Promise<void> {
    try {
      const [{ LIBRARIES, SANDBOX }, { composeText }] = await Promise.all([
        import('./box-parts.ts'),
        import('./compose.ts'),
      ]);
      const text = composeText(lock, LIBRARIES, SANDBOX);
      if (this.#isOver) return;
      const frame = await this.#load();
      if (!this.#isOver) this.#start(frame, text, job);
    } catch (cause) {
      this.end({ kind: 'problem', problem: problemOf(cause) });
    }
  }

  cancel(): void {
    if (this.#port === undefined) this.end({ kind: 'closed' });
    else this.#send({ kind: 'cancel' });
  }

  /** Takes the box away; the first answer counts. */
  end(answer: LockAnswer): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#watch);
    this.#port?.close();
    this.#frame?.remove();
    this.#settle(answer);
  }

  #load(): Promise<HTMLIFrameElement> {
    const frame = document.createElement('iframe');
    this.#frame = frame;
    frame.hidden = true;
    frame.title = 'lock';
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.srcdoc =
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="${FRAME_POLICY}">` +
      `<script>${FRAME_SCRIPT}</script>`;
    return new Promise((resolve) => {
      frame.addEventListener('load', () => resolve(frame), { once: true });
      document.body.append(frame);
    });
  }

  #start(frame: HTMLIFrameElement, text: string, job: LockJob): void {
    const line = new MessageChannel();
    const failures = new MessageChannel();
    this.#port = line.port1;
    line.port1.onmessage = ({ data }: MessageEvent<FromLock>) => this.#hear(data, job);
    failures.port1.onmessage = ({ data }: MessageEvent<{ message: string; line: number }>) => {
      const { message } = data;
      this.end({ kind: 'problem', problem: { code: 'worker-died', message, line: undefined } });
    };
    this.#watch = setInterval(() => {
      this.#silentS += 1;
      if (this.#silentS >= SILENT_S) this.end({ kind: 'problem', problem: STUCK });
    }, MS_PER_S);
    frame.contentWindow?.postMessage(text, '*', [line.port2, failures.port2]);
  }

  #hear(heard: FromLock, job: LockJob): void {
    this.#silentS = 0;
    switch (heard.kind) {
      case 'ready':
        this.#send(job);
        return;
      case 'progress':
        this.#onProgress(heard.progress);
        return;
      case 'over':
      case 'told':
      case 'problem':
        this.end(heard);
        return;
    }
  }

  #send(message: ToLock): void {
    this.#port?.postMessage(message);
  }
}

const STUCK: LockProblem = {
  code: 'subject-stuck',
  message:
    `expected each step of the lock to end, got none that did for ${SILENT_S} s: look for a loop ` +
    'that never waits, or one that fills memory',
  line: undefined,
};

function problemOf(cause: unknown): LockProblem {
  const { code = 'explorer-failed', line } = cause as Partial<SubjectProblem>;
  const message = cause instanceof Error ? cause.message : String(cause);
  return { code, message, line };
}
