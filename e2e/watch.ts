/**
 * Sees what goes wrong beside what a test looks at: console errors and warnings, exceptions of the
 * page, refusals of the content policy, requests that fail, leave, or send something.
 *
 * Invariant: what was not announced by `allow` fails the test, in every tab of a watched context.
 * Known limit: an exception in a worker that the page hears of is the page's to tell; tests see it
 * there.
 */
import type { BrowserContext, ConsoleMessage, Request } from '@playwright/test';

/** What Playwright itself says because the suite blocks service workers. */
const BLOCKED = 'Service Worker registration blocked by Playwright';
const LOUD = ['error', 'warning', 'assert'];
const INSIDE = ['data:', 'blob:'];

export class Watch {
  readonly #home: string;
  readonly #seen: string[] = [];
  readonly #allowed: RegExp[] = [];

  /** `home`: the address below which the page stands. */
  constructor(home: string) {
    this.#home = home;
  }

  /** Watches every page of `context`, those that are still to come too. */
  attach(context: BrowserContext): void {
    context.on('console', (message) => this.#onConsole(message));
    context.on('weberror', (error) => this.#see(`exception: ${error.error().message}`));
    context.on('request', (request) => this.#onRequest(request));
    context.on('requestfailed', (request) =>
      this.#see(`failed: ${request.url()} ${request.failure()?.errorText ?? ''}`),
    );
    context.on('response', (response) => {
      if (response.status() >= 400) this.#see(`status ${response.status()}: ${response.url()}`);
    });
  }

  /** Announces what this test provokes on purpose. */
  allow(pattern: RegExp): void {
    this.#allowed.push(pattern);
  }

  /** What was seen and not announced. */
  get problems(): readonly string[] {
    return this.#seen.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)));
  }

  #see(text: string): void {
    this.#seen.push(text);
  }

  #onConsole(message: ConsoleMessage): void {
    const text = message.text();
    if (LOUD.includes(message.type()) && text !== BLOCKED) {
      this.#see(`console ${message.type()}: ${text}`);
    }
  }

  #onRequest(request: Request): void {
    const url = new URL(request.url());
    if (INSIDE.includes(url.protocol)) return;
    if (!request.url().startsWith(this.#home)) this.#see(`left: ${request.url()}`);
    if (request.method() !== 'GET') this.#see(`sent: ${request.method()} ${request.url()}`);
  }
}
