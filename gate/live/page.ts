/**
 * A live run as a page of text: that of a run, labelled for what it is, with the intervals
 * achieved.
 */
import { acceptanceTable, formatCents } from '../../sim/index.ts';
import { acceptanceLines } from '../render/acceptance.ts';
import { checkLines, checkTally } from '../render/checks.ts';
import { count, duration, msColumn, plural } from '../render/figures.ts';
import { lockLines } from '../render/lock.ts';
import { moneyLines } from '../render/money.ts';
import { expectedEntry, reservationLines, sceneLines } from '../render/scene.ts';
import { named, section } from '../render/section.ts';
import { glyph, paint, type Style } from '../render/style.ts';
import { type Column, table } from '../render/table.ts';
import { plain, wrap } from '../render/text.ts';
import { splitLines, verdictLines } from '../render/verdict.ts';
import type { LiveReport } from './report.ts';

/** The whole page. */
export function liveLines(style: Style, report: LiveReport): string[] {
  const { result } = report;
  const symbolNames = result.scenario.symbols.map((symbol) => symbol.name);
  const names = { symbolNames, axis: 'time', taskNames: result.taskNames } as const;
  const judged = { ...report, checks: result.checks, lock: result.lock, source: 'live' } as const;
  const exclusion = result.checks.find((check) => check.id === 'lock.exclusion');
  return [
    ...header(style, report),
    '',
    ...verdictLines(style, judged),
    ...(exclusion?.verdict === 'violated' ? splitLines(style, result.lock, report.verdict) : []),
    ...reservationLines(style, report),
    ...section(style, 'Acceptance', '', acceptanceLines(style, acceptanceTable(result))),
    ...section(style, 'Checks', checkTally(result.checks), checkLines(style, result.checks)),
    ...sceneLines(style, report.scene, names),
    ...section(style, 'Intervals', 'ms, as achieved', intervalLines(style, report)),
    ...section(style, 'Lock', '', lockLines(style, result.lock, result.elapsedUs)),
    ...section(
      style,
      'Money',
      'difference = ledger - aggregator',
      moneyLines(style, result.pnl, 'event'),
    ),
    '',
    ...named(style, footer(style, report)),
  ];
}

function header(style: Style, report: LiveReport): string[] {
  const { scenario } = report.result;
  const dot = paint(style, 'faint', ` ${glyph(style, 'dot')} `);
  const name = paint(style, 'heading', plain(report.name));
  const head = ['Interlock', name, `seed ${scenario.seed}`, 'live'].join(dot);
  const gateway = report.gateway === 'reference' ? 'the reference gateway' : 'your gateway';
  const prose = [
    scenario.title,
    report.bridge
      ? `Recorded in real time through the bridge at ${report.endpoint}, over ${gateway}, and checked; not replayable.`
      : `Recorded in real time over ${gateway} at ${report.endpoint}, and checked; not replayable.`,
    ...(report.trades ? [] : [`No orders were sent: ${report.why.join(', ')}.`]),
    ...resumedLines(report),
  ];
  return [
    head,
    ...prose.filter((text) => text !== '').flatMap((text) => wrap(plain(text), style.columns)),
  ];
}

function resumedLines({ resumed }: LiveReport): string[] {
  if (resumed === undefined) return [];
  const { openOrders, executions, realisedCents, droppedBytes } = resumed;
  const open =
    openOrders.length === 0
      ? 'no order was open'
      : `the outcome of an order of ${openOrders.join(', ')} was asked for first`;
  const cut =
    droppedBytes === 0 ? '' : ` The last ${droppedBytes} bytes were cut short by a crash.`;
  const earlier = `${plural(executions, 'execution')} realised ${formatCents(realisedCents)}`;
  return [`Goes on from an earlier run: ${earlier}, ${open}.${cut}`];
}

const COLUMNS: readonly Column[] = [
  { head: '', align: 'left' },
  { head: 'asked', align: 'left' },
  { head: 'samples', align: 'right' },
  { head: 'p50', align: 'decimal' },
  { head: 'p95', align: 'decimal' },
  { head: 'max', align: 'decimal' },
];

function intervalLines(style: Style, { intervals }: LiveReport): string[] {
  const rows = intervals
    .filter(({ achieved }) => achieved.samples > 0)
    .map(({ name, asked, achieved }) => [
      name,
      `${asked[0] / 1_000}-${asked[1] / 1_000}`,
      count(achieved.samples),
      ...[achieved.p50, achieved.p95, achieved.max].map(msColumn),
    ]);
  return rows.length === 0 ? [] : table(style, COLUMNS, rows);
}

function footer(style: Style, report: LiveReport): [string, string][] {
  const { result, ticks, unreadable, files } = report;
  const size = `${count(result.ticks)} signals, ${count(result.events)} events`;
  const heard = ticks && `${count(ticks.received)} heard, ${count(ticks.missed)} missed`;
  return [
    ['Digest', `${result.digest}  of this recording`],
    ['Open', report.url],
    ['Again', report.again],
    ...(files === undefined
      ? []
      : [['Wrote', `${files.names.join(', ')} in ${plain(files.directory)}`] as [string, string]]),
    ...(heard === undefined ? [] : [['Ticks', heard] as [string, string]]),
    ...(unreadable.count === 0
      ? []
      : [
          ['Replies', `${count(unreadable.count)} unreadable: ${unreadable.first ?? ''}`] as [
            string,
            string,
          ],
        ]),
    ['Size', `${size}, ${duration(result.elapsedUs)}`],
    ...expectedEntry(style, report.expected),
  ];
}
