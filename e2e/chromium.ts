/**
 * Finds the Chromium that tests, benchmarks and scripts run in, and the flags that it needs.
 *
 * `CHROMIUM_PATH` first, then the one that Playwright brought, then where systems put it.
 * Invariant: no browser is an error that says what to type, never a test that is left out.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type LaunchOptions } from '@playwright/test';

/** What the search needs of the machine, so that a test can stand in for another one. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  readonly exists: (path: string) => boolean;
  /** Where Playwright would have put its own. */
  readonly bundled: string;
}

export const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  isRoot: process.getuid?.() === 0,
  exists: existsSync,
  bundled: chromium.executablePath(),
};

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const LINUX_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'];
const MAC_APPS = ['Chromium', 'Google Chrome', 'Microsoft Edge', 'Brave Browser'];
const WINDOWS_PROGRAMS = [
  ['Chromium', 'Application', 'chrome.exe'],
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/** Nothing that a run does not need: no GPU, no first run, no requests of the browser's own. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function usualPlaces({ platform, env }: Machine): readonly string[] {
  if (platform === 'win32') {
    return ['LOCALAPPDATA', 'PROGRAMFILES', 'PROGRAMFILES(X86)']
      .flatMap((name) => env[name] ?? [])
      .flatMap((folder) => WINDOWS_PROGRAMS.map((parts) => [folder, ...parts].join('\\')));
  }
  const apps = MAC_APPS.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  const path = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = [...path, ...LINUX_FOLDERS].flatMap((folder) =>
    NAMES.map((name) => join(folder, name)),
  );
  return platform === 'darwin' ? [...apps, ...found] : found;
}

function remedy(platform: NodeJS.Platform): string {
  const known: Partial<Record<NodeJS.Platform, string>> = {
    linux: 'npx playwright install --with-deps chromium (or on Debian: apt-get install chromium)',
    darwin: 'npx playwright install chromium (or: brew install --cask chromium)',
    win32: 'npx playwright install chromium (or: winget install Google.Chrome)',
  };
  return known[platform] ?? 'npx playwright install chromium';
}

/** The path of a Chromium; throws an error that says what to type when there is none. */
export function chromiumPath(machine = thisMachine): string {
  const { env, exists, bundled, platform } = machine;
  const asked = env['CHROMIUM_PATH'];
  if (asked !== undefined && asked !== '') {
    if (exists(asked)) return asked;
    throw new Error(`expected a browser at CHROMIUM_PATH, got ${asked}, where nothing is`);
  }
  const found = [bundled, ...usualPlaces(machine)].find(exists);
  if (found !== undefined) return found;
  throw new Error(
    `expected a Chromium, got none: type "${remedy(platform)}", ` +
      'or set CHROMIUM_PATH to the one that you have',
  );
}

/** How to launch it by Playwright; only root has to do without the sandbox. */
export function chromiumLaunch(machine = thisMachine): LaunchOptions {
  return {
    executablePath: chromiumPath(machine),
    chromiumSandbox: !machine.isRoot,
    args: machine.isRoot ? ['--no-sandbox', ...FLAGS] : FLAGS,
  };
}
