/** The engines that Debian packs compute the golden digests too. */
import { expect, it } from 'vitest';
import { GALLERY } from '../../sim/index.ts';
import { bundle } from './bundle.ts';
import { jsc, runIn, spiderMonkey } from './engines.ts';
import { differences, readGolden } from './golden-file.ts';

it.each([
  ['JavaScriptCore (jsc)', jsc],
  ['SpiderMonkey (js102)', spiderMonkey],
])('the golden digests are computed by %s', { timeout: 300_000 }, async (name, engine) => {
  const golden = readGolden();
  const parts = Object.keys(golden).filter((one) => one.startsWith('part:'));
  const short = GALLERY.filter((entry) => !entry.long).map((entry) => entry.name);
  const lines = runIn(engine(), await bundle('digests-entry'));
  expect(differences(name, golden, [...parts, ...short], lines)).toEqual([]);
});
