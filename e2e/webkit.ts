/**
 * WebKit as Debian packs it: a screen of its own, WebKitGTK's driver on it, and its small browser.
 *
 * Playwright's WebKit is a build of its own that not every machine can fetch; this is the one that
 * apt installs. Everything that is started here is ended by `stop`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Builder, type WebDriver } from 'selenium-webdriver';

/** A browser that can be driven. */
export interface WebKit {
  readonly driver: WebDriver;
  readonly stop: () => Promise<void>;
}

const REMEDY = 'npm run setup:system installs it';
const LIBRARIES = '/usr/lib';

/** Starts all of it; rejects with the program that is missing. */
export async function startWebKit(): Promise<WebKit> {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const port = await freePort();
  let service: ChildProcess | undefined;
  try {
    const display = await firstLine(screen);
    service = spawn('WebKitWebDriver', [`--port=${port}`], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: `:${display}`,
        // Of no use to a browser that only ever sees our own page.
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      },
    });
    const driver = await connect(port, service);
    return {
      driver,
      stop: async () => {
        await driver.quit();
        await Promise.all([end(service), end(screen)]);
      },
    };
  } catch (error) {
    await Promise.all([end(service), end(screen)]);
    throw error;
  }
}

/** Where Debian put the browser: it belongs to a library, so it is not on the path. */
function miniBrowser(): string {
  const places = readdirSync(LIBRARIES).flatMap((triple) =>
    ['webkit2gtk-4.1', 'webkit2gtk-4.0'].map((library) =>
      join(LIBRARIES, triple, library, 'MiniBrowser'),
    ),
  );
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`expected the MiniBrowser of WebKitGTK: ${REMEDY}`);
  return found;
}

async function connect(port: number, service: ChildProcess): Promise<WebDriver> {
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([ready(`${url}/status`), failure(service)]);
  return new Builder()
    .usingServer(url)
    .withCapabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] },
    })
    .build();
}

/** Asks until somebody answers; `failure` ends the waiting for one that never will. */
async function ready(url: string): Promise<void> {
  for (;;) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function failure(child: ChildProcess): Promise<never> {
  return new Promise((_, reject) => {
    child.once('error', (error) => reject(new Error(`${error.message}: ${REMEDY}`)));
    child.once('exit', (code) => reject(new Error(`the driver ended with ${String(code)}`)));
  });
}

function firstLine(screen: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    screen.once('error', (error) => reject(new Error(`${error.message}: ${REMEDY}`)));
    const [, , , numbers] = screen.stdio;
    numbers?.once('data', (text: Buffer) => resolve(text.toString().trim()));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child?.pid === undefined || child.exitCode !== null) return;
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.kill('SIGTERM');
  await ended;
}
