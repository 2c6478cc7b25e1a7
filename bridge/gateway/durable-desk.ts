/**
 * A trading desk whose executions survive the death of its process.
 *
 * What was executed is journalled as requests, each with its instant; opening the journal executes
 * them again, and because a desk is a function of requests and instants, its books, positions and
 * deals are then what they were. Invariant: an answer leaves only when its execution is on the
 * disk. Known limit: the journal grows with every execution and is never shortened.
 */
import {
  type Directory,
  type GatewayReply,
  type GatewayRequest,
  NONE,
  type Recorder,
  TradingDesk,
} from '../../sim/index.ts';
import { Journal, JournalError } from '../durable/journal.ts';

type DeskParts = ConstructorParameters<typeof TradingDesk>[0];

/** What the first record says: which market the rest belongs to, and since when. */
interface Opening {
  readonly seed: number;
  readonly symbolNames: readonly string[];
  /** The instant that time 0 stands for, in microseconds since 1970. */
  readonly originUs: number;
}

interface Executed {
  /** Names the order for good; its number is another one in each process. */
  readonly uuid: string;
  readonly request: GatewayRequest;
  readonly beganUs: number;
  readonly atUs: number;
}

const KIND = 'gateway';

/** A desk's journal, opened before the desk, because it knows since when the market runs. */
export class DeskJournal {
  readonly originUs: number;
  readonly #journal: Journal;
  readonly #held: readonly Executed[];
  #recorded: Promise<void> | undefined = undefined;

  private constructor(journal: Journal, originUs: number, held: readonly Executed[]) {
    this.#journal = journal;
    this.originUs = originUs;
    this.#held = held;
  }

  /** Opens the journal at `path`, or begins one with `fresh`. */
  static async open(path: string, fresh: Opening): Promise<DeskJournal> {
    const { journal, held } = await Journal.open(path, KIND);
    const [first, ...rest] = held.records as [Opening?, ...Executed[]];
    if (first === undefined) {
      await journal.append(fresh);
      return new DeskJournal(journal, fresh.originUs, []);
    }
    const { seed, symbolNames, originUs } = first;
    if (seed !== fresh.seed || symbolNames.join() !== fresh.symbolNames.join()) {
      await journal.close();
      throw new JournalError(
        `expected the market of the journal (seed ${seed}, ${symbolNames.join(', ')}), got another ` +
          'scenario: serve that one, or keep this one in a directory of its own',
      );
    }
    return new DeskJournal(journal, originUs, rest);
  }

  /** How many executions it held when it was opened. */
  get size(): number {
    return this.#held.length;
  }

  /** Resolves once all that was executed is on the disk; undefined if it is. */
  get recorded(): Promise<void> | undefined {
    return this.#recorded;
  }

  /** Has what it holds executed again, each at its instant. */
  replay(recorder: Recorder, execute: (executed: Executed) => void): void {
    const { nowUs } = recorder;
    for (const executed of this.#held) {
      recorder.nowUs = executed.atUs;
      execute(executed);
    }
    recorder.nowUs = nowUs;
  }

  add(executed: Executed): void {
    const recorded = this.#journal.append(executed);
    this.#recorded = recorded;
    const over = (): void => {
      if (this.#recorded === recorded) this.#recorded = undefined;
    };
    // A failure is for those who wait for it.
    recorded.then(over, () => {});
  }

  close(): Promise<void> {
    return this.#journal.close();
  }
}

export class DurableDesk extends TradingDesk {
  readonly #journal: DeskJournal;
  readonly #directory: Directory;
  readonly #recorder: Recorder;

  constructor(parts: DeskParts, directory: Directory, journal: DeskJournal) {
    super(parts);
    this.#journal = journal;
    this.#directory = directory;
    this.#recorder = parts.recorder;
    journal.replay(parts.recorder, ({ uuid, request, beganUs }) => {
      const order = directory.orderOf(uuid);
      // It was executed, so it had not expired: Infinity, which JSON does not have.
      const again = { ...request, order, validUntilUs: Infinity } as GatewayRequest;
      super.answer(again, beganUs, NONE);
    });
  }

  override answer(request: GatewayRequest, beganUs: number, task: number): GatewayReply {
    const before = this.#recorder.size;
    const reply = super.answer(request, beganUs, task);
    // An answer that is repeated stamps nothing: only an execution does.
    if (reply.kind === 'filled' && this.#recorder.size > before) {
      const uuid = this.#directory.uuidOfOrder(reply.order);
      this.#journal.add({ uuid, request, beganUs, atUs: this.#recorder.nowUs });
    }
    return reply;
  }
}
