/** A scene with everything that a drawing needs but the trace. */
import type { Scene } from '../frame.ts';
import type { TimelineIndex } from '../index-builder.ts';
import { layOut } from '../layout.ts';
import { LIGHT } from '../palette.ts';
import { newView } from '../view-state.ts';

/** The whole trace, 1,000 pixels wide, in light colours; `more` takes the place of parts of it. */
export function sceneOf(index: TimelineIndex, more: Partial<Scene> = {}): Scene {
  return {
    index,
    view: newView(index.extent()),
    layout: layOut({ width: 1_096, lanes: index.lanes.length, form: 'wide' }),
    palette: LIGHT,
    words: {
      holders: 'Holders',
      socket: 'Socket',
      queue: 'Queue',
      pnl: 'PnL',
      ledger: 'Ledger',
      aggregator: 'Aggregator',
      notRecorded: 'not recorded',
    },
    laneNames: ['BTCUSD.s', 'ETHUSD.s', 'XAUUSD.s', 'EURUSD.s'],
    ratio: 1,
    fonts: { text: 'sans-serif', figures: 'monospace' },
    hover: undefined,
    marks: [],
    ...more,
  };
}
