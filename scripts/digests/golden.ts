/** Writes the golden digests anew, as Node computes them: `npm run golden`, on purpose only. */
import { bundle } from './bundle.ts';
import { node, runIn } from './engines.ts';
import { differences, readGolden, writeGolden } from './golden-file.ts';

const lines = [
  ...runIn(node(), await bundle('digests-entry')),
  ...runIn(node(), await bundle('digests-long-entry')),
];
const changes = describeChanges();
writeGolden(lines);
for (const change of changes) process.stdout.write(`${change}\n`);
process.stdout.write(`${lines.length} digests, ${changes.length} changed\n`);

function describeChanges(): readonly string[] {
  try {
    return differences('Node', readGolden(), [], lines);
  } catch {
    return ['there were no golden digests'];
  }
}
