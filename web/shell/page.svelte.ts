/**
 * The page around a session: what is open, which part is in sight, what the address says.
 *
 * Invariant: the address changes only after the reader changed something, and an address that
 * cannot be read changes nothing but the banner. What is needed rarely (links, examples) is loaded
 * when it is.
 */
import realLog from '../../fixtures/logs/asyncio-escaping-lock.log?url';
import type { Problem, Scenario } from '../../sim/index.ts';
import type { Explorer } from '../explore/explorer.svelte.ts';
import type { LockBench } from '../own-lock/lock-bench.svelte.ts';
import type { Words } from '../format/words.ts';
import type { LogInput, ReadCause } from '../state/log-input.svelte.ts';
import type { Place } from '../state/outcome.ts';
import type { Memory, Preferences } from '../state/preferences.svelte.ts';
import type { RecentRun } from '../state/recent-runs.ts';
import type { Live, LiveDoors } from '../state/live.svelte.ts';
import type { RecentRuns } from '../state/recent-runs.svelte.ts';
import type { Judged, Session } from '../state/session.svelte.ts';
import type { Found, Telling, Told } from '../workers/explore-contract.ts';
import { type PickedLog, pickedText } from '../workers/log-origin.ts';
import type { DockTab, LeftTab, Pane } from './layout.ts';

/** What the page needs of its browser, so that a test can stand in for it. */
export interface PageWindow {
  /** The address without its fragment. */
  readonly base: string;
  readonly hash: () => string;
  /** Puts `address` into the address bar without a new entry in the history. */
  readonly replace: (address: string) => void;
  readonly memory: Memory | null;
  readonly recent: RecentRuns;
  /** What runs in real time need of the browser; loaded when somebody wants one. */
  readonly liveDoors: () => Promise<LiveDoors>;
}

export type Overlay =
  'share' | 'palette' | 'help' | 'live' | 'connect' | 'arm' | 'lock' | undefined;

/** What went wrong, for the banner. */
export type Trouble =
  { readonly kind: 'link'; readonly problem: Problem } | { readonly kind: 'example' };

const FIRST = 'escaping-lock';
const REAL_LOG = 'asyncio-escaping-lock.log';
const LOCK_LINK = /^#l\d/;

export class Page {
  readonly session: Session;
  readonly preferences: Preferences;
  readonly recent: RecentRuns;
  pane: Pane = $state('verdict');
  dockTab: DockTab = $state('checks');
  /** How often the reader was brought to the dock; each time it has to be in sight. */
  dockCalls = $state(0);
  leftTab: LeftTab = $state('gallery');
  isDrawerOpen = $state(false);
  isSearching = $state(false);
  /** Whether the reader says how the lines of a log read. */
  isMapping = $state(false);
  overlay: Overlay = $state(undefined);
  trouble: Trouble | undefined = $state.raw(undefined);
  /** Finds races and tells them; there once it was wanted. */
  explorer: Explorer | undefined = $state.raw(undefined);
  /** Runs in real time, and the connection with the bridge; there once one was wanted. */
  live: Live | undefined = $state.raw(undefined);
  /** Locks of the reader's own; there once one was wanted. */
  locks: LockBench | undefined = $state.raw(undefined);
  /** Whether the page stands in a frame of somebody else's: then it shows the run alone. */
  readonly isEmbedded: boolean;
  readonly #window: PageWindow;
  /** Whether the reader has changed anything; until then the address stays as it came. */
  #isTouched = false;
  /** Whether what runs is worth remembering: asked for by the reader or by a link. */
  #isKept = false;
  /** Addresses that were read, so that a slow one does not undo a later one. */
  #reads = 0;
  #live: Promise<Live> | undefined;
  #logs: LogInput | undefined;

  constructor(session: Session, preferences: Preferences, window: PageWindow) {
    this.session = session;
    this.preferences = preferences;
    this.#window = window;
    this.recent = window.recent;
    this.isEmbedded = new URL(window.base).searchParams.get('embed') === '1';
  }

  get words(): Words {
    return this.preferences.words;
  }

  /** Opens what the address asks for, else the reader's last work, else the first scenario. */
  async start(): Promise<void> {
    if (await this.readAddress()) return;
    const last = this.isEmbedded ? undefined : await this.recent.lastWork();
    const { trouble } = this;
    const isOpen = last !== undefined && trouble === undefined && (await this.#open(last));
    this.trouble = trouble;
    if (!isOpen && this.session.scenario === undefined) this.session.openEntry(FIRST);
  }

  /** Opens what the address asks for; false where it asks for nothing that can be read. */
  async readAddress(): Promise<boolean> {
    const hash = this.#window.hash();
    if (LOCK_LINK.test(hash) && !this.isEmbedded) return this.#openLock(hash);
    return hash !== '' && hash !== '#' && this.#open(hash);
  }

  /** Opens what a link asks for; false where it cannot be read and nothing else is open. */
  async #open(hash: string): Promise<boolean> {
    this.#reads += 1;
    const read = this.#reads;
    const { readAddress } = await import('../state/address.ts');
    if (read !== this.#reads) return true;
    const address = readAddress(hash);
    this.trouble = address?.kind === 'error' ? { kind: 'link', problem: address.error } : undefined;
    if (address?.kind !== 'ok') return this.session.scenario !== undefined;
    const { scenario, schedule, ...asked } = address.value;
    const telling = schedule === undefined ? undefined : await this.#tell(scenario, schedule);
    if (read !== this.#reads) return true;
    if (telling?.kind === 'misfit') {
      this.trouble = { kind: 'link', problem: telling.problem };
      return this.session.scenario !== undefined;
    }
    this.#logs?.leave();
    this.#isKept = true;
    if (schedule !== undefined) {
      this.dockTab = 'story';
      this.pane = 'verdict';
    }
    const opening = telling && this.explorer?.openingOf(telling.told);
    const seq = asked.seq ?? opening?.seq;
    this.session.open(scenario, { ...asked, schedule, seq, range: opening?.range });
    return true;
  }

  /** Lets the address follow `scenario`, once the reader has changed anything. */
  async follow(scenario: Scenario): Promise<void> {
    const { schedule } = this.session;
    if (!this.#isTouched) return;
    const address = await this.addressOf(scenario, { schedule });
    if (this.session.scenario !== scenario) return;
    this.#window.replace(address);
    await this.recent.keepLastWork(new URL(address).hash);
  }

  /** The link of a scenario on this page, outside of any frame. */
  async addressOf(
    scenario: Scenario,
    more: { readonly schedule?: string | undefined },
  ): Promise<string> {
    const { addressOf } = await import('../state/address.ts');
    return addressOf(this.base, scenario, more);
  }

  pick(name: string): void {
    this.#touch();
    this.session.openEntry(name);
    this.isDrawerOpen = false;
  }

  /** Runs a scenario that the reader made, or ran before. */
  run(scenario: Scenario): void {
    this.#touch();
    this.session.open(scenario);
  }

  /** Finds races in what is shown, or in what the story at hand was found in. */
  async explore(): Promise<void> {
    this.showDock('story');
    const { scenario, schedule } = this.session;
    const explorer = await this.loadExplorer();
    if (scenario === undefined) return;
    const work = { kind: 'scenario', scenario: explorer.sourceOf(scenario, schedule) } as const;
    const told = await explorer.explore(work);
    if (told !== undefined && this.#shows(scenario, schedule)) this.replay(told);
  }

  /** Opens a scenario of the gallery and finds the race in it. */
  async exploreEntry(name: string): Promise<void> {
    this.pick(name);
    this.showDock('story');
    const explorer = await this.loadExplorer();
    const told = await explorer.explore({ kind: 'gallery', name });
    const { subject } = explorer;
    if (told !== undefined && subject && this.#shows(subject, undefined)) this.replay(told);
  }

  /** Shows a run under its schedule, from the first step of its story on. */
  replay(told: Told): void {
    this.#touch();
    const { scenario, schedule } = told;
    this.session.open(scenario, { schedule, ...this.explorer?.openingOf(told) });
  }

  /** Shows what a search had found when its worker went. */
  async showFound({ scenario, schedule }: Found): Promise<void> {
    const telling = await this.#tell(scenario, schedule);
    if (telling?.kind === 'told') this.replay(telling.told);
  }

  /** The explorer, loaded when it is first wanted. */
  async loadExplorer(): Promise<Explorer> {
    const { Explorer } = await import('../explore/explorer.svelte.ts');
    return (this.explorer ??= new Explorer());
  }

  /** What runs in real time, loaded when it is first wanted; it connects with nothing by itself. */
  loadLive(): Promise<Live> {
    this.#live ??= this.#openLive();
    this.#live.catch(() => (this.#live = undefined));
    return this.#live;
  }

  /** Runs what is shown in real time, as it was chosen; asks where something is missing. */
  async runLive(): Promise<void> {
    const live = await this.loadLive();
    this.#touch();
    const start = await live.start();
    if (start === 'arm') this.overlay = 'arm';
    else if (start === 'refused') this.overlay = 'live';
    else this.isDrawerOpen = false;
  }

  /** Looks for a bridge: the reader has asked for it. */
  async connect(): Promise<void> {
    this.overlay = 'connect';
    const live = await this.loadLive();
    await live.link.connect();
  }

  async #openLive(): Promise<Live> {
    const loaded = Promise.all([import('../state/live.svelte.ts'), this.#window.liveDoors()]);
    const [{ openLive }, doors] = await loaded;
    const again = (): void => void this.runLive();
    this.live = await openLive(this.session, this.preferences.language, doors, again);
    return this.live;
  }

  /** What the schedule of a link tells; undefined where the explorer cannot be had. */
  async #tell(scenario: Scenario, schedule: string): Promise<Telling | undefined> {
    try {
      const explorer = await this.loadExplorer();
      return await explorer.tell(scenario, schedule);
    } catch {
      return undefined;
    }
  }

  /** Whether the page still shows just that run. */
  #shows(scenario: Scenario, schedule: string | undefined): boolean {
    const { session } = this;
    const isSame = JSON.stringify(session.scenario) === JSON.stringify(scenario);
    return session.source.kind === 'simulated' && isSame && session.schedule === schedule;
  }

  /** The bench for locks, loaded when it is first wanted. */
  async loadLocks(): Promise<LockBench> {
    const { LockBench: Bench } = await import('../own-lock/lock-bench.svelte.ts');
    return (this.locks ??= new Bench(this.#window.memory));
  }

  /** Shows the code that a link carries, above whatever is open; nothing of it runs. */
  async #openLock(hash: string): Promise<boolean> {
    const problem = (await this.loadLocks()).openLink(hash);
    this.trouble = problem && { kind: 'link', problem };
    if (problem === undefined) this.overlay = 'lock';
    return this.session.scenario !== undefined;
  }

  /** Leaves the bench, and the address of a lock that may have led to it. */
  closeLocks(): void {
    if (this.overlay === 'lock') this.overlay = undefined;
    if (LOCK_LINK.test(this.#window.hash())) this.#window.replace(this.base);
  }

  repair(): void {
    this.#touch();
    this.session.repair();
  }

  /** Runs once more what was run before. */
  async reopen({ link }: RecentRun): Promise<void> {
    this.#touch();
    this.isDrawerOpen = false;
    await this.#open(link);
  }

  /** The log that is open, as input; loaded when a log is first spoken of. */
  async logInput(): Promise<LogInput> {
    const { LogInput: Input } = await import('../state/log-input.svelte.ts');
    this.#logs ??= new Input((...log) => this.#openLog(...log), this.#window.memory);
    return this.#logs;
  }

  /** Opens a log, wherever it was chosen, dropped or pasted. */
  openLog(log: PickedLog): void {
    this.trouble = undefined;
    this.isDrawerOpen = false;
    void this.logInput().then((input) => input.take(log));
  }

  /** Reads and judges a log; of one that is followed the old verdict stays until the new one. */
  #openLog(file: File, patterns: readonly string[], cause: ReadCause): Promise<boolean> {
    return this.session.openLog(file, patterns, cause !== 'opened' && cause !== 'again');
  }

  /** Puts what was judged on the list of recent runs. */
  async remember(judged: Judged): Promise<void> {
    // What was recorded cannot be run again.
    if (this.isEmbedded || judged.kind === 'recorded') return;
    const { result } = judged.kind === 'run' ? judged : judged.log;
    const violated = result.checks.filter(({ verdict }) => verdict === 'violated');
    const came = { verdict: result.verdict, violated: violated.map(({ id }) => id) };
    if (judged.kind === 'log') {
      const { name, size } = judged.file;
      await this.recent.remember({ kind: 'log', name, bytes: size, ...came });
    } else if (this.#isKept && judged.result.complete) {
      const { scenario, digest } = judged.result;
      const { schedule } = this.session;
      const link = new URL(await this.addressOf(scenario, { schedule })).hash;
      const { title, seed } = scenario;
      await this.recent.remember({ kind: 'run', link, title, seed, digest, ...came });
    }
  }

  /** The page's address without fragment, outside of any frame. */
  get base(): string {
    const base = new URL(this.#window.base);
    base.searchParams.delete('embed');
    return base.href;
  }

  /** Opens one of the real logs that come with the page. */
  async openExample(url: string, name: string): Promise<void> {
    try {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(answer.statusText);
      this.openLog(pickedText(new File([await answer.blob()], name)));
    } catch {
      this.trouble = { kind: 'example' };
    }
  }

  openRealLog(): void {
    void this.openExample(realLog, REAL_LOG);
  }

  /** Shows on the timeline what a finding speaks of. */
  show(place: Place): void {
    this.session.show(place);
    this.pane = 'timeline';
  }

  goTo(pane: Pane): void {
    this.pane = pane;
    if (pane === 'money') this.dockTab = 'money';
    if (pane === 'verdict') this.dockTab = 'checks';
  }

  showDock(tab: DockTab): void {
    this.dockTab = tab;
    this.pane = tab === 'money' ? 'money' : 'verdict';
    this.dockCalls += 1;
  }

  /** Opens the search over the events of the trace. */
  search(): void {
    this.pane = 'timeline';
    this.isSearching = true;
  }

  /** Shows a part of the left column, wherever the page has room for it. */
  openLeft(tab: LeftTab): void {
    this.leftTab = tab;
    this.isDrawerOpen = true;
    this.preferences.openLeft(true);
    this.pane = 'setup';
  }

  closeLeft(): void {
    this.isDrawerOpen = false;
    this.preferences.openLeft(false);
  }

  toggle(overlay: NonNullable<Overlay>): void {
    this.overlay = this.overlay === overlay ? undefined : overlay;
  }

  #touch(): void {
    this.#logs?.leave();
    this.#isKept = true;
    this.#isTouched = true;
    this.trouble = undefined;
  }
}
