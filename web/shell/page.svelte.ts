/**
 * The page around a session: what is open, which part is in sight, what the address says.
 *
 * Invariant: the address changes only after the reader changed something, and an address that
 * cannot be read changes nothing but the banner. What is needed rarely (links, examples) is loaded
 * when it is.
 */
import realLog from '../../fixtures/logs/asyncio-escaping-lock.log?url';
import type { Problem, Scenario } from '../../sim/index.ts';
import type { Words } from '../format/words.ts';
import type { Place } from '../state/outcome.ts';
import type { Preferences } from '../state/preferences.svelte.ts';
import type { Session } from '../state/session.svelte.ts';
import type { DockTab, LeftTab, Pane } from './layout.ts';

/** What the page needs of its window, so that a test can stand in for it. */
export interface PageWindow {
  /** The address without its fragment. */
  readonly base: string;
  readonly hash: () => string;
  /** Puts `address` into the address bar without a new entry in the history. */
  readonly replace: (address: string) => void;
}

export type Overlay = 'share' | 'palette' | 'help' | undefined;

/** What went wrong, for the banner. */
export type Trouble =
  { readonly kind: 'link'; readonly problem: Problem } | { readonly kind: 'example' };

const FIRST = 'escaping-lock';
const REAL_LOG = 'asyncio-escaping-lock.log';

export class Page {
  readonly session: Session;
  readonly preferences: Preferences;
  pane: Pane = $state('verdict');
  dockTab: DockTab = $state('checks');
  leftTab: LeftTab = $state('gallery');
  isDrawerOpen = $state(false);
  isSearching = $state(false);
  overlay: Overlay = $state(undefined);
  trouble: Trouble | undefined = $state.raw(undefined);
  /** Whether the page stands in a frame of somebody else's: then it shows the run alone. */
  readonly isEmbedded: boolean;
  readonly #window: PageWindow;
  /** Whether the reader has changed anything; until then the address stays as it came. */
  #isTouched = false;
  /** Addresses that were read, so that a slow one does not undo a later one. */
  #reads = 0;

  constructor(session: Session, preferences: Preferences, window: PageWindow) {
    this.session = session;
    this.preferences = preferences;
    this.#window = window;
    this.isEmbedded = new URL(window.base).searchParams.get('embed') === '1';
  }

  get words(): Words {
    return this.preferences.words;
  }

  /** Opens what the address asks for, else the first scenario. */
  async start(): Promise<void> {
    if (!(await this.readAddress())) this.session.openEntry(FIRST);
  }

  /** Opens what the address asks for; false where it asks for nothing that can be read. */
  async readAddress(): Promise<boolean> {
    this.#reads += 1;
    const read = this.#reads;
    const hash = this.#window.hash();
    if (hash === '' || hash === '#') return false;
    const { readAddress } = await import('../state/address.ts');
    if (read !== this.#reads) return true;
    const address = readAddress(hash);
    this.trouble = address?.kind === 'error' ? { kind: 'link', problem: address.error } : undefined;
    if (address?.kind !== 'ok') return this.session.scenario !== undefined;
    const { scenario, digest, seq } = address.value;
    this.session.open(scenario, { digest, seq });
    return true;
  }

  /** Lets the address follow `scenario`, once the reader has changed anything. */
  async follow(scenario: Scenario): Promise<void> {
    if (!this.#isTouched) return;
    const address = await this.addressOf(scenario, {});
    if (this.session.scenario === scenario) this.#window.replace(address);
  }

  /** The link of a scenario on this page, outside of any frame. */
  async addressOf(
    scenario: Scenario,
    more: { readonly digest?: string | undefined; readonly seq?: number | undefined },
  ): Promise<string> {
    const { addressOf } = await import('../state/address.ts');
    const base = new URL(this.#window.base);
    base.searchParams.delete('embed');
    return addressOf(base.href, scenario, more);
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

  repair(): void {
    this.#touch();
    this.session.repair();
  }

  openFile(file: File): void {
    this.trouble = undefined;
    this.isDrawerOpen = false;
    void this.session.openLog(file, file.name);
  }

  /** Opens one of the real logs that come with the page. */
  async openExample(url: string, name: string): Promise<void> {
    try {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(answer.statusText);
      this.openFile(new File([await answer.blob()], name));
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
    this.#isTouched = true;
    this.trouble = undefined;
  }
}
