/**
 * An exploration as JUnit XML, for tools that collect test results: one case, what was explored.
 *
 * Violated is a failure, with the story and the link; what was neither refuted nor proved is
 * skipped, because it is no pass. The form is the one that CI systems read: no schema is binding.
 */
import type { Verdict } from '../../sim/index.ts';
import { exploreLines } from '../render/explore.ts';
import { conclusionOf } from '../render/explore-verdict.ts';
import type { Style } from '../render/style.ts';
import type { ExploreReport } from '../report/explore-report.ts';
import type { Exploration } from '../report/exploration.ts';

export const PLAIN: Style = { columns: 100, unicode: false, colour: false };

/** The lines of the XML document of a scenario. */
export function junitDocument(report: ExploreReport): string[] {
  return junitCase(report, report.named.name, report.verdict, exploreLines(PLAIN, report));
}

/** The lines of the XML document; `page` is what a person would read. */
export function junitCase(
  report: Exploration<unknown>,
  name: string,
  verdict: Verdict,
  page: readonly string[],
): string[] {
  const { result } = report;
  const seconds = (report.tookMs / 1_000).toFixed(3);
  const counts =
    `tests="1" failures="${verdict === 'violated' ? 1 : 0}" ` +
    `errors="0" skipped="${verdict === 'inconclusive' ? 1 : 0}" time="${seconds}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="lab explore" ${counts}>`,
    `  <testsuite name="${escaped(result.strategyName)}" ${counts}>`,
    `    <testcase classname="explore" name="${escaped(name)}" time="${seconds}">`,
    ...outcome(report, verdict, page),
    '    </testcase>',
    '  </testsuite>',
    '</testsuites>',
  ];
}

function outcome(
  report: Exploration<unknown>,
  verdict: Verdict,
  page: readonly string[],
): string[] {
  const message = escaped(conclusionOf(report));
  const body = escaped(page.join('\n'));
  switch (verdict) {
    case 'violated': {
      const type = escaped(report.violation?.check ?? 'violated');
      return [`      <failure type="${type}" message="${message}">${body}</failure>`];
    }
    case 'inconclusive':
      return [`      <skipped message="${message}"/>`, `      <system-out>${body}</system-out>`];
    case 'passed':
      return [`      <system-out>${body}</system-out>`];
  }
}

/** Text for an attribute or an element; what XML 1.0 cannot hold becomes a question mark. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
