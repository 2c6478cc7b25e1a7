/** The lock timeline: keys, buttons, and where the playhead stands. */
import { expect, type Locator, type Page } from '@playwright/test';

export class Timeline {
  readonly region: Locator;
  readonly plot: Locator;
  readonly nextViolation: Locator;
  readonly previousViolation: Locator;
  readonly zoomIn: Locator;
  readonly zoomOut: Locator;
  readonly fit: Locator;
  readonly canvas: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Lock timeline' });
    this.plot = page.getByRole('application', { name: 'Lock timeline' });
    const button = (name: string): Locator => this.region.getByRole('button', { name });
    this.nextViolation = button('Next violation');
    this.previousViolation = button('Previous violation');
    this.zoomIn = button('Zoom in');
    this.zoomOut = button('Zoom out');
    this.fit = button('Fit');
    this.canvas = this.region.locator('canvas');
  }

  /** The picture once it stands still, other than `before` if one is given. */
  async rest(before?: string): Promise<string> {
    let last = '';
    await expect
      .poll(async () => {
        const present = await this.picture();
        const stands = present === last && present !== before;
        last = present;
        return stands;
      })
      .toBe(true);
    return last;
  }

  /** The picture as it is at the moment, to see whether something has changed in it. */
  picture(): Promise<string> {
    return this.canvas.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  }
}
