/**
 * The evidence as Markdown, for a pull request or a chat: short, exact, and safe to paste.
 *
 * Invariant: whatever stands in a title, a symbol or a log's line is text in the result; it makes
 * no table, link, mention or heading of its own. Amounts keep every digit. Of a log nothing is
 * quoted but the evidence.
 */
import type { CheckResult, Evidence, LockStats, Reconciliation } from '../../sim/index.ts';
import { integer, ms } from '../format/figures.ts';
import type { ShareWords } from '../format/words/share-en.ts';

/** What is reported. */
export interface EvidenceReport {
  readonly source: 'run' | 'recorded' | 'log';
  /** The scenario's title or the log's name. */
  readonly title: string;
  /** Undefined of a log. */
  readonly seed: number | undefined;
  /** The verdict in a sentence: its word, and the rest. */
  readonly sentence: { readonly word: string; readonly rest: string };
  readonly checks: readonly CheckResult[];
  readonly lock: LockStats;
  readonly pnl: Reconciliation | undefined;
  readonly digest: string | undefined;
  /** The link that repeats the run, or leads to a recording's scenario; undefined of a log. */
  readonly link: string | undefined;
}

/** The report; `tell` puts a finding into the reader's language. */
export function evidenceMarkdown(
  report: EvidenceReport,
  { markdown: words }: Pick<ShareWords, 'markdown'>,
  tell: (evidence: Evidence) => string,
): string {
  const { sentence, digest, link } = report;
  const names =
    report.source === 'recorded'
      ? { digest: words.recording, link: words.scenario }
      : { digest: words.digest, link: words.replay };
  const told = report.checks.filter(isTold);
  const seed = report.seed === undefined ? '' : ` (${words.seed(report.seed)})`;
  const figures = [
    `- ${words.lockName}: ${lockLine(report, words)}`,
    ...pnlLines(report.pnl, words),
    ...(digest === undefined ? [] : [`- ${names.digest}: \`${digest}\``]),
    ...(link === undefined ? [] : [`- ${names.link}: ${link}`]),
  ];
  const blocks = [
    `### ${plain(words.heading(report.title))}${seed}`,
    `**${plain(sentence.word)}** ${plain(sentence.rest)}`,
    table(told, words),
    told.flatMap((check) => findingLines(report.source, check, words, tell)).join('\n'),
    figures.join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

type MarkdownWords = ShareWords['markdown'];

/** What is violated, and what the verdict had to leave open. */
function isTold(check: CheckResult): boolean {
  return check.verdict === 'violated' || (check.verdict === 'inconclusive' && check.required);
}

function table(checks: readonly CheckResult[], words: MarkdownWords): string {
  if (checks.length === 0) return '';
  return [
    `| ${words.columns.join(' | ')} |`,
    '| --- | --- | ---: | ---: |',
    ...checks.map(({ id, verdict, count, examined }) => {
      const word = verdict === 'passed' ? '' : words.verdicts[verdict];
      return `| \`${id}\` | ${word} | ${integer(count)} | ${integer(examined)} |`;
    }),
  ].join('\n');
}

/** The first finding of a check with the place where it shows. */
function findingLines(
  source: EvidenceReport['source'],
  { id, evidence }: CheckResult,
  words: MarkdownWords,
  tell: (evidence: Evidence) => string,
): string[] {
  const [first] = evidence;
  if (first === undefined) return [];
  const at = first.at.at(-1);
  const place =
    source === 'log'
      ? words.atLine(at?.seq ?? 0)
      : words.atEvent(ms(at?.timeUs ?? 0), at?.seq ?? 0);
  return [`- \`${id}\`${at === undefined ? '' : ` (${place})`}: ${plain(tell(first))}`];
}

function lockLine({ lock, checks }: EvidenceReport, words: MarkdownWords): string {
  const { acquires, releases, maxHolders } = lock;
  return `${words.lock(acquires, releases, maxHolders)}; ${capacity(lock, checks, words)}`;
}

function capacity(lock: LockStats, checks: readonly CheckResult[], words: MarkdownWords): string {
  const measured = checks.find(({ id }) => id === 'lock.capacity')?.measured ?? {};
  const { spanUs, ratio } = measured;
  if (typeof spanUs !== 'number' || lock.heldUs === 0) return words.untimed;
  return words.capacity(ms(lock.heldUs), ms(spanUs), String(ratio));
}

function pnlLines(pnl: Reconciliation | undefined, words: MarkdownWords): string[] {
  if (pnl === undefined) return [];
  const { ledgerTotal, aggregatorTotal, difference } = pnl;
  const line =
    aggregatorTotal === ''
      ? words.pnlLedger(ledgerTotal)
      : words.pnl(ledgerTotal, aggregatorTotal, difference);
  return [`- ${words.pnlName}: ${line}`];
}

const ZERO_WIDTH_SPACE = '\u200b';

/** Text that Markdown takes as it is: one line, nothing in it special, nobody mentioned. */
function plain(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|~$#]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/@(?=\w)/g, `@${ZERO_WIDTH_SPACE}`)
    .replace(/:\/\//g, `:${ZERO_WIDTH_SPACE}//`);
}
