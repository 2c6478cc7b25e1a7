/** The sections of VERIFY_REPORT.md, each empty where there is nothing to tell. */
import { duration, group, plural } from '../../render/figures.ts';
import { wordOf } from '../run/lines.ts';
import type { Report, RunFacts } from './schema.ts';
import { code, escaped, tableOf } from './table.ts';

type Section = readonly string[];

const US_PER_MS = 1_000;
const WORDS: Readonly<Record<string, string>> = {
  passed: 'passed',
  violated: '**violated**',
  inconclusive: 'inconclusive',
  'not-run': 'not run',
};

function section(head: string, ...lines: readonly (string | readonly string[])[]): Section {
  return [`## ${head}`, '', ...lines.flat()];
}

export function acceptanceSection(report: Report): Section {
  const rows = report.acceptance.map((row) => [
    row.id,
    escaped(row.criterion),
    escaped(row.target),
    escaped(row.measured),
    WORDS[row.verdict] ?? row.verdict,
    code(row.again) + (row.link === null ? '' : ' or [open it][run]'),
  ]);
  const heads = ['', 'criterion', 'target', 'measured', 'verdict', 'see it again'];
  const link = report.acceptance.find((row) => row.link !== null)?.link;
  const definition =
    typeof link === 'string' ? ['', ...playgroundLines(link), '', `[run]: ${link}`] : [];
  return section('Acceptance', tableOf(heads, rows), definition);
}

/** Where the links of the report lead. */
function playgroundLines(link: string): Section {
  if (!URL.canParse(link)) return [];
  const { origin, pathname, hostname } = new URL(link);
  const start = hostname === 'localhost' ? ', which `npm start` serves' : '';
  return [`Links open the playground at ${origin}${pathname}${start}.`];
}

export function stageSection(report: Report): Section {
  const rows = report.stages
    .filter(({ asked }) => asked)
    .map(({ stage, verdict, reason }) => {
      const word = wordOf({ kind: verdict, reason }).replace(':', '');
      return [stage.toUpperCase(), word, escaped(reason)];
    });
  return section('Stages', tableOf(['stage', 'verdict', 'reason'], rows));
}

/** The run whose log is archived. */
function mainRun({ stress }: Report): RunFacts | undefined {
  return stress?.runs.find(
    ({ scenario, expected }) => scenario === stress.main && expected === 'passed',
  );
}

export function pnlSection(report: Report): Section {
  const run = mainRun(report);
  if (run === undefined) return [];
  const { pnl } = run;
  const rows = pnl.perSymbol.map((each) => [
    escaped(each.symbol),
    String(each.trades),
    ...[each.ledger, each.aggregator, each.difference].map(group),
  ]);
  const total = [
    '**total**',
    String(run.trades),
    ...[pnl.ledgerTotal, pnl.aggregatorTotal, pnl.difference].map(group),
  ];
  const heads = ['symbol', 'trades>', 'ledger>', 'aggregator>', 'difference>'];
  return section(`Reconciliation of ${escaped(run.scenario)}`, tableOf(heads, [...rows, total]));
}

export function lockSection(report: Report): Section {
  const run = mainRun(report);
  if (run === undefined) return [];
  const { lock } = run;
  const row = (name: string, figures: RunFacts['lock']['waitUs']): readonly string[] => [
    name,
    String(figures.samples),
    ...[figures.p50, figures.p99, figures.max].map((us) => (us / US_PER_MS).toFixed(3)),
  ];
  const heads = ['virtual ms', 'samples>', 'p50>', 'p99>', 'max>'];
  const counts = report.stress?.logCounts;
  const grep = Object.entries(counts ?? {}).map(([word, count]) => `${code(word)} ${count}`);
  return section(
    `Lock of ${escaped(run.scenario)}`,
    `${plural(lock.acquires, 'acquisition')}, ${plural(lock.releases, 'release')}, at most ` +
      `${plural(lock.maxHolders, 'holder')} at once, ${plural(lock.overlaps, 'overlap')}, queue ` +
      `depth at most ${lock.queueDepthMax}.`,
    '',
    tableOf(heads, [row('wait', lock.waitUs), row('hold', lock.holdUs)]),
    grep.length === 0 ? [] : ['', `Lines of STRESS\\_TEST.log by \`grep -c\`: ${grep.join(', ')}.`],
  );
}

export function scenarioSection(report: Report): Section {
  const rows = (report.stress?.runs ?? []).map((run) => [
    escaped(run.scenario),
    escaped(run.expected),
    run.met ? 'as expected' : `**${run.verdict}**`,
    run.thresholds
      .map(({ name, target, measured }) => `${name} ${measured} (${escaped(target)})`)
      .join(', '),
    code(run.digest),
    `${code(run.again)} or [open it](${run.link})`,
  ]);
  const heads = ['scenario', 'expected', 'outcome', 'thresholds', 'digest', 'see it again'];
  return rows.length === 0 ? [] : section('Scenarios', tableOf(heads, rows));
}

export function exploreSection(report: Report): Section {
  const rows = report.searches.map((search) => [
    escaped(search.scenario),
    search.strategy,
    search.want,
    search.met ? 'as wanted' : `**${search.verdict}**`,
    `${group(String(search.schedules))}${search.complete ? ', complete' : ''}`,
    search.missBound === null ? '' : `<= ${search.missBound.toPrecision(4)}`,
    escaped(search.scope),
    search.violation === null ? code(search.again) : storyLink(search.violation),
  ]);
  const heads = ['scenario', 'strategy', 'wanted', 'outcome', 'schedules>', 'missed by chance>'];
  return rows.length === 0
    ? []
    : section(
        'Exploration',
        tableOf([...heads, 'scope', 'see it again'], rows),
        '',
        'Only a complete search proves anything, and that within its scope. The others were not',
        'refuted in so many schedules.',
      );
}

function storyLink(violation: NonNullable<Report['searches'][number]['violation']>): string {
  const { check, steps, link } = violation;
  return `[${escaped(check)} in ${plural(steps, 'step')}](${link})`;
}

export function browserSection({ browser }: Report): Section {
  if (browser === null) return [];
  const { passed, failed, flaky, skipped, proofs, sameDigest } = browser;
  const same =
    sameDigest.length === 0
      ? ''
      : ` The page ran ${plural(sameDigest.length, 'scenario')} of the gallery to the same ` +
        `digest as the command line.`;
  return section(
    'Browser',
    `${passed} passed, ${failed} failed, ${flaky} only when repeated, ${skipped} left out.${same}`,
    '',
    proofs.flatMap(({ word, tests }) => tests.map((title) => `- ${word}: ${escaped(title)}`)),
  );
}

export function liveSection({ live }: Report): Section {
  if (live === null) return [];
  const open = live.checks.filter((check) => check.verdict !== 'passed');
  const list = open.map(({ id, verdict }) => `- ${escaped(id)}: ${verdict}`);
  return section(
    'Live',
    `${escaped(live.scenario)} through the bridge to the reference gateway: ` +
      `${WORDS[live.verdict]}, ${plural(live.checks.length, 'check')}. ` +
      `A live session is recorded, not replayed: ${code(live.again)} gives another one.`,
    list.length === 0 ? [] : ['', ...list],
  );
}

export function reviewSections(report: Report): readonly Section[] {
  return report.reviews.map((review) => {
    const findings = review.findings.map(({ severity, file, line, evidence }) => [
      severity,
      code(`${file}:${line}`),
      escaped(evidence),
    ]);
    const source = { asked: 'asked now', recorded: 'recorded before', 'not-run': 'not run' };
    const { input, output } = review.tokens;
    return section(
      review.review === 'logic-review' ? 'Logic review' : 'Context review',
      `${escaped(review.reviewer)} (${escaped(review.model)}), ${source[review.source]}: ` +
        `${review.verdict ?? 'no verdict'}. ${plural(review.files.length, 'file')}, ` +
        `${group(String(review.bytes))} bytes, hash ${code(review.inputHash)}. ` +
        `Tokens: ${group(String(input))} in, ${group(String(output))} out.`,
      review.summary === '' ? [] : ['', `> ${escaped(review.summary)}`],
      findings.length === 0 ? [] : ['', ...tableOf(['severity', 'place', 'evidence'], findings)],
    );
  });
}

export function registrationSection({ registration }: Report): Section {
  if (registration.kind === 'not-asked') return [];
  const { kind, id, url } = registration;
  const page = id === null ? '' : ` Page ${code(id)}${url === null ? '' : `, [open it](${url})`}.`;
  return section('Registration', `${kind.replace('-', ' ')}.${page}`);
}

export function treeSection(report: Report): Section {
  const { tree, environment, task } = report;
  const { node, platform, arch } = environment;
  const rows = [
    ['task', `${code(task.file)}, SHA-256 ${code(task.sha256)}`],
    ['environment', `Node ${node}, ${platform}, ${arch}`],
    ...(tree === null
      ? []
      : [
          ['commit', tree.commit === null ? 'none yet' : code(tree.commit)],
          ['tree', `${tree.files} files, SHA-256 ${code(tree.sha256)}`],
          [
            'difference',
            tree.difference === null
              ? 'none: the tree is its commit'
              : `${tree.difference.changed} changed, ${tree.difference.untracked} not tracked: ` +
                `[recorded](${tree.difference.file})`,
          ],
        ]),
  ];
  return section('What was verified', tableOf(['', ''], rows));
}

/** The other files of the archive, a line a folder. */
export function evidenceSection(names: readonly string[]): Section {
  const folders = new Map<string, string[]>();
  for (const name of [...names].sort()) {
    const [, folder = '', file = ''] = /^(?:(.*)\/)?([^/]+)$/.exec(name) ?? [];
    const link = `[${escaped(file)}](${encodeURI(name)})`;
    folders.set(folder, [...(folders.get(folder) ?? []), link]);
  }
  const lines = [...folders].map(([folder, links]) => {
    return `- ${folder === '' ? '' : `${escaped(folder)}: `}${links.join(', ')}`;
  });
  return lines.length === 0 ? [] : section('Evidence', lines);
}

export function timesSection({ times }: Report): Section {
  const stages = Object.entries(times.stages).map(([stage, { tookMs, waits }]) => [
    stage.toUpperCase(),
    duration(tookMs * US_PER_MS),
    String(waits),
  ]);
  const measured = times.measured.map(({ what, value }) => `- ${escaped(what)}: ${escaped(value)}`);
  return section(
    'Times of this run',
    'These, and only these, differ when the same tree is verified again.',
    '',
    `From ${times.startedAt} to ${times.endedAt}.`,
    '',
    tableOf(['stage', 'took>', 'waits>'], stages),
    measured.length === 0 ? [] : ['', ...measured],
  );
}
