/**
 * Log events judged a second: bytes of a log in, verdict out, every check that a log can bear.
 *
 * The log is the one that a run of ours writes, in chunks as a file is read; making it is not
 * measured. Beside it stands a loop that only looks for the ends of lines, which no reader can
 * pass.
 */
import { Buffer } from 'node:buffer';
import { LogCheck, LogWriter, Run } from '../sim/index.ts';
import { atLeast, type Claim, type Measurement } from './claim.ts';
import { secondsOf } from './stopwatch.ts';
import { ticksOfTheDay } from './workload.ts';

const TICKS = 300_000;
const CHUNK_BYTES = 262_144;
const LINE_END = 10;

/** A log of a run without defects, cut where a file's reader would cut it. */
function makeLog(): readonly Uint8Array[] {
  const scenario = ticksOfTheDay(TICKS);
  const pieces: Buffer[] = [];
  const writer = new LogWriter(
    {
      symbolNames: scenario.symbols.map((symbol) => symbol.name),
      taskNames: [],
      epochMs: scenario.epochMs,
      seed: scenario.seed,
    },
    (text) => pieces.push(Buffer.from(text)),
  );
  const run = new Run(scenario, { keepTrace: false, readers: [writer.read] });
  while (run.advance(100_000));
  run.result();
  writer.finish();
  const whole = Buffer.concat(pieces);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < whole.length; at += CHUNK_BYTES) {
    chunks.push(whole.subarray(at, at + CHUNK_BYTES));
  }
  return chunks;
}

async function judged(): Promise<Measurement> {
  const chunks = makeLog();
  judge(chunks.slice(0, chunks.length >> 3));
  let events = 0;
  let bytes = 0;
  let lines = 0;
  const seconds = await secondsOf(() => {
    ({ events, bytes, lines } = judge(chunks));
  });
  const perSecond = { 'MB/s': bytes / 1e6 / seconds, 'lines/s': lines / seconds };
  return { value: events / seconds, detail: { ...perSecond, events } };
}

function judge(chunks: readonly Uint8Array[]): { events: number; bytes: number; lines: number } {
  const check = new LogCheck();
  for (const chunk of chunks) check.push(chunk);
  const result = check.finish(false);
  if (result.checks.some((one) => one.id === 'lock.exclusion' && one.examined === 0)) {
    throw new Error('expected a log whose holds were examined');
  }
  return result;
}

/** As many events a second as there would be if a line were all that has to be found. */
async function scanned(): Promise<Measurement> {
  const chunks = makeLog();
  const { events } = judge(chunks);
  let lines = 0;
  const seconds = await secondsOf(() => {
    for (const chunk of chunks) {
      for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, at + 1)) {
        lines += 1;
      }
    }
  });
  return { value: events / seconds, detail: { 'lines/s': lines / seconds } };
}

export const claim: Claim = {
  name: 'check-log',
  says: 'A log of any engine is judged at more than a million events a second.',
  unit: 'events/s',
  better: 'more',
  goal: atLeast('interlock, all checks', 1_000_000, 'at least 1,000,000 events a second'),
  rounds: 5,
  subjects: [
    { name: 'interlock, all checks', role: 'ours', measure: judged },
    { name: 'line ends alone', role: 'limit', measure: scanned },
  ],
};
