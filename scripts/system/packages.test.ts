/** A missing program is reported by its package, with the command that installs it. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installCommand, missingPackages, SYSTEM_PACKAGES } from './packages.ts';

describe('the packages of the system tests', () => {
  it('are all missing where no program is, and none where all are', () => {
    const directory = mkdtempSync(join(tmpdir(), 'interlock-'));
    expect(missingPackages(directory)).toEqual(SYSTEM_PACKAGES);
    for (const { program } of SYSTEM_PACKAGES) {
      const path = join(directory, program);
      writeFileSync(path, '');
      chmodSync(path, 0o755);
    }
    expect(missingPackages(`${directory}-nowhere:${directory}`)).toEqual([]);
    rmSync(directory, { recursive: true });
  });

  it('are installed by one command that asks nothing', () => {
    const command = installCommand(SYSTEM_PACKAGES, true);
    for (const { name } of SYSTEM_PACKAGES) expect(command).toContain(` ${name}`);
    expect(command).toContain('DEBIAN_FRONTEND=noninteractive apt-get install -y');
    expect(command).not.toContain('sudo');
    expect(installCommand(SYSTEM_PACKAGES, false)).toContain('sudo apt-get update');
  });
});
