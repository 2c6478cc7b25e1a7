/**
 * The bench for locks: which one is in sight, what the reader made of it, what a link promised.
 *
 * Invariant: a change goes into the draft of the lock in sight and nowhere else, and is kept at
 * once. Opening a link shows its code and runs nothing.
 */
import {
  formatLockLink,
  type OwnLock,
  parseLockLink,
  type Problem,
  type Result,
} from '../../sim/index.ts';
import type { Memory } from '../state/preferences.svelte.ts';
import { Drafts, isLinked, linkedLock, OWN, usual } from './drafts.ts';
import type { RunLock } from './lock-box.ts';
import { LockExplorer } from './lock-explorer.svelte.ts';
import { FIRST_SOURCE, isRight, SHIPPED } from './locks.ts';

/** What a link says about a run of its code. */
interface Promised {
  readonly id: string;
  readonly schedule: string | undefined;
  readonly digest: string | undefined;
}

export class LockBench {
  readonly explorer: LockExplorer;
  /** Which lock is in sight. */
  id: string = $state(OWN);
  /** Its code as it is now. */
  source: string = $state('');
  language: OwnLock['language'] = $state('ts');
  /** Ids of the locks that came with links, newest first. */
  linked: readonly string[] = $state.raw([]);
  /** Ids of the locks that were changed. */
  changed: ReadonlySet<string> = $state.raw(new Set());
  #promised: Promised | undefined = $state.raw(undefined);
  readonly #drafts: Drafts;

  constructor(memory: Memory | null, run?: RunLock) {
    this.#drafts = new Drafts(memory);
    this.explorer = new LockExplorer(run);
    this.#list();
    this.pick(this.#drafts.get(OWN) === undefined ? 'example:escaping' : OWN);
  }

  /** The lock in sight, used as often as the reader says. */
  get lock(): OwnLock {
    const { source, language } = this;
    return { source, language, ...this.explorer.scope };
  }

  /** Whether it came with a link, and was not run here yet. */
  get isForeign(): boolean {
    return isLinked(this.id) && this.explorer.phase === 'idle';
  }

  /** The schedule that the link in sight carries, as long as nobody has changed its code. */
  get promisedSchedule(): string | undefined {
    return this.#promise?.schedule;
  }

  /** Whether what was told is what the link promised; undefined where it promised nothing. */
  get linkMatches(): boolean | undefined {
    const { told, end } = this.explorer;
    const { digest, schedule } = this.#promise ?? {};
    if (digest === undefined || told === undefined || end !== undefined) return undefined;
    return told.schedule === schedule && told.digest.startsWith(digest);
  }

  /** Whether what came of the exploration is about other code than what is in sight. */
  get isStale(): boolean {
    const { lock } = this.explorer;
    return lock !== undefined && (lock.source !== this.source || lock.language !== this.language);
  }

  /** Shows another lock; what was found out about the one before goes. */
  pick(id: string): void {
    const lock = this.#drafts.get(id) ?? this.#original(id);
    this.explorer.clear();
    this.explorer.aim(SHIPPED.some((each) => each.id === id && isRight(each)) ? 'proof' : 'search');
    this.explorer.clients = lock.clients;
    this.explorer.rounds = lock.rounds;
    this.id = id;
    this.source = lock.source;
    this.language = lock.language;
  }

  /** Takes in what the reader typed, or set. */
  edit(change: Partial<OwnLock>): void {
    const { source = this.source, language = this.language, clients, rounds } = change;
    this.source = source;
    this.language = language;
    if (clients !== undefined) this.explorer.use('clients', clients);
    if (rounds !== undefined) this.explorer.use('rounds', rounds);
    this.#drafts.set(this.id, this.lock);
    this.#list();
  }

  /** Back to the code that the lock in sight began with. */
  revert(): void {
    const { id } = this;
    if (isLinked(id)) this.#drafts.set(id, this.#original(id));
    else this.#drafts.delete(id);
    this.#list();
    this.pick(id);
  }

  /** Shows the code of a link; the problem where it cannot be read. */
  openLink(link: string): Problem | undefined {
    const read = parseLockLink(link);
    if (read.kind === 'error') return read.error;
    const { lock, schedule, digest } = read.value;
    const id = this.#drafts.receive(lock);
    this.#promised = { id, schedule, digest };
    this.#list();
    this.pick(id);
    return undefined;
  }

  /** Runs the code: the schedule that its link carries, or else as many as are asked for. */
  async explore(): Promise<void> {
    await this.explorer.explore(this.lock);
  }

  /** Runs the code under the schedule of its link. */
  async replay(): Promise<void> {
    const { promisedSchedule } = this;
    if (promisedSchedule !== undefined) await this.explorer.tell(this.lock, promisedSchedule);
  }

  /** The link of the lock in sight, with the execution that was found in it. */
  linkAt(base: string): Result<string> {
    const { told } = this.explorer;
    const { lock } = this;
    if (told === undefined || this.isStale) return formatLockLink(base, { lock });
    const { schedule, digest, scope } = told;
    return formatLockLink(base, { lock: { ...lock, ...scope }, schedule, digest });
  }

  get #promise(): Promised | undefined {
    const { id } = this;
    const lock = isLinked(id) ? linkedLock(id) : undefined;
    const isAsItCame = lock?.source === this.source && lock.language === this.language;
    return isAsItCame && this.#promised?.id === id ? this.#promised : undefined;
  }

  #original(id: string): OwnLock {
    const shipped = SHIPPED.find((each) => each.id === id);
    return linkedLock(id) ?? usual(shipped?.source ?? FIRST_SOURCE);
  }

  #list(): void {
    const ids = [OWN, ...SHIPPED.map(({ id }) => id), ...this.#drafts.linked];
    this.linked = this.#drafts.linked.toReversed();
    this.changed = new Set(
      ids.filter((id) => {
        const draft = this.#drafts.get(id);
        return draft !== undefined && draft.source !== this.#original(id).source;
      }),
    );
  }
}
