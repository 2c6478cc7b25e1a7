/** Every dependency has an accepted licence and stands in THIRD_PARTY.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../project/files.ts';
import { installedLicence, licenceFaults, packagesOf, thirdParty } from './third-party.ts';

const read = (name: string): string => readFileSync(join(PROJECT_ROOT, name), 'utf8');

describe('the project', () => {
  const packages = packagesOf(read('package-lock.json'));

  it('depends on packages with accepted licences only', () => {
    expect(packages.length).toBeGreaterThan(50);
    expect(licenceFaults(packages)).toEqual([]);
  });

  it('tells every dependency in THIRD_PARTY.md; npm run licences writes it anew', () => {
    const expected = thirdParty(packages, (name) => installedLicence(PROJECT_ROOT, name));
    expect(read('THIRD_PARTY.md')).toBe(expected);
  });

  it('has decided about every install script: allowScripts in package.json', () => {
    const lock = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    const { allowScripts } = JSON.parse(read('package.json')) as {
      allowScripts: Record<string, boolean>;
    };
    const scripted = Object.entries(lock.packages)
      .filter(([, entry]) => entry.hasInstallScript === true)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    const decided = Object.keys(allowScripts);
    expect(scripted.filter((name) => !decided.includes(name))).toEqual([]);
  });

  it('ships what package.json calls dependencies', () => {
    const { dependencies } = JSON.parse(read('package.json')) as {
      dependencies: Record<string, string>;
    };
    const shipped = packages.filter((one) => one.ships).map((one) => one.name);
    expect(shipped).toEqual(expect.arrayContaining(Object.keys(dependencies)));
  });
});

describe('the rule for licences', () => {
  const judge = (licence: string, ships: boolean): number =>
    licenceFaults([{ name: 'x', version: '1.0.0', licence, ships, optional: false }]).length;

  it('refuses what nobody has accepted, and an unknown licence', () => {
    expect(judge('AGPL-3.0', false)).toBe(1);
    expect(judge('unknown', true)).toBe(1);
    expect(judge('MIT AND AGPL-3.0', true)).toBe(1);
  });

  it('accepts a choice of which one is accepted', () => {
    expect(judge('(GPL-2.0 OR MIT)', true)).toBe(0);
  });

  it('accepts some licences for tools that it does not accept for what ships', () => {
    expect(judge('MPL-2.0', false)).toBe(0);
    expect(judge('MPL-2.0', true)).toBe(1);
  });

  it('takes a package that is needed both ways for one that ships', () => {
    const entry = { version: '1.0.0', license: 'MIT' };
    const packages = {
      '': {},
      'node_modules/x': entry,
      'node_modules/y/node_modules/x': { ...entry, dev: true },
    };
    expect(packagesOf(JSON.stringify({ packages }))).toEqual([
      { name: 'x', version: '1.0.0', licence: 'MIT', ships: true, optional: false },
    ]);
  });

  it('asks for a package that is not there, and quotes one that brings no text', () => {
    expect(() => installedLicence(PROJECT_ROOT, 'no-such-package')).toThrow(
      'expected node_modules/no-such-package',
    );
    expect(installedLicence(PROJECT_ROOT, 'sirv')).toContain('MIT');
  });
});
