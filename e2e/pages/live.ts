/** Real time: the dialog that starts a run, the connection with the bridge, and what both show. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Where the lock stands, and what answers, in the order of the dialog. */
const ENDS = ['simulated', 'bridge'] as const;
const PLACES = ['worker', 'browser', 'bridge'] as const;

export interface Choice {
  readonly end?: (typeof ENDS)[number];
  readonly lockAt?: (typeof PLACES)[number];
}

export class Live {
  /** The buttons of the header. */
  readonly open: Locator;
  readonly connect: Locator;
  readonly runDialog: Locator;
  readonly connectDialog: Locator;
  readonly armDialog: Locator;
  readonly code: Locator;
  readonly endpointField: Locator;
  readonly chip: Locator;
  /** The bar that is there while a connection is. */
  readonly bar: Locator;
  readonly disarm: Locator;
  /** What is known of a recording beside its verdict. */
  readonly strip: Locator;
  readonly follow: Locator;
  readonly restart: Locator;
  readonly source: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    const header = page.getByRole('banner');
    const dialog = (title: string): Locator => page.getByRole('dialog', { name: title });
    this.open = header.getByRole('button', { name: /^(Real time|实时运行)$/ });
    this.connect = header.getByRole('button', { name: /^(Connect|连接)$/ });
    this.runDialog = dialog('Run in real time');
    this.connectDialog = dialog('Connect to a gateway');
    this.armDialog = dialog('Arm orders');
    this.code = this.connectDialog.getByLabel('Pairing code');
    this.endpointField = this.armDialog.getByLabel('Type the endpoint to arm it');
    this.bar = page.getByRole('region', { name: 'Connection with the bridge' });
    this.chip = this.bar.getByRole('button', { name: /^Connection with the bridge: / });
    this.disarm = this.bar.getByRole('button', { name: 'Disarm' });
    this.strip = page.getByRole('region', { name: 'About this recording' });
    this.follow = page.getByRole('button', { name: 'Follow', exact: true });
    this.restart = page.locator('#verdict').getByRole('button', { name: 'Restart' });
    this.source = header.locator('.source');
  }

  /** Starts the scenario at hand in real time. */
  async start({ end, lockAt }: Choice = {}): Promise<void> {
    if (!(await this.runDialog.isVisible())) await this.open.click();
    const radios = this.runDialog.getByRole('radio');
    if (end !== undefined) await radios.nth(ENDS.indexOf(end)).check();
    if (lockAt !== undefined) await radios.nth(ENDS.length + PLACES.indexOf(lockAt)).check();
    await this.runDialog.getByRole('button', { name: 'Start' }).click();
  }

  /** Shows the bridge its code, in the dialog that asks for it. */
  async pair(code: string): Promise<void> {
    await this.code.fill(code);
    await this.code.press('Enter');
  }

  /** Arms the endpoint that the dialog names. */
  async arm(): Promise<void> {
    const endpoint = await this.armDialog.getByRole('definition').first().innerText();
    await this.endpointField.fill(endpoint);
    await this.endpointField.press('Enter');
    await expect(this.armDialog).toBeHidden();
  }

  /** Everything that the page keeps where another page or a shared link could find it. */
  async kept(): Promise<string> {
    const stored = await this.#page.evaluate(() => JSON.stringify({ ...localStorage }));
    return `${this.#page.url()} ${stored}`;
  }
}
