/**
 * The page: its root is web/, its output dist/, which works from any folder of any static host.
 *
 * And the tests: those that need nothing but `npm ci`, and with `--mode system` the others.
 * A system test is named `*.system.test.ts` and may use the Debian packages of scripts/system.
 */
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { configDefaults, defineConfig } from 'vitest/config';

const SYSTEM_TESTS = '**/*.system.test.ts';

/** What the built page may do: run and show its own files, and nothing of anybody else's. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * States the policy in the page itself; the development server needs inline styles, so not there.
 */
const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
      injectTo: 'head-prepend',
    },
  ],
};

export default defineConfig(({ mode }) => ({
  root: process.env['VITEST'] === undefined ? 'web' : '.',
  base: './',
  plugins: [
    svelte({
      configFile: false,
      preprocess: vitePreprocess({ script: false }),
      compilerOptions: { runes: true },
    }),
    contentSecurityPolicy,
  ],
  worker: { format: 'es' },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The core is pure: loading a module of it does nothing, so what is not used is left out.
    rolldownOptions: {
      treeshake: {
        moduleSideEffects: (id) => !/\/sim\/|\/decimal\.js\//.test(id),
        propertyReadSideEffects: false,
      },
    },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
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
