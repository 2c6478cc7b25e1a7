/** Logs of one's own and those that ship: opening them as a reader does. */
import type { Locator, Page } from '@playwright/test';

/** The logs that ship, by what their buttons say. */
export const REAL_LOGS = {
  escaping: 'A lock that escapes',
  exclusive: 'A lock that excludes',
  gap: 'A PnL gap',
} as const;

/** A file that is made inside the page: a piece of text, and how often it is repeated. */
export interface MadeFile {
  readonly name: string;
  readonly text: string;
  readonly times: number;
}

export class Logs {
  readonly cancel: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.cancel = page.getByRole('banner').getByRole('button', { name: 'Stop', exact: true });
  }

  /** Drops a file on the page, as from a file manager. */
  async drop({ name, text, times }: MadeFile): Promise<void> {
    await this.#page.evaluate(
      ([fileName, piece, count]) => {
        const part = new Blob([piece]);
        const file = new File(
          Array.from({ length: count }, () => part),
          fileName,
        );
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(file);
        for (const type of ['dragenter', 'dragover', 'drop']) {
          const more = { bubbles: true, cancelable: true, dataTransfer };
          document.body.dispatchEvent(new DragEvent(type, more));
        }
      },
      [name, text, times] as const,
    );
  }

  /** Opens one of the logs that ship. */
  async openReal(which: keyof typeof REAL_LOGS): Promise<void> {
    await this.#page
      .getByRole('banner')
      .getByRole('button', { name: 'Open log', exact: true })
      .click();
    await this.#page.getByRole('button', { name: REAL_LOGS[which], exact: true }).click();
  }
}
