/**
 * The task: what the governance loop has to verify, with which thresholds, and until when.
 *
 * The schema is strict: an unknown field is an error, because a misspelt threshold that is silently
 * ignored would pass. No text of a task is ever read by a shell, none that becomes an argument can
 * begin with a dash, and no path leaves the project. A task cannot name a host or a command.
 */
import * as v from 'valibot';

export const TASK_FORMAT = 1;
const DAY_S = 86_400;
const PATTERNS_MAX = 200;
const SCENARIOS_MAX = 100;

/** The most that a reviewer may be given, in bytes; a task may ask for less. */
export const REVIEW_BYTES_MAX = 4_000_000;
export const REVIEW_FILES_MAX = 1_000;

const whole = (min: number, max: number) => {
  const expected = `expected a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(expected),
    v.integer(expected),
    v.minValue(min, expected),
    v.maxValue(max, expected),
  );
};
const amount = (max: number) => {
  const expected = `expected a number from 0 to ${max}`;
  return v.pipe(v.number(expected), v.minValue(0, expected), v.maxValue(max, expected));
};
const seconds = whole(1, DAY_S);
const text = (pattern: RegExp, expected: string) =>
  v.pipe(v.string(expected), v.regex(pattern, expected));
const oneOf = <const T extends readonly string[]>(words: T) =>
  v.picklist(words, `expected ${words.map((word) => `"${word}"`).join(' or ')}`);

const title = text(
  /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,160}$/u,
  'expected 1 to 160 characters in one line',
);
const taskId = v.pipe(
  v.union(
    [v.string(), v.pipe(v.number(), v.integer(), v.minValue(0))],
    'expected a number or a short name',
  ),
  v.transform(String),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/,
    'expected a task of 1 to 32 letters, digits, - or _, starting with a letter or digit',
  ),
);
/** A gallery name, a file of the project, or a playground link. */
const scenario = text(
  /^(?!(?:.*\/)?\.\.(?:\/|$))[A-Za-z0-9.][A-Za-z0-9._~:/?#=&%+,-]{0,16383}$/,
  'expected a gallery name, a file inside the project or a link',
);
const filePattern = text(
  /^!?(?!(?:.*\/)?\.\.(?:\/|$))[A-Za-z0-9_.*][A-Za-z0-9_.*/-]{0,199}$/,
  'expected a path inside the project, with * or ** where it names several, ! before to leave out',
);
const expectation = text(
  /^(?:passed|violated:[a-z]+\.[a-z-]+(?:,[a-z]+\.[a-z-]+)*)$/,
  'expected "passed" or "violated:CHECK[,CHECK]"',
);
const modelName = text(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'expected the name of a model');
const word = text(/^[A-Za-z0-9][A-Za-z0-9 _.-]{0,59}$/, 'expected a short word');
const list = <T extends v.GenericSchema>(item: T, max: number) =>
  v.pipe(
    v.array(item, 'expected a list'),
    v.minLength(1, 'expected at least one'),
    v.maxLength(max, `expected at most ${max}`),
  );

const thresholdsSchema = v.strictObject({
  /** Symbols that signal at once. */
  symbolsMin: v.optional(whole(1, 64)),
  /** Every interval between two signals of a symbol stays below this. */
  intervalMsBelow: v.optional(amount(1e9)),
  /** Acquisitions, and as many releases, in the log. */
  pairsMin: v.optional(whole(1, 1e9)),
  tradesPerSecondAbove: v.optional(amount(1e9)),
  latencyMsBelow: v.optional(amount(1e9)),
});

const runSchema = v.strictObject({
  scenario,
  expect: expectation,
  thresholds: v.optional(thresholdsSchema, {}),
});

const searchSchema = v.pipe(
  v.strictObject({
    scenario,
    strategy: oneOf(['portfolio', 'random', 'urw', 'pct', 'exhaustive']),
    schedules: whole(1, 1_000_000_000),
    /**
     * Proved: the bounded search completed. Not refuted: that many schedules violated nothing.
     * Refuted: a violation of `check` was found, as it must be in a scenario with a defect.
     */
    want: oneOf(['proved', 'not-refuted', 'refuted']),
    check: v.optional(text(/^[a-z]+\.[a-z-]+$/, 'expected the id of a check')),
  }),
  v.forward(
    v.check(
      ({ want, check }) => (want === 'refuted') === (check !== undefined),
      'expected a check where the search must refute, and nowhere else',
    ),
    ['check'],
  ),
);

const reviewSchema = v.strictObject({
  required: v.boolean('expected true or false'),
  deadlineSeconds: seconds,
  /** The longest that one answer may take. */
  attemptSeconds: seconds,
  model: modelName,
  files: list(filePattern, PATTERNS_MAX),
  filesMax: v.optional(whole(1, REVIEW_FILES_MAX), 200),
  bytesMax: v.optional(whole(1, REVIEW_BYTES_MAX), 1_000_000),
  outputTokensMax: v.optional(whole(256, 200_000), 32_000),
});
export type ReviewTask = v.InferOutput<typeof reviewSchema>;

const stress = v.pipe(
  v.strictObject({
    deadlineSeconds: seconds,
    /** The scenario whose log becomes STRESS_TEST.log and whose run fills the rows A1 to A7. */
    log: scenario,
    scenarios: list(runSchema, SCENARIOS_MAX),
  }),
  v.forward(
    v.check(
      ({ log, scenarios }) =>
        scenarios.some((each) => each.scenario === log && each.expect === 'passed'),
      'expected one of the scenarios that are expected to pass',
    ),
    ['log'],
  ),
);

const stages = v.strictObject({
  preflight: v.strictObject({
    deadlineSeconds: seconds,
    /** Whether a tree that differs from its commit is refused, or its difference recorded. */
    tree: oneOf(['clean', 'recorded']),
  }),
  build: v.optional(v.strictObject({ deadlineSeconds: seconds })),
  stress: v.optional(stress),
  explore: v.optional(
    v.strictObject({ deadlineSeconds: seconds, searches: list(searchSchema, SCENARIOS_MAX) }),
  ),
  browser: v.optional(
    v.strictObject({
      deadlineSeconds: seconds,
      /** Words that must stand in the title of a browser test that ran and passed. */
      proofs: list(word, 20),
      /** Gallery scenarios that the page must run to the digest of the command line. */
      scenarios: list(word, SCENARIOS_MAX),
    }),
  ),
  live: v.optional(v.strictObject({ deadlineSeconds: seconds, scenario })),
  'logic-review': v.optional(reviewSchema),
  'context-review': v.optional(reviewSchema),
  registration: v.optional(
    v.strictObject({ required: v.boolean('expected true or false'), deadlineSeconds: seconds }),
  ),
});

export const taskSchema = v.strictObject({
  format: v.literal(TASK_FORMAT, `expected ${TASK_FORMAT}`),
  task: taskId,
  title,
  stages,
});

export type Task = v.InferOutput<typeof taskSchema>;
export type StressRun = v.InferOutput<typeof runSchema>;
export type Search = v.InferOutput<typeof searchSchema>;
export type Thresholds = v.InferOutput<typeof thresholdsSchema>;
