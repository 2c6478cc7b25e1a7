/** The page's short help, in English. */
import type { TimelineCommand } from '../timeline/index.ts';

/** What the help says; `keys` pairs the caps of the page's own keys with what they do. */
export interface HelpText {
  readonly title: string;
  readonly sections: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
  readonly keysTitle: string;
  readonly keys: readonly (readonly [keys: readonly string[], does: string])[];
  /** What each key of the timeline does, by command. */
  readonly timelineKeys: Readonly<Record<TimelineCommand, string>>;
}

export const HELP: HelpText = {
  title: 'Interlock in two minutes',
  sections: [
    {
      title: 'What runs here',
      paragraphs: [
        'A trading engine runs one loop a symbol. All loops share one ZeroMQ socket, and an async ' +
          'lock lets one of them in at a time. Engine, lock, socket and gateway run in a worker of ' +
          'this tab, on a virtual clock: the same scenario and seed give the same run, to the last ' +
          'byte, in every browser. The digest says so.',
        'Pick a scenario of the gallery, change anything of it under Scenario, and press Run. ' +
          'Repair lock runs the same seed with the one faulty part exchanged.',
      ],
    },
    {
      title: 'What is judged',
      paragraphs: [
        'Twenty-two checks read the trace and nothing else. A verdict is passed, violated or ' +
          'inconclusive: what was not seen is never called passed, and a passed run is not a proof.',
        'Counting acquires against releases cannot show exclusion. The holders strip can: it shows ' +
          'how many were inside at once, and everything above one is a violation.',
        'PnL is exact. Ledger and aggregator have to be equal to the last digit; if they part, the ' +
          'first event where they do is named, and every missing fill with it.',
      ],
    },
    {
      title: 'In real time',
      paragraphs: [
        'Real time runs the scenario against the clock on the wall: one worker a symbol, one for the ' +
          'lock, one for what they share. The lock may be the scenario\u2019s, navigator.locks, or one at ' +
          'the bridge before a real ZeroMQ socket. Such a run is recorded and checked, not replayable; ' +
          'what nobody can know of it is hatched.',
        'Connect looks for the bridge that serves this page. It asks for the code that the bridge ' +
          'prints. Orders leave only after you have armed them by typing the endpoint; until you ' +
          'disarm, the edge of the page is amber.',
      ],
    },
    {
      title: 'Your own log',
      paragraphs: [
        'Drop a log of your own engine anywhere on the page. It is read in a worker and never ' +
          'leaves this device. Lines with ZMQ_LOCK_ACQUIRE and ZMQ_LOCK_RELEASE are enough; other ' +
          'forms can be described by a pattern.',
      ],
    },
    {
      title: 'Sharing',
      paragraphs: [
        'A link holds the scenario, the event in sight and the digest that the run must have. ' +
          'Whoever opens it runs it again and sees whether the digest matches.',
      ],
    },
  ],
  keysTitle: 'Keys',
  keys: [
    [['Ctrl', 'K'], 'Command palette: scenarios, checks, commands'],
    [['Ctrl', 'Enter'], 'Run'],
    [['Ctrl', 'Shift', 'Enter'], 'Run in real time'],
    [['Ctrl', '.'], 'Stop, and judge what there is'],
    [['J', 'K'], 'Next and previous step of a story'],
  ],
  timelineKeys: {
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    panLeft: 'Earlier',
    panRight: 'Later',
    fit: 'Show everything',
    nextEvent: 'Next event',
    previousEvent: 'Previous event',
    firstEvent: 'First event',
    lastEvent: 'Last event',
    nextViolation: 'Next violation',
    previousViolation: 'Previous violation',
    selectFromHere: 'Select from the playhead on',
    selectToHere: 'Select up to the playhead',
    extendLeft: 'Extend the selection earlier',
    extendRight: 'Extend the selection later',
    clearSelection: 'Clear the selection',
    inspect: 'Go to the details of the event',
    search: 'Search events',
    help: 'Show all keys',
  },
};
