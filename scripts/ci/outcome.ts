/**
 * Adds up what several test runs came to, from the reports that vitest writes.
 *
 * A stage that failed without a failing test (a type error, a missing program, no report at all)
 * counts as one failure, so that the sum never looks better than the run was.
 */

/** A part of the whole run: whether its command succeeded, and its report if it wrote one. */
export interface Stage {
  readonly name: string;
  readonly succeeded: boolean;
  /** vitest's report as JSON text; undefined for a stage without tests, or one that wrote none. */
  readonly report: string | undefined;
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
  const report = (stage.report === undefined ? {} : JSON.parse(stage.report)) as {
    numPassedTests?: number;
    numFailedTests?: number;
    numPendingTests?: number;
    numTodoTests?: number;
  };
  const failed = report.numFailedTests ?? 0;
  return {
    passed: report.numPassedTests ?? 0,
    failed: failed === 0 && !stage.succeeded ? 1 : failed,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
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
