/** junit.xml: every stage as a test case, for whatever shows test results. */
import { plain } from '../../render/text.ts';
import type { Report } from './schema.ts';

const MS_PER_S = 1_000;

/** The document. What was not run is skipped; a death is an error, a failure a failure. */
export function junitOf(report: Report): string {
  const asked = report.stages.filter((stage) => stage.asked);
  const of = (kinds: readonly string[]): number =>
    asked.filter(({ verdict }) => kinds.includes(verdict)).length;
  const name = attribute(`gate ${report.task.task}`);
  const counts =
    `tests="${asked.length}" failures="${of(['fail'])}" errors="${of(['die', 'crash'])}" ` +
    `skipped="${of(['not-run', 'cancelled'])}"`;
  const cases = asked.map((stage) => {
    const seconds = ((report.times.stages[stage.stage]?.tookMs ?? 0) / MS_PER_S).toFixed(3);
    const head = `    <testcase classname="gate" name="${stage.stage}" time="${seconds}"`;
    const inner = outcomeOf(stage.verdict, stage.reason);
    return inner === '' ? `${head}/>` : `${head}>${inner}</testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}" ${counts}>`,
    `  <testsuite name="${name}" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function outcomeOf(verdict: Report['stages'][number]['verdict'], reason: string): string {
  const message = `message="${attribute(reason)}"`;
  switch (verdict) {
    case 'pass':
      return '';
    case 'fail':
      return `<failure ${message}/>`;
    case 'die':
    case 'crash':
      return `<error ${message}/>`;
    case 'cancelled':
    case 'not-run':
      return `<skipped ${message}/>`;
  }
}

function attribute(text: string): string {
  return plain(text)
    .replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '?')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
