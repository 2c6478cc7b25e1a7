/** The bench for locks: which one, its code, and what exploring it came to. */
import { expect, type Locator, type Page } from '@playwright/test';

export class LockBench {
  readonly page: Page;
  readonly dialog: Locator;
  readonly code: Locator;
  readonly outcome: Locator;
  readonly steps: Locator;
  readonly problem: Locator;
  readonly link: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole('dialog', { name: 'Your lock' });
    this.code = this.dialog.getByRole('textbox', { name: 'Code of the lock' });
    this.outcome = this.dialog.getByRole('region', { name: 'Story' });
    this.steps = this.outcome.getByRole('listitem');
    this.problem = this.outcome.getByRole('alert');
    this.link = this.dialog.getByRole('textbox', { name: /^Link with this code/ });
  }

  /** Opens it from the gallery. */
  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Your lock…' }).click();
    await expect(this.code).toBeVisible();
  }

  /** Chooses a lock by the beginning of what its button says. */
  async pick(name: string): Promise<void> {
    const choices = this.dialog.getByRole('navigation', { name: 'Locks' });
    await choices.getByRole('button', { name }).first().click();
  }

  /** Puts other code in place of what there is. */
  async type(code: string): Promise<void> {
    await this.code.click();
    await this.page.keyboard.press('ControlOrMeta+a');
    // As one piece: the editor would indent and close brackets of what is typed.
    await this.page.keyboard.insertText(code);
  }

  get explore(): Locator {
    return this.dialog.getByRole('button', { name: 'Explore', exact: true });
  }

  /** The text of the editor, all of which is in sight where it is short. */
  async text(): Promise<string> {
    const lines = await this.code.locator('.cm-line').allInnerTexts();
    return lines.join('\n');
  }

  /** The link of what is in sight. */
  async share(): Promise<string> {
    await this.dialog.getByRole('button', { name: 'Share' }).click();
    await expect(this.link).toHaveValue(/#l1=/);
    return this.link.inputValue();
  }
}
