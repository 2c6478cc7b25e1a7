/**
 * Annotations for GitHub Actions: a line a stage that did not pass, a line a finding.
 *
 * Values are escaped as its workflow commands want them, so no reason can end a line and begin a
 * command of its own.
 */
import type { Report } from './schema.ts';

/** The lines, worst first. */
export function githubLines(report: Report): string[] {
  const stages = report.stages
    .filter(({ asked, verdict }) => asked && verdict !== 'pass')
    .map(({ stage, verdict, reason }) => {
      const level = verdict === 'fail' || verdict === 'die' || verdict === 'crash';
      return line(level ? 'error' : 'warning', { title: stage.toUpperCase() }, reason);
    });
  const findings = report.reviews.flatMap((review) =>
    review.findings.map(({ severity, file, line: at, evidence }) => {
      const isGrave = severity === 'critical' || severity === 'high';
      const title = `${review.review}: ${severity}`;
      return line(isGrave ? 'error' : 'notice', { file, line: String(at), title }, evidence);
    }),
  );
  return [...stages, ...findings];
}

function line(
  level: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const said = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  return `::${level} ${said.join(',')}::${data(message)}`;
}

function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
