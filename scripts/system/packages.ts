/**
 * Debian packages that the system tests need, how to see whether they are here, and how to get
 * them.
 *
 * A package counts as here when the program that we use of it can be found; a test never passes
 * because its program is missing. Known limit: names and versions are those of Debian 12.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A package and the program for which it is wanted. */
export interface SystemPackage {
  readonly name: string;
  readonly program: string;
  /** Where the package itself lies, from the program's folder, if it is a library for it. */
  readonly library?: string;
  readonly why: string;
}

/** All of them, in the order in which they are reported. */
export const SYSTEM_PACKAGES: readonly SystemPackage[] = [
  {
    name: 'libjavascriptcoregtk-4.0-bin',
    program: 'jsc',
    why: 'JavaScriptCore: the same digests as in Node',
  },
  { name: 'libmozjs-102-dev', program: 'js102', why: 'SpiderMonkey: the same digests as in Node' },
  {
    name: 'python3-zmq',
    program: 'python3',
    library: '../lib/python3/dist-packages/zmq',
    why: 'libzmq itself: the simulated socket does as it does',
  },
  { name: 'chromium', program: 'chromium', why: 'the page, end to end' },
  { name: 'firefox-esr', program: 'firefox-esr', why: 'the same digests on the page in Firefox' },
  {
    name: 'webkit2gtk-driver',
    program: 'WebKitWebDriver',
    why: 'the same digests on the page in WebKit',
  },
  { name: 'xvfb', program: 'Xvfb', why: 'a screen for WebKit' },
  {
    name: 'redis-server',
    program: 'redis-server',
    why: 'a queue whose workers are killed: no part of a search is lost or counted twice',
  },
];

/** Where a program lies, or undefined; one that has `library`, if that is asked for. */
export function findProgram(
  name: string,
  path = process.env['PATH'] ?? '',
  library?: string,
): string | undefined {
  return path
    .split(delimiter)
    .filter((directory) => library === undefined || existsSync(join(directory, library)))
    .map((directory) => join(directory, name))
    .find((full) => existsSync(full));
}

/** The packages whose program cannot be found on `path`. */
export function missingPackages(path = process.env['PATH'] ?? ''): readonly SystemPackage[] {
  return SYSTEM_PACKAGES.filter(
    ({ program, library }) => findProgram(program, path, library) === undefined,
  );
}

/** The one command that installs packages; without root it asks through sudo. */
export function installCommand(packages: readonly SystemPackage[], root: boolean): string {
  const sudo = root ? '' : 'sudo ';
  const names = packages.map((one) => one.name).join(' ');
  return (
    `${sudo}apt-get update && ` +
    `${sudo}env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${names}`
  );
}
