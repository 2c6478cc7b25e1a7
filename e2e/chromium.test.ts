/** The finder takes what was asked for first, and ends in words that help. */
import { describe, expect, it } from 'vitest';
import { chromiumLaunch, chromiumPath, type Machine } from './chromium.ts';

const machine = (has: readonly string[], more: Partial<Machine> = {}): Machine => ({
  platform: 'linux',
  env: { PATH: '/bin:/opt/tools' },
  isRoot: false,
  exists: (path) => has.includes(path),
  bundled: '/cache/chrome',
  ...more,
});

describe('the search for a Chromium', () => {
  it('takes CHROMIUM_PATH before all others', () => {
    const env = { CHROMIUM_PATH: '/mine' };
    expect(chromiumPath(machine(['/mine', '/cache/chrome'], { env }))).toBe('/mine');
  });

  it('does not go on when CHROMIUM_PATH leads nowhere', () => {
    const env = { CHROMIUM_PATH: '/mine' };
    expect(() => chromiumPath(machine(['/cache/chrome'], { env }))).toThrow('got /mine');
  });

  it('takes the one that Playwright brought before that of the system', () => {
    expect(chromiumPath(machine(['/usr/bin/chromium', '/cache/chrome']))).toBe('/cache/chrome');
  });

  it.each([
    ['linux', '/opt/tools/google-chrome', {}],
    ['linux', '/usr/bin/chromium', {}],
    ['darwin', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', {}],
    [
      'win32',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      { PROGRAMFILES: 'C:\\Program Files' },
    ],
  ] as const)('finds on %s what lies at %s', (platform, path, env) => {
    const given = machine([path], { platform, env: { PATH: '/opt/tools', ...env } });
    expect(chromiumPath(given)).toBe(path);
  });

  it.each([
    ['linux', 'apt-get install chromium'],
    ['darwin', 'brew install'],
    ['win32', 'winget install'],
    ['freebsd', 'npx playwright install chromium'],
  ] as const)('says on %s what to type when there is none', (platform, words) => {
    expect(() => chromiumPath(machine([], { platform }))).toThrow(words);
  });
});

describe('the launch', () => {
  it('goes without the sandbox for root only', () => {
    const has = ['/cache/chrome'];
    expect(chromiumLaunch(machine(has, { isRoot: true })).args).toContain('--no-sandbox');
    const other = chromiumLaunch(machine(has));
    expect(other.args).not.toContain('--no-sandbox');
    expect(other.chromiumSandbox).toBe(true);
  });
});
