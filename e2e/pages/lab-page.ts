/**
 * The playground as a reader meets it: its parts by role and name, and its own signals.
 *
 * A label that changes is changed in this folder and nowhere else. `main` says the phase of what is
 * under way and the digest of the last run; every wait is for one of these.
 */
import { expect, type Locator, type Page } from '@playwright/test';
import { Dock } from './dock.ts';
import { Live } from './live.ts';
import { Logs } from './logs.ts';
import { RunBar } from './run-bar.ts';
import { ShareDialog } from './share-dialog.ts';
import { Timeline } from './timeline.ts';

/** What `main` says of the run or the log at hand. */
export type Phase = 'running' | 'resting' | 'done' | 'failed';

/** What a narrow screen shows one at a time, in the order of the buttons. */
const PANES = ['verdict', 'timeline', 'money', 'setup'] as const;

export class LabPage {
  readonly page: Page;
  readonly main: Locator;
  readonly verdict: Locator;
  readonly witnesses: Locator;
  readonly inspector: Locator;
  /** The notice about a link or a file that cannot be read. */
  readonly banner: Locator;
  readonly gallery: Locator;
  readonly panes: Locator;
  readonly left: Locator;
  readonly bar: RunBar;
  readonly timeline: Timeline;
  readonly dock: Dock;
  readonly live: Live;
  readonly logs: Logs;
  readonly shareDialog: ShareDialog;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole('main');
    // The skip link's target; its name changes with the language.
    this.verdict = page.locator('#verdict');
    this.witnesses = page.getByRole('region', { name: 'Three witnesses' });
    this.inspector = page.getByRole('region', { name: 'At the playhead' });
    this.banner = page.getByRole('alert');
    this.gallery = page.getByRole('region', { name: 'Gallery', exact: true });
    this.panes = page.locator('nav').getByRole('button');
    this.left = page.locator('aside').first();
    this.bar = new RunBar(page);
    this.timeline = new Timeline(page);
    this.dock = new Dock(page);
    this.live = new Live(page);
    this.logs = new Logs(page);
    this.shareDialog = new ShareDialog(page);
  }

  /** Opens the page, at a fragment or a query if one is given, and waits until it is at rest. */
  async open(rest = ''): Promise<void> {
    await this.page.goto(`./${rest}`);
    await this.settled();
  }

  /** Waits until nothing is under way any more. */
  async settled(phase: Phase = 'done', timeout?: number): Promise<void> {
    await expect(this.main).toHaveAttribute('data-phase', phase, timeout ? { timeout } : {});
  }

  /** Waits for a finished run with this digest. */
  async ranWith(digest: string, timeout?: number): Promise<void> {
    const within = timeout ? { timeout } : {};
    await expect(this.main).toHaveAttribute('data-digest', digest, within);
    await this.settled('done', timeout);
  }

  /** The digest of the finished run. */
  async digest(): Promise<string> {
    await this.settled();
    return (await this.main.getAttribute('data-digest')) ?? '';
  }

  /** Opens a scenario by its card, under the title that the card shows. */
  async pick(title: string): Promise<void> {
    const card = this.gallery.getByRole('listitem').filter({
      has: this.page.getByText(title, { exact: true }),
    });
    await card.getByRole('button').first().click();
  }

  /** Opens the repaired twin of a scenario, under the title of the defect. */
  async pickRepaired(title: string): Promise<void> {
    const name = `Repaired twin: ${title}`;
    await this.gallery.getByRole('button', { name, exact: true }).click();
  }

  /** Brings a pane into sight where the screen shows one at a time; elsewhere all are. */
  async goTo(pane: (typeof PANES)[number]): Promise<void> {
    const button = this.panes.nth(PANES.indexOf(pane));
    if (await button.isVisible()) await button.click();
  }

  /** Opens a tab of the left column by its number, from the rail where the column is folded. */
  async openLeft(at: number): Promise<void> {
    const tab = this.left.getByRole('tab').nth(at);
    if (await tab.isVisible()) await tab.click();
    else await this.left.getByRole('button').nth(at).click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
  }

  /** Puts the left column away where it lies over the rest. */
  async closeLeft(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.goTo('verdict');
  }
}
