/**
 * Adds up what several test runs came to, from the reports that vitest and Playwright write.
 *
 * A stage that failed without a failing test (a type error, a missing program, no report at all)
 * counts as one failure, so that the sum never looks better than the run was.
 */

/** A part of the whole run: whether its command succeeded, and the reports that it wrote. */
export interface Stage {
  readonly name: string;
  readonly succeeded: boolean;
  /** As JSON text; none for a stage without tests, or one that wrote none. */
  readonly reports: readonly string[];
}

/** Counts of tests, and of stages that failed otherwise. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Tests that were not run: skipped or left for later. */
  readonly skipped: number;
}

/** What one stage came to. */
export function stageCounts(stage: Stage): Counts {
  const counts = stage.reports.map(reportCounts);
  const sum = (field: keyof Counts): number =>
    counts.reduce((total, each) => total + each[field], 0);
  const failed = sum('failed');
  return {
    passed: sum('passed'),
    failed: failed === 0 && !stage.succeeded ? 1 : failed,
    skipped: sum('skipped'),
  };
}

/** vitest counts at the top of its report; Playwright under `stats`, by what it expected. */
function reportCounts(text: string): Counts {
  const { stats, ...counts } = JSON.parse(text) as {
    stats?: { expected: number; unexpected: number; flaky: number; skipped: number };
    numPassedTests?: number;
    numFailedTests?: number;
    numPendingTests?: number;
    numTodoTests?: number;
  };
  if (stats !== undefined) {
    const { expected, unexpected, flaky, skipped } = stats;
    return { passed: expected, failed: unexpected + flaky, skipped };
  }
  return {
    passed: counts.numPassedTests ?? 0,
    failed: counts.numFailedTests ?? 0,
    skipped: (counts.numPendingTests ?? 0) + (counts.numTodoTests ?? 0),
  };
}

/** Lines for people: one a stage, and the sum as `N passed, N failed` in the last. */
export function outcomeLines(stages: readonly Stage[]): readonly string[] {
  const counted = stages.map((stage) => ({ stage, counts: stageCounts(stage) }));
  const sum = (field: keyof Counts): number =>
    counted.reduce((total, { counts }) => total + counts[field], 0);
  return [
    ...counted.map(({ stage, counts }) => {
      const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
      const outcome = stage.succeeded ? 'done' : 'FAILED';
      return `${stage.name}: ${outcome} (${counts.passed} passed, ${counts.failed} failed${skipped})`;
    }),
    `${sum('passed')} passed, ${sum('failed')} failed`,
  ];
}
