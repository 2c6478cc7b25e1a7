/** The dialog with the link of the run at hand. */
import { expect, type Locator, type Page } from '@playwright/test';

export class ShareDialog {
  readonly dialog: Locator;
  readonly field: Locator;
  readonly copy: Locator;
  readonly close: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Share this run' });
    this.field = this.dialog.getByRole('textbox', { name: 'The link' });
    this.copy = this.dialog.getByRole('button', { name: 'Copy link' });
    this.close = this.dialog.getByRole('button', { name: 'Close', exact: true });
  }

  /** The link that is offered. */
  async link(): Promise<string> {
    await expect(this.field).toHaveValue(/#s1=/);
    return this.field.inputValue();
  }
}
