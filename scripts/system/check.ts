/**
 * Says which Debian packages the system tests miss and how to get them; status 1 if any is missing.
 */
import { installCommand, missingPackages } from './packages.ts';

const missing = missingPackages();
if (missing.length > 0) {
  const list = missing.map((one) => `  ${one.name} (${one.program}: ${one.why})`);
  process.stderr.write(
    [
      'expected these Debian packages for the system tests:',
      ...list,
      'npm run setup:system installs them, by this command:',
      `  ${installCommand(missing, process.getuid?.() === 0)}`,
      '',
    ].join('\n'),
  );
  process.exitCode = 1;
}
