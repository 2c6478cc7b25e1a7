/**
 * Reads the documents of `lab explore --shard i/n --json` and puts them together.
 *
 * Refused is whatever is not of one search, shard by shard; a shard that is missing is no mistake,
 * but leaves the search incomplete. Known limit: a document is trusted to be one that the lab
 * wrote; its form is checked, its counts are not.
 */
import * as v from 'valibot';
import { type Harvest, merge, type Mismatch, mismatch, parseScenario } from '../../sim/index.ts';
import { readTextFile } from '../input/file.ts';
import type { NamedScenario } from '../input/scenario.ts';
import { type Outcome, refuse } from '../shell/outcome.ts';
import type { ExploreBounds } from './job.ts';
import { SHARD_FORMAT } from './shard-document.ts';

/** Documents of shards, put together. */
export interface Merged {
  readonly named: NamedScenario;
  readonly bounds: ExploreBounds;
  readonly harvest: Harvest;
  /** How long the searches took, all together. */
  readonly searchMs: number;
  /** The words that ask for the same search on one machine. */
  readonly words: readonly string[];
}

const BYTES_MAX = 33_554_432;

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const shardSchema = v.object({
  format: v.literal(SHARD_FORMAT),
  name: v.string(),
  source: v.string(),
  shows: v.nullable(v.string()),
  scenario: v.unknown(),
  bounds: v.object({ earlyDeadlines: v.boolean() }),
  searchMs: v.number(),
  words: v.array(v.string()),
  harvest: v.looseObject({
    heading: v.looseObject({ settings: v.looseObject({ wanted: v.array(v.string()) }) }),
    shards: v.object({ count: whole, done: v.array(whole) }),
    partCount: whole,
    parts: v.array(v.looseObject({ part: whole, stop: v.string(), executions: whole })),
  }),
});
type ShardDocument = v.InferOutput<typeof shardSchema>;

/** The shards in these files as one search. */
export async function readShards(paths: readonly string[]): Promise<Outcome<Merged>> {
  let merged: Merged | undefined;
  for (const path of paths) {
    const read = await readShard(path);
    if (read.kind === 'error') return read;
    const together = merged === undefined ? read : join(merged, read.value, path);
    if (together.kind === 'error') return together;
    merged = together.value;
  }
  return merged === undefined
    ? refuse('usage', 'expected files to merge: the documents of lab explore --shard i/n --json')
    : { kind: 'ok', value: merged };
}

async function readShard(path: string): Promise<Outcome<Merged>> {
  const text = await readTextFile(path, BYTES_MAX);
  if (text.kind === 'error') return text;
  const document = v.safeParse(v.object({ shard: shardSchema }), parsed(text.value));
  if (!document.success) {
    const [issue] = document.issues;
    const where = v.getDotPath(issue) ?? 'the document';
    return refuse(
      'not-a-shard',
      `expected ${path} to be what lab explore --shard i/n --json printed in this version, ` +
        `got something else at ${where}: ${issue.message}`,
    );
  }
  return mergedOf(document.output.shard, path);
}

function mergedOf(shard: ShardDocument, path: string): Outcome<Merged> {
  const scenario = parseScenario(shard.scenario);
  if (scenario.kind === 'error') {
    return refuse(scenario.error.code, `${path}: ${scenario.error.message}`);
  }
  const { name, source, shows, bounds, searchMs, words } = shard;
  return {
    kind: 'ok',
    value: {
      named: {
        name,
        source,
        shows: shows ?? undefined,
        scenario: scenario.value,
        digest: undefined,
        schedule: undefined,
      },
      bounds,
      // Only its frame was checked: what is in it is ours.
      harvest: shard.harvest as unknown as Harvest,
      searchMs,
      words,
    },
  };
}

function join(one: Merged, other: Merged, path: string): Outcome<Merged> {
  const isSame =
    JSON.stringify([one.named.scenario, one.bounds]) ===
    JSON.stringify([other.named.scenario, other.bounds]);
  const why = isSame ? mismatch(one.harvest, other.harvest) : 'search';
  if (why !== undefined) return refuse('shards-differ', sentence(why, one, other, path));
  const harvest = merge(one.harvest, other.harvest);
  return { kind: 'ok', value: { ...one, harvest, searchMs: one.searchMs + other.searchMs } };
}

function sentence(why: Mismatch, one: Merged, other: Merged, path: string): string {
  const lead = 'expected shards of one search, each once; ';
  const { count, done } = other.harvest.shards;
  switch (why) {
    case 'search':
      return (
        `${lead}${path} is of another: ${searchOf(other)}, where the files before it are of ` +
        `${searchOf(one)}; leave it out, or do it again with the same words`
      );
    case 'count':
      return (
        `${lead}${path} is of ${count} shards, where the files before it are of ` +
        `${one.harvest.shards.count}; leave it out`
      );
    case 'repeated':
      return `${lead}${path} is shard ${(done[0] ?? 0) + 1}/${count}, which was there before`;
  }
}

function searchOf({ named, words }: Merged): string {
  return [named.source, ...words].join(' ');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
