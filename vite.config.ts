/**
 * Settings of the tests: those that need nothing but `npm ci`, and with `--mode system` the others.
 *
 * A system test is named `*.system.test.ts` and may use the Debian packages of scripts/system.
 */
import { configDefaults, defineConfig } from 'vitest/config';

const SYSTEM_TESTS = '**/*.system.test.ts';

export default defineConfig(({ mode }) => ({
  test: {
    include: mode === 'system' ? [SYSTEM_TESTS] : ['**/*.test.ts'],
    exclude:
      mode === 'system'
        ? configDefaults.exclude
        : [...configDefaults.exclude, SYSTEM_TESTS, 'e2e/**'],
    environment: 'node',
    testTimeout: 30_000,
  },
}));
