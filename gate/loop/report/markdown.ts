/**
 * VERIFY_REPORT.md: the report for people, the verdict first.
 *
 * Text that came from elsewhere is escaped, so it cannot end a cell or bring in markup. Times and
 * measured speeds stand in the last section and nowhere else.
 */
import type { Report } from './schema.ts';
import { escaped } from './table.ts';
import {
  acceptanceSection,
  browserSection,
  evidenceSection,
  exploreSection,
  liveSection,
  lockSection,
  pnlSection,
  registrationSection,
  reviewSections,
  scenarioSection,
  stageSection,
  timesSection,
  treeSection,
} from './sections.ts';

const SENTENCES: Readonly<Record<Report['outcome'], string>> = {
  PASS: 'Everything that the task asks for passed, and both reviews did.',
  'MECHANICAL-PASS':
    'Every mechanical stage passed. The reviews were not run, so the whole is **inconclusive**.',
  FAIL: 'What was judged is wrong. The reasons:',
  DIE: 'Something that is needed did not come. The gate **fails**, and nothing is assumed:',
  CANCELLED: 'Somebody cancelled the run. What was judged by then stands below.',
  CRASH: 'The loop itself failed. This says nothing of what it should have judged:',
};

/** What a reader who does not see a picture is told. */
const PICTURES: Readonly<Record<string, string>> = {
  lock: 'Who held the lock when, and how many at once',
  pnl: 'Ledger and aggregator over time',
};

/** The whole page; `names` are the other files of the archive. */
export function markdownOf(report: Report, names: readonly string[]): string {
  const parts = [
    [`# Verification of task ${report.task.task}`, '', report.task.title],
    [`\`${report.line}\``, '', SENTENCES[report.outcome]],
    // Of a mechanical pass the sentence says it all.
    report.outcome === 'MECHANICAL-PASS' ? [] : report.reasons.map((each) => `- ${escaped(each)}`),
    acceptanceSection(report),
    stageSection(report),
    pnlSection(report),
    lockSection(report),
    names.filter((name) => name.endsWith('.svg')).map((name) => `![${altOf(name)}](${name})\n`),
    scenarioSection(report),
    exploreSection(report),
    browserSection(report),
    liveSection(report),
    ...reviewSections(report),
    registrationSection(report),
    treeSection(report),
    evidenceSection(names),
    timesSection(report),
  ];
  const filled = parts.filter((part) => part.length > 0);
  return `${filled.map((part) => part.join('\n').trimEnd()).join('\n\n')}\n`;
}

function altOf(name: string): string {
  const picture = name.replace(/^.*\/|\.svg$/g, '');
  return PICTURES[picture] ?? picture;
}
