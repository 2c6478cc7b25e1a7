/**
 * The page: its root is web/, its output dist/, which works from any folder of any static host.
 *
 * And the tests: those that need nothing but `npm ci`, and with `--mode system` the others.
 * A system test is named `*.system.test.ts` and may use the Debian packages of scripts/system.
 */
import { availableParallelism } from 'node:os';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { configDefaults, defineConfig } from 'vitest/config';
import { contentPolicy } from './scripts/page/plugins/content-policy.ts';
import { galleryCards } from './scripts/page/plugins/gallery-cards.ts';
import { hostFiles } from './scripts/page/plugins/host-files.ts';
import { lockLibraries } from './scripts/page/plugins/lock-libraries.ts';
import { lockSandbox } from './scripts/page/plugins/lock-sandbox.ts';
import { offline } from './scripts/page/plugins/offline.ts';
import { workerChunks } from './scripts/page/plugins/worker-chunks.ts';

/** Modules that only declare. */
const PURE_MODULES = /\/(sim|subjects)\/|\/decimal\.js\/|\/web\/(timeline|format|state)\//;

const SYSTEM_TESTS = '**/*.system.test.ts';
/** Where a whole run wants its reports; nothing writes any otherwise. */
const REPORTS = process.env['INTERLOCK_REPORTS'];

export default defineConfig(({ mode }) => ({
  root: process.env['VITEST'] === undefined ? 'web' : '.',
  base: './',
  plugins: [
    svelte({
      configFile: false,
      preprocess: vitePreprocess({ script: false }),
      compilerOptions: { runes: true },
    }),
    contentPolicy,
    galleryCards,
    lockLibraries,
    lockSandbox(PURE_MODULES),
    workerChunks,
    offline,
    hostFiles,
  ],
  worker: { format: 'es' },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Loading a module of the core, or of the page's own arithmetic, does nothing: what is not used
    // is left out, and what is used later is loaded later.
    rolldownOptions: {
      treeshake: {
        moduleSideEffects: (id) => !PURE_MODULES.test(id),
      },
    },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  test: {
    include: mode === 'system' ? [SYSTEM_TESTS] : ['**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(mode === 'system' ? [] : [SYSTEM_TESTS])],
    environment: 'node',
    testTimeout: 30_000,
    // All processors: many tests wait for processes of their own.
    maxWorkers: availableParallelism(),
    ...(REPORTS !== undefined && {
      reporters: ['default', 'json'],
      outputFile: { json: `${REPORTS}/${mode === 'system' ? 'system' : 'test'}.json` },
    }),
  },
}));
