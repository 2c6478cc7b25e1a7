/** `--shard i/n --json` on many machines, `--merge` on one: the answer that one machine gives. */
import { describe, expect, it } from 'vitest';
import { errorOf } from '../testing/documents.ts';
import { runJson, runLab } from '../testing/fake-shell.ts';
import { testFiles } from '../testing/files.ts';

const files = testFiles();

/** What differs from one machine to the next, and between one and many. */
function asOne(document: Record<string, unknown>): object {
  return { ...document, tookMs: 0 };
}

/** The files of these shards of a search, of as many as there are. */
async function shards(words: readonly string[], which: readonly number[], count: number) {
  const paths: string[] = [];
  for (const index of which) {
    const { document } = await runJson(['explore', ...words, '--shard', `${index}/${count}`]);
    const name = `${words.join('-').replace(/\W+/g, '-')}-${index}-${count}.json`;
    paths.push(files.write(name, JSON.stringify(document)));
  }
  return paths;
}

const RACE = ['lock-order-race', '--strategy', 'pct', '--schedules', '500'];
const PROOF = ['flag-race-repaired', '--strategy', 'exhaustive'];
const DRAWN = ['flag-race-repaired', '--strategy', 'random', '--schedules', '300'];
const NARROW = [...PROOF, '--no-early-deadlines'];
const RACE_NARROW = [...RACE, '--no-early-deadlines'];

describe('lab explore --merge', () => {
  it.each([
    ['a violation', RACE, 1],
    ['a violation without early deadlines', RACE_NARROW, 1],
    ['a proof', PROOF, 0],
    ['a proof without early deadlines', NARROW, 0],
    ['no proof', DRAWN, 3],
  ])('of all shards, in any order, says of %s what one machine says', async (_, words, status) => {
    const whole = await runJson(['explore', ...words]);
    expect(whole.status).toBe(status);
    const merged = await runJson(['explore', '--merge', ...(await shards(words, [3, 1, 2], 3))]);
    expect(merged.status).toBe(status);
    expect(asOne(merged.document)).toEqual(asOne(whole.document));
    expect(merged.document).not.toHaveProperty('shard');
  });

  it('prints a page with a link that replays, and the words for one machine', async () => {
    const { status, out } = await runLab([
      ...['explore', '--merge'],
      ...(await shards(RACE_NARROW, [1, 2], 2)),
    ]);
    expect(status).toBe(1);
    expect(out).toMatch(/^! Violated\. lock\.deadlock/m);
    expect(out).toMatch(
      /^Again +npm run -s lab -- explore lock-order-race .*--no-early-deadlines$/m,
    );
    const [, url = ''] = /^Replay +(\S+)$/m.exec(out) ?? [];
    expect((await runJson(['run', url])).document).toMatchObject({
      promisedDigest: { kept: true },
    });
  });

  it('says that shards are missing, and does not call it a proof', async () => {
    const { status, out } = await runLab([
      ...['explore', '--merge'],
      ...(await shards(PROOF, [1, 3], 4)),
    ]);
    expect(status).toBe(3);
    expect(out).toMatch(
      /^\? Not refuted in \d+ schedules?\. Not a proof\. Missing: 2\/4, 4\/4\.$/m,
    );
  });

  it('finds in one shard what the others miss, and is violated at once', async () => {
    const all = await shards(RACE, [1, 2, 3], 3);
    const statuses = [];
    for (const path of all) statuses.push((await runLab(['explore', '--merge', path])).status);
    expect(statuses).toContain(1);
  });

  it.each([
    ['a shard that is there twice', PROOF, [1, 1], 2, /is shard 1\/2, which was there before/],
  ] as const)('refuses %s', async (_, words, which, count, why) => {
    const { status, document } = await runJson([
      ...['explore', '--merge'],
      ...(await shards(words, which, count)),
    ]);
    expect(status).toBe(2);
    expect(errorOf(document).message).toMatch(why);
  });

  it.each([
    ['another scenario', ['lease-race', ...PROOF.slice(1)], 2, /is of another: lease-race/],
    ['another strategy', DRAWN, 2, /is of another: flag-race-repaired --strategy random/],
    ['another seed', [...PROOF, '--seed', '2'], 2, /is of another: .*--seed 2/],
    ['other bounds', NARROW, 2, /is of another: .*--no-early-deadlines/],
    ['another number of shards', PROOF, 3, /is of 3 shards, where the files before it are of 2/],
  ])('refuses a shard of %s', async (_, words, count, why) => {
    const first = await shards(PROOF, [1], 2);
    const second = await shards(words, [2], count);
    const { status, document } = await runJson(['explore', '--merge', ...first, ...second]);
    expect(status).toBe(2);
    expect(errorOf(document)).toMatchObject({ code: 'shards-differ' });
    expect(errorOf(document).message).toMatch(why);
    expect(errorOf(document).message).toMatch(/^expected shards of one search, each once; /);
  });

  it.each([
    ['what is no JSON', 'nothing'],
    ['the document of a whole search', '{"verdict": "passed"}'],
    ['a shard of another version', '{"shard": {"format": "interlock.shard.0"}}'],
  ])('refuses %s', async (_, text) => {
    const { status, document } = await runJson([
      ...['explore', '--merge'],
      files.write('other.json', text),
    ]);
    expect(status).toBe(2);
    expect(errorOf(document)).toMatchObject({ code: 'not-a-shard' });
  });

  it.each([
    [['explore', '--merge', 'none.json'], 'not-found'],
    [['explore', 'reference', '--merge', 'none.json'], 'usage'],
    [['explore', 'reference', '--queue', 'localhost'], 'usage'],
    [['explore', 'reference', '--queue', 'redis://127.0.0.1:1'], 'queue-unavailable'],
    [['explore', 'reference', '--queue', 'redis://127.0.0.1', '--shard', '1/2'], 'usage'],
    [['explore', '--library', 'async-lock', '--shard', '1/2'], 'usage'],
  ])('refuses %j', async (words, code) => {
    const { status, document } = await runJson(words);
    expect(status).toBe(code === 'queue-unavailable' ? 3 : 2);
    expect(errorOf(document).code).toBe(code);
  });
});
