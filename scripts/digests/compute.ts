/**
 * The digests by which engines are compared: of the gallery's runs, and of the parts beneath them.
 *
 * The parts come first, so that a difference between two engines is seen where it starts. Runs in
 * bare shells of JavaScript engines too: nothing of Node, no TextEncoder, no timers.
 */
import {
  Decimal,
  GALLERY,
  RandomStream,
  Recorder,
  runScenario,
  TraceDigest,
} from '../../sim/index.ts';

/** A scenario, or a part by a name that starts with `part:`, and 32 hex digits. */
export interface DigestLine {
  readonly scenario: string;
  readonly digest: string;
}

/** Parts, and every scenario of the gallery that does not take long. */
export function* shortDigests(): Generator<DigestLine, void, undefined> {
  yield { scenario: 'part:random', digest: digestOf(draws()) };
  yield { scenario: 'part:money', digest: digestOf(moneyTexts()) };
  yield { scenario: 'part:numbers', digest: digestOf(hardNumbers()) };
  yield* galleryDigests(false);
}

/** The scenarios of the gallery that take long. */
export function longDigests(): Generator<DigestLine, void, undefined> {
  return galleryDigests(true);
}

function* galleryDigests(long: boolean): Generator<DigestLine, void, undefined> {
  for (const entry of GALLERY) {
    if (entry.long !== long) continue;
    yield {
      scenario: entry.name,
      digest: runScenario(entry.scenario, { keepTrace: false }).digest,
    };
  }
}

function* draws(): Generator<number, void, undefined> {
  for (const seed of [0, 1, 127, 4_294_967_296, Number.MAX_SAFE_INTEGER]) {
    const stream = new RandomStream(seed, 'BTCUSD.s', 'interval');
    for (let i = 0; i < 2_000; i++) yield stream.nextU32();
    for (let i = 0; i < 2_000; i++) yield stream.between(-10_000, 20_000);
  }
}

/** Sums and roundings of decimals, letter by letter. */
function* moneyTexts(): Generator<number, void, undefined> {
  const stream = new RandomStream(127, 'money');
  let sum = new Decimal(0);
  for (let i = 0; i < 500; i++) {
    const amount = new Decimal(stream.nextU32()).div(stream.between(1, 1_000)).minus(0.1 * i);
    sum = sum.plus(amount.toDecimalPlaces(2));
    yield* codes(amount.toString());
    yield* codes(sum.toFixed(2));
  }
}

/** Numbers at which arithmetic and printing have been known to differ. */
function* hardNumbers(): Generator<number, void, undefined> {
  const stream = new RandomStream(127, 'numbers');
  for (let i = 0; i < 2_000; i++) {
    const x = stream.nextU32() / 0x1_0000_0000;
    const y = Math.sqrt(x) * stream.nextU32();
    yield x + y;
    yield Math.floor(y / (x + 0.5));
    yield* codes(String(x / (y + 1)));
  }
  for (const x of [0.1 + 0.2, 5e-324, 1.797e308, 2 / 3, 1e21, 123456789.125])
    yield* codes(String(x));
}

function* codes(text: string): Generator<number, void, undefined> {
  for (let i = 0; i < text.length; i++) yield text.charCodeAt(i);
}

/** Passes numbers through the trace's own columns and digest, one event a number. */
function digestOf(numbers: Iterable<number>): string {
  const digest = new TraceDigest();
  const recorder = new Recorder({ keep: false, readers: [digest.read] });
  let at = 0;
  for (const value of numbers) {
    recorder.nowUs += at % 977;
    recorder.stamp(1, at % 255, at % 64, at % 3, at, at * 2_654_435_761, value);
    at += 1;
  }
  recorder.finish();
  return digest.hex();
}
