/** Installs the Debian packages that the system tests miss, by apt: `npm run setup:system`. */
import { spawnSync } from 'node:child_process';
import { installCommand, missingPackages } from './packages.ts';

const missing = missingPackages();
if (missing.length === 0) process.stdout.write('all packages of the system tests are here\n');
else {
  const command = installCommand(missing, process.getuid?.() === 0);
  process.stdout.write(`${command}\n`);
  const { status } = spawnSync('bash', ['-c', command], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const left = missingPackages();
  if (left.length > 0) {
    process.stderr.write(`still missing: ${left.map((one) => one.name).join(', ')}\n`);
  }
  process.exitCode = status === 0 && left.length === 0 ? 0 : 1;
}
