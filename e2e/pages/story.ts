/** The explorer's view in the dock: the search, the story, and the schedule strip below it. */
import { expect, type Locator, type Page } from '@playwright/test';

export class Story {
  readonly told: Locator;
  readonly search: Locator;
  readonly steps: Locator;
  readonly present: Locator;
  readonly strip: Locator;
  readonly diamonds: Locator;
  readonly next: Locator;
  readonly previous: Locator;
  readonly explore: Locator;
  readonly cancel: Locator;
  readonly strategy: Locator;
  readonly schedules: Locator;
  readonly seconds: Locator;

  constructor(page: Page) {
    this.told = page.getByRole('region', { name: 'Story' });
    this.search = page.getByRole('region', { name: 'Search' });
    this.steps = this.told.getByRole('listitem');
    this.present = this.told.locator('[aria-current=step]');
    this.strip = page.getByRole('group', { name: /^Schedule: / });
    this.diamonds = this.strip.getByRole('button');
    this.next = this.told.getByRole('button', { name: 'Next step (J)' });
    this.previous = this.told.getByRole('button', { name: 'Previous step (K)' });
    this.explore = this.search.getByRole('button', { name: /^Explore/ });
    this.cancel = this.search.getByRole('button', { name: 'Cancel' });
    this.strategy = this.search.getByLabel('Strategy');
    this.schedules = this.search.getByLabel('Schedules');
    this.seconds = this.search.getByLabel('Seconds');
  }

  /** Waits until a story is told, and gives how many steps it has. */
  async length(): Promise<number> {
    await expect(this.steps.first()).toBeVisible();
    return this.steps.count();
  }
}
