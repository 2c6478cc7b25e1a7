/**
 * Lint: strict TypeScript with types, the house's form, and the bans that keep the core
 * deterministic.
 */
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import { determinismRules } from './scripts/lint/determinism.js';

const FORM = [
  { selector: 'TSEnumDeclaration', message: 'Expected a const object and a union of its values.' },
  { selector: 'ExportDefaultDeclaration', message: 'Expected a named export.' },
];

const [, ...determinismSyntax] = determinismRules['no-restricted-syntax'];

export default defineConfig(
  { ignores: ['node_modules/', 'dist/', 'coverage/', 'bench/out/', '.cache/', 'fixtures/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strict, tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', ...FORM],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      // A task need not suspend.
      'require-yield': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['web/**/*.ts', 'bench/browser/page/**/*.ts'],
    languageOptions: {
      parserOptions: { project: './web/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    files: ['web/offline/service-worker.ts'],
    languageOptions: {
      parserOptions: {
        project: './web/offline/tsconfig.json',
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
  {
    files: ['e2e/**/*.ts'],
    languageOptions: {
      parserOptions: { project: './e2e/tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Playwright wants an object pattern for its fixtures, also of a test that uses none.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
    },
  },
  {
    files: ['web/**/*.svelte'],
    extends: [tseslint.configs.strict, svelte.configs.recommended],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      eqeqeq: 'error',
      // Types are svelte-check's to judge; it knows the browser's globals too.
      'no-undef': 'off',
      // Svelte's own: a prop is declared with `let` and may be read only.
      'prefer-const': 'off',
    },
  },
  {
    files: ['**/*.test.ts', '**/*.spec.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Expected a seed that the test shows.' },
      ],
    },
  },
  {
    files: ['sim/**/*.ts'],
    ignores: ['**/*.test.ts'],
    linterOptions: { noInlineConfig: true },
    rules: {
      ...determinismRules,
      'no-restricted-syntax': ['error', ...FORM, ...determinismSyntax],
      'no-console': 'error',
    },
  },
  {
    files: ['*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
