import { World } from '../sim/run/world.ts';
import { Recorder } from '../sim/trace/recorder.ts';
import { TraceDigest } from '../sim/trace/digest.ts';
import { eventName } from '../sim/trace/event.ts';
import { eventsOf } from '../sim/trace/segment.ts';
import { fifoOracle } from '../sim/kernel/oracle.ts';
import { GALLERY } from '../sim/scenario/gallery/index.ts';
const only = process.argv[2];
for (const e of GALLERY) {
  if (only && e.name !== only) continue;
  if (!only && e.long) continue;
  const d = new TraceDigest();
  const rec = new Recorder({ keep: !e.long, readers: [d.read] });
  const t = process.hrtime.bigint();
  const w = new World(e.scenario, rec, fifoOracle, 'virtual');
  while (w.kernel.run(100000));
  w.finish();
  rec.finish();
  const ms = Number(process.hrtime.bigint() - t) / 1e6;
  const n: Record<string, number> = {};
  for (const ev of eventsOf(rec.segments)) n[eventName(ev.kind)] = (n[eventName(ev.kind)] ?? 0) + 1;
  console.log(
    e.name,
    'end',
    w.kernel.end,
    'steps',
    w.kernel.steps,
    'ev',
    rec.size,
    't',
    rec.nowUs / 1e6,
    's',
    ms.toFixed(0),
    'ms',
    d.hex().slice(0, 8),
    JSON.stringify(n),
  );
}
