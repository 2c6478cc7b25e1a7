/**
 * What every worker of a live run is made of: a kernel, a recorder, and its line to the conductor.
 *
 * It stamps what happens in it on a clock that follows the wall and every message that it hears:
 * a message from the future of its own clock moves it there. Invariants: nothing is stamped earlier
 * than a watermark that was told; after its last report it says and does nothing.
 */
import { assertUnreachable, RealTimeKernel, Recorder, RunEnd } from '../../sim/index.ts';
import { Outbox } from '../workers/outbox.ts';
import type { Later } from './timers.ts';
import type { FromMember, Parcel, Report, ToMember } from './wire.ts';

/** What a member needs of its thread. */
export interface Surroundings {
  /** This thread's clock, in microseconds since whenever. */
  readonly localUs: () => number;
  readonly later: Later;
  /** Calls back again and again, about every `ms`; the result ends it. */
  readonly every: (ms: number, callback: () => void) => () => void;
}

export interface MemberParts {
  readonly around: Surroundings;
  readonly conductor: MessagePort;
  /** Number of the first task here. */
  readonly firstTask: number;
  /** Stamps the last words, once everything has stopped; `whole` if the run was not cut short. */
  readonly lastWords?: (whole: boolean) => Promise<void> | void;
}

/** A way to another member. */
export interface Link<Out> {
  send(message: Out): void;
}

const REPORT_MS = 50;
/** Events a stretch; a member stamps few compared with a whole run. */
const SEGMENT_EVENTS = 2_048;

export class Member {
  readonly kernel: RealTimeKernel;
  readonly recorder: Recorder;
  readonly #parts: MemberParts;
  readonly #outbox = new Outbox();
  #zeroUs = 0;
  readonly #toFlush: (() => void)[] = [];
  #sent = 0;
  #received = 0;
  #isOver = false;
  #endReports: () => void = () => undefined;

  constructor(parts: MemberParts) {
    this.#parts = parts;
    const { around, conductor, firstTask } = parts;
    this.recorder = new Recorder({
      ...{ keep: false, readers: [this.#outbox.read], capacity: SEGMENT_EVENTS },
    });
    this.kernel = new RealTimeKernel({
      ...{ clock: this.recorder, timeLimitUs: Infinity, isPart: true, firstTask },
      betweenTurns: () => this.#flush(),
      wall: { nowUs: () => around.localUs() - this.#zeroUs, later: around.later },
    });
    conductor.onmessage = ({ data }: MessageEvent<ToMember>) => this.#hear(data);
  }

  /** Time 0 of the run on this thread's clock, in microseconds. */
  get originUs(): number {
    return this.#zeroUs;
  }

  /** Says something to the conductor beside the reports. */
  tell(message: FromMember): void {
    this.#parts.conductor.postMessage(message);
  }

  /**
   * Opens a way to another member. What comes by it is dealt with as one step, before it returns;
   * what is sent in a turn goes at its end.
   */
  link<Out, In>(port: MessagePort, hear: (message: In) => void): Link<Out> {
    port.onmessage = ({ data }: MessageEvent<Parcel<In>>) => {
      const [at] = data;
      this.#received += data.length - 1;
      this.kernel.arrive(() => {
        if (at >= this.recorder.nowUs) this.recorder.nowUs = at + 1;
        for (let n = 1; n < data.length; n++) hear(data[n] as In);
      });
    };
    let parcel: [number, ...Out[]] | undefined;
    const flush = (): void => {
      if (parcel === undefined) return;
      parcel[0] = this.recorder.nowUs;
      port.postMessage(parcel);
      parcel = undefined;
    };
    return {
      send: (message) => {
        this.#sent += 1;
        if (parcel === undefined) {
          parcel = [0, message];
          this.#toFlush.push(flush);
        } else parcel.push(message);
      },
    };
  }

  /** At the end of a turn: what was said in it leaves, in the order in which it was begun. */
  readonly #flush = (): void => {
    if (this.#toFlush.length === 0) return;
    for (const flush of this.#toFlush) flush();
    this.#toFlush.length = 0;
  };

  #hear(message: ToMember): void {
    switch (message.kind) {
      case 'ping':
        this.tell({ kind: 'pong', localUs: this.#parts.around.localUs() });
        return;
      case 'start':
        this.#start(message.zeroUs);
        return;
      case 'halt':
        void this.#halt(message.whole);
        return;
      default:
        assertUnreachable(message);
    }
  }

  #start(zeroUs: number): void {
    const { around } = this.#parts;
    this.#zeroUs = zeroUs;
    this.recorder.nowUs = Math.max(0, Math.floor(around.localUs() - zeroUs));
    this.#endReports = around.every(REPORT_MS, () => this.#report(undefined));
    this.kernel.start((end) => {
      if (end.kind === 'crashed') {
        this.#isOver = true;
        this.#endReports();
        this.tell({ kind: 'crashed', message: String(end.error) });
        throw end.error;
      }
      // All tasks of this member are done; a halt comes with its own last report.
      if (end.end === RunEnd.done) this.#report('done');
    });
  }

  async #halt(whole: boolean): Promise<void> {
    if (this.#isOver) return;
    this.kernel.stop();
    this.kernel.touch();
    await this.#parts.lastWords?.(whole);
    this.#report('halted');
  }

  #report(last: Report['last']): void {
    if (this.#isOver) return;
    this.kernel.touch();
    this.#outbox.read(this.recorder.pending);
    const segments = this.#outbox.take();
    if (last !== undefined) {
      this.#isOver = true;
      this.#endReports();
    }
    const report: Report = {
      ...{ kind: 'report', segments, last, watermarkUs: this.recorder.nowUs },
      ...{ steps: this.kernel.steps, isQuiet: this.kernel.isQuiet },
      ...{ sent: this.#sent, received: this.#received },
    };
    this.#parts.conductor.postMessage(
      report,
      segments.map(({ buffer }) => buffer),
    );
  }
}
