/** A missing program is reported by its package, with the command that installs it. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installCommand, missingPackages, SYSTEM_PACKAGES } from './packages.ts';

describe('the packages of the system tests', () => {
  it('are all missing where no program is, and none where all are', () => {
    const root = mkdtempSync(join(tmpdir(), 'interlock-'));
    const directory = join(root, 'bin');
    mkdirSync(directory);
    expect(missingPackages(directory)).toEqual(SYSTEM_PACKAGES);
    for (const { program, library } of SYSTEM_PACKAGES) {
      if (library !== undefined) mkdirSync(join(directory, library), { recursive: true });
      const path = join(directory, program);
      writeFileSync(path, '');
      chmodSync(path, 0o755);
    }
    expect(missingPackages(`${directory}-nowhere:${directory}`)).toEqual([]);
    rmSync(root, { recursive: true });
  });

  it('are installed by one command that asks nothing', () => {
    const command = installCommand(SYSTEM_PACKAGES, true);
    for (const { name } of SYSTEM_PACKAGES) expect(command).toContain(` ${name}`);
    expect(command).toContain('DEBIAN_FRONTEND=noninteractive apt-get install -y');
    expect(command).not.toContain('sudo');
    expect(installCommand(SYSTEM_PACKAGES, false)).toContain('sudo apt-get update');
  });
});
