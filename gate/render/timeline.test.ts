/** A timeline in text shows who was inside and how many at once, at any width. */
import { describe, expect, it } from 'vitest';
import { NONE } from '../../sim/index.ts';
import { HoldWindow } from '../evidence/hold-window.ts';
import { PLAIN, RICH } from '../testing/samples.ts';
import { BARGE, segmentsFrom, type Step } from '../testing/traces.ts';
import { ESC } from './style.ts';
import { timelineLines, type TimelineView } from './timeline.ts';

function view(steps: readonly Step[], axis: 'time' | 'line' = 'time'): TimelineView {
  const window = new HoldWindow(undefined);
  for (const segment of segmentsFrom(steps)) window.read(segment);
  const picture = window.picture();
  if (picture === undefined) throw new Error('expected an overlap');
  const symbolNames = ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s'];
  return { picture, symbolNames, taskNames: [], marks: [], axis };
}

describe('a timeline', () => {
  it('draws lanes, the row of holders and the place', () => {
    expect(timelineLines({ ...PLAIN, columns: 44 }, view(BARGE))).toEqual([
      '            0 ms                       16 ms',
      '  BTCUSD.s  ####################------------',
      '  ETHUSD.s  ----....################--------',
      '  XAUUSD.s  ----------------------------####',
      '  holders   111111112222222222221111    1111',
      '                    ^',
      '            # inside',
      '            . waiting',
      '            ^ evidence',
    ]);
  });

  it('does not call a hand-over in one instant an overlap', () => {
    const steps: Step[] = [
      ...BARGE,
      [20_000, 'enter', 0, 4],
      [22_000, 'exit', 0, 4],
      [22_000, 'enter', 1, 5],
      [24_000, 'exit', 1, 5],
    ];
    const [, , , , holders = ''] = timelineLines({ ...PLAIN, columns: 60 }, view(steps));
    expect(holders.trim()).toMatch(/^holders +1+2+1+ +1+ +1+$/);
  });

  it('shows an overlap that lasts no time at all', () => {
    const steps: Step[] = [
      [0, 'enter', 0, 1],
      [5_000, 'enter', 1, 2],
      [5_000, 'exit', 0, 1],
      [10_000, 'exit', 1, 2],
    ];
    const [, , , holders = ''] = timelineLines({ ...PLAIN, columns: 44 }, view(steps));
    expect(holders).toMatch(/1+21+/);
  });

  it('goes by lines where there is no time', () => {
    const still = BARGE.map(([, ...rest]): Step => [0, ...rest]);
    const [axis = ''] = timelineLines({ ...PLAIN, columns: 44 }, view(still, 'line'));
    expect(axis.trim()).toMatch(/^line 2 +line 10$/);
  });

  it('names a task that has no symbol, and counts lanes beyond its limit', () => {
    const crowd = Array.from({ length: 14 }, (_, at): Step => [at, 'enter', at, at]);
    const lines = timelineLines(PLAIN, view([...crowd, [20, 'enter', NONE, 99]]));
    expect(lines.filter((line) => line.includes('#')).length).toBe(11);
    expect(lines.join('\n')).toMatch(/and \d+ more/);
    const steps: Step[] = [
      [0, 'enter', NONE, 1],
      [5, 'enter', 0, 2],
    ];
    expect(timelineLines(PLAIN, view(steps)).join('\n')).toContain('task 7');
  });

  it('colours overlapping holds apart from lawful ones', () => {
    const [, first = ''] = timelineLines(RICH, view(BARGE));
    expect(first.replaceAll(ESC, '')).toMatch(/\[34m█+\[0m\[1;31m█+\[0m/);
  });
});
