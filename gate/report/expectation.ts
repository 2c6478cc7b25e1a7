/**
 * What a caller expects of a verdict, so that a script can ask for a violation and succeed.
 *
 * `violated:CHECK` is met when every named check is violated, whatever else is. What was not judged
 * meets nothing and misses nothing: it stays open.
 */
import { CHECK_IDS, type CheckId, type CheckResult, type Verdict } from '../../sim/index.ts';
import { assertUnreachable } from '../../sim/index.ts';
import { Exit } from '../shell/exit.ts';
import { exitOf, type Outcome, refuse } from '../shell/outcome.ts';

export type Expectation =
  { readonly kind: 'passed' } | { readonly kind: 'violated'; readonly checks: readonly CheckId[] };

export type Agreement = 'met' | 'missed' | 'open';

/** How an outcome compares with what the caller expected. */
export interface Expected {
  /** As written: `violated:lock.exclusion`. */
  readonly text: string;
  readonly agreement: Agreement;
}

/** Reads `passed` or `violated:CHECK[,CHECK]`; nothing expected is no expectation. */
export function parseExpectation(text: string | undefined): Outcome<Expectation | undefined> {
  if (text === undefined) return { kind: 'ok', value: undefined };
  if (text === 'passed') return { kind: 'ok', value: { kind: 'passed' } };
  const wanted = 'expected --expect passed or --expect violated:CHECK';
  if (!text.startsWith('violated:')) return refuse('bad-expectation', `${wanted}, got ${text}`);
  const checks: CheckId[] = [];
  for (const name of text.slice('violated:'.length).split(',')) {
    const id = CHECK_IDS.find((known) => known === name);
    if (id === undefined) {
      const known = CHECK_IDS.join(', ');
      return refuse('bad-expectation', `${wanted}; there is no check "${name}", only: ${known}`);
    }
    checks.push(id);
  }
  return { kind: 'ok', value: { kind: 'violated', checks } };
}

/** Whether a verdict and its checks are what was expected. */
export function agreement(
  expectation: Expectation,
  verdict: Verdict,
  checks: readonly CheckResult[],
): Agreement {
  switch (expectation.kind) {
    case 'passed':
      if (verdict === 'inconclusive') return 'open';
      return verdict === 'passed' ? 'met' : 'missed';
    case 'violated': {
      const verdicts = expectation.checks.map(
        (id) => checks.find((check) => check.id === id)?.verdict ?? 'inconclusive',
      );
      if (verdicts.every((each) => each === 'violated')) return 'met';
      return verdict !== 'inconclusive' && verdicts.includes('passed') ? 'missed' : 'open';
    }
    default:
      return assertUnreachable(expectation);
  }
}

/** What a report says about the expectation. */
export function expectedOf(
  expectation: Expectation | undefined,
  verdict: Verdict,
  checks: readonly CheckResult[],
): Expected | undefined {
  if (expectation === undefined) return undefined;
  const text = expectationText(expectation);
  return { text, agreement: agreement(expectation, verdict, checks) };
}

/** The status of a report: cancelled, else the expectation's, else the verdict's. */
export function exitOfReport(report: {
  readonly verdict: Verdict;
  readonly cancelled: boolean;
  readonly expected: Expected | undefined;
}): Exit {
  if (report.cancelled) return Exit.inconclusive;
  return report.expected === undefined
    ? exitOf(report.verdict)
    : exitOfAgreement(report.expected.agreement);
}

function exitOfAgreement(met: Agreement): Exit {
  switch (met) {
    case 'met':
      return Exit.passed;
    case 'missed':
      return Exit.violated;
    case 'open':
      return Exit.inconclusive;
    default:
      return assertUnreachable(met);
  }
}

function expectationText(expectation: Expectation): string {
  return expectation.kind === 'passed' ? 'passed' : `violated:${expectation.checks.join(',')}`;
}
