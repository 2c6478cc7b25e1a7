/** The engines that Debian packs compute the golden digests too. */
import { expect, it } from 'vitest';
import { GALLERY } from '../../sim/index.ts';
import { bundle } from './bundle.ts';
import { jsc, runIn, spiderMonkey } from './engines.ts';
import { differences, readGolden } from './golden-file.ts';

it.each([
  ['JavaScriptCore (jsc)', jsc],
  ['SpiderMonkey (js102)', spiderMonkey],
])('the golden digests are computed by %s', { timeout: 600_000 }, async (name, engine) => {
  const golden = readGolden();
  const long = GALLERY.filter((entry) => entry.long).map((entry) => entry.name);
  const short = Object.keys(golden).filter((one) => !long.includes(one));
  expect(short.length).toBeGreaterThan(10);
  const lines = runIn(engine(), await bundle('digests-entry'));
  expect(differences(name, golden, short, lines)).toEqual([]);
  const longLines = runIn(engine(), await bundle('digests-long-entry'));
  expect(differences(name, golden, long, longLines)).toEqual([]);
});
