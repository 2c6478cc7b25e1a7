/** The header: what runs, how fast, and how the page looks. */
import type { Locator, Page } from '@playwright/test';

export class RunBar {
  readonly scenario: Locator;
  readonly run: Locator;
  readonly pause: Locator;
  readonly resume: Locator;
  readonly step: Locator;
  readonly stop: Locator;
  readonly speed: Locator;
  readonly share: Locator;
  readonly language: Locator;
  readonly theme: Locator;

  constructor(page: Page) {
    const header = page.getByRole('banner');
    const button = (name: string): Locator => header.getByRole('button', { name, exact: true });
    this.scenario = header.getByLabel('Scenario');
    this.run = button('Run');
    this.pause = button('Pause');
    this.resume = button('Resume');
    this.step = button('Step');
    this.stop = button('Stop');
    this.speed = header.getByLabel('Speed');
    this.share = header.getByRole('button', { name: /^(Share|分享)$/ });
    this.language = header.getByLabel(/^(Language|语言)/);
    this.theme = header.getByLabel(/^(Theme|主题)/);
  }
}
