/** The tables under the timeline: checks, acceptance, reconciliation, lock, events. */
import type { Locator, Page } from '@playwright/test';

/** The tabs, by what they say. */
export const DOCK_TABS = [
  'Checks',
  'Acceptance',
  'Reconciliation',
  'Lock',
  'Events',
  'Story',
] as const;
export type DockTab = (typeof DOCK_TABS)[number];

export class Dock {
  /** All tabs, in the order of `DOCK_TABS` in every language. */
  readonly tabs: Locator;
  readonly panel: Locator;
  readonly events: Locator;
  readonly selectedEvent: Locator;
  readonly copyCsv: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.tabs = page.locator('[role=tab][aria-controls=dock-panel]');
    this.panel = page.locator('#dock-panel');
    this.events = page.getByRole('grid', { name: 'Events' });
    this.selectedEvent = this.events.getByRole('row', { selected: true });
    this.copyCsv = this.panel.getByRole('button', { name: 'Copy as CSV' });
  }

  tab(name: DockTab): Locator {
    return this.#page.getByRole('tab', { name, exact: true });
  }

  async show(name: DockTab): Promise<void> {
    await this.tab(name).click();
  }

  /** The number of the selected event, or in a log its line; the events must be shown. */
  async selectedPlace(): Promise<number> {
    const cell = this.selectedEvent.getByRole('gridcell').first();
    return Number((await cell.innerText()).replace(/\D/g, ''));
  }

  /** The ids of the checks that the panel lists as violated, sorted; the panel must be shown. */
  async violated(): Promise<readonly string[]> {
    const heading = this.panel.getByRole('heading', { name: /^Violated/ });
    const ids = await heading.locator('..').locator('code').allTextContents();
    return ids.sort();
  }
}
