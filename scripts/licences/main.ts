/** Writes THIRD_PARTY.md anew: `npm run licences`, after any change of the dependencies. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../project/files.ts';
import { installedLicence, licenceFaults, packagesOf, thirdParty } from './third-party.ts';

const packages = packagesOf(readFileSync(join(PROJECT_ROOT, 'package-lock.json'), 'utf8'));
const faults = licenceFaults(packages);
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
else {
  const text = thirdParty(packages, (name) => installedLicence(PROJECT_ROOT, name));
  writeFileSync(join(PROJECT_ROOT, 'THIRD_PARTY.md'), text);
  process.stdout.write(`THIRD_PARTY.md: ${packages.length} packages\n`);
}
