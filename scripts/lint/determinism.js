/**
 * What the pure core may not touch, as ESLint rules: whatever can differ between two engines or
 * runs.
 *
 * Of Math only functions that the language defines to the last bit are allowed; the others differ
 * in their last bits between engines, and so does `**` on numbers. Known limit: the rules see
 * names, not values, so `globalThis` and a bare `Math` are banned as well, since either could carry
 * the rest in.
 */

const EXACT_MATH =
  '/^(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|PI|E|LN2|LN10|SQRT2)$/';

/** Newer than the oldest engine whose digests are compared (SpiderMonkey 102). */
const TOO_NEW =
  '/^(findLast|findLastIndex|toSorted|toReversed|toSpliced|groupBy|isWellFormed|withResolvers)$/';

/** Give what the machine's language settings say. */
const LOCAL = '/^(toLocale(String|UpperCase|LowerCase|DateString|TimeString)|localeCompare)$/';

const GLOBALS = {
  Date: 'time is a whole number of microseconds: base/time.ts',
  Intl: 'it formats by the locale of the machine',
  globalThis: 'it hides what is used',
  performance: 'there is no clock in the core',
  crypto: 'randomness is seeded: base/random.ts',
  setTimeout: 'tasks sleep: kernel/task.ts',
  setInterval: 'tasks sleep: kernel/task.ts',
  queueMicrotask: 'tasks sleep: kernel/task.ts',
  WeakRef: 'it shows when memory is collected',
  FinalizationRegistry: 'it shows when memory is collected',
  eval: 'what it does cannot be checked',
  Function: 'what it does cannot be checked',
};

const SYNTAX = [
  {
    selector: `MemberExpression[object.name='Math']:not([computed=false][property.name=${EXACT_MATH}])`,
    message: 'Expected a Math function that is exact in every engine; this one is not.',
  },
  {
    selector: ":not(MemberExpression) > Identifier[name='Math']",
    message: 'Expected Math.name written out, so that the name can be checked.',
  },
  {
    selector: "MemberExpression[computed=true] > Identifier.property[name='Math']",
    message: 'Expected Math.name written out, so that the name can be checked.',
  },
  {
    selector: "BinaryExpression[operator='**']:not(:has(> Literal[bigint]))",
    message: 'Expected multiplication: `**` on numbers differs between engines.',
  },
  {
    selector: "AssignmentExpression[operator='**=']:not(:has(> Literal[bigint]))",
    message: 'Expected multiplication: `**` on numbers differs between engines.',
  },
  {
    selector: `MemberExpression[property.name=${LOCAL}]`,
    message: 'Expected a function that does not ask for the locale of the machine.',
  },
  {
    selector: `MemberExpression[property.name=${TOO_NEW}]`,
    message: 'Expected a function that SpiderMonkey 102 has.',
  },
  {
    selector: "MemberExpression[property.name='stack']",
    message: 'Expected no stack: every engine writes it in its own way.',
  },
];

/** The rules, to be merged into the configuration of sim/. */
export const determinismRules = {
  'no-restricted-globals': [
    'error',
    ...Object.entries(GLOBALS).map(([name, why]) => ({
      name,
      message: `Expected pure code: ${why}.`,
    })),
  ],
  'no-restricted-syntax': ['error', ...SYNTAX],
};
