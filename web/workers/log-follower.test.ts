import { describe, expect, test } from 'vitest';
import { type Change, LogFollower, LOOK_EVERY_MS, type FollowState } from './log-follower.ts';
import type { Look } from './log-origin.ts';

/** Lets promises that are ready go on; reading a Blob takes turns of the event loop. */
const settle = async (): Promise<void> => {
  for (let at = 0; at < 20; at++) await new Blob(['x']).text();
};

let stamp = 0;
const fileOf = (text: string): File => new File([text], 'engine.log', { lastModified: ++stamp });

/** A page with a file that the test writes, and a clock that it turns. */
function bench(first = 'one\n') {
  const states: FollowState[] = [];
  const judged: [string, Change][] = [];
  const queue: { work: () => void; ms: number }[] = [];
  let sight: () => void = () => undefined;
  const page = {
    look: { kind: 'file', file: fileOf(first) } as Look,
    isHidden: false,
    goesOn: true,
    tookMs: 0,
    nowMs: 0,
  };
  const origin = { name: 'engine.log', canChange: true, look: () => Promise.resolve(page.look) };
  const file = page.look.kind === 'file' ? page.look.file : fileOf('');
  const follower = new LogFollower(
    { file, origin },
    {
      judge: async (given, why) => {
        judged.push([await given.text(), why]);
        page.nowMs += page.tookMs;
        return page.goesOn;
      },
      onState: (state) => states.push(state),
    },
    {
      later: (work, ms) => {
        const entry = { work, ms };
        queue.push(entry);
        return () => {
          if (queue.includes(entry)) queue.splice(queue.indexOf(entry), 1);
        };
      },
      nowMs: () => page.nowMs,
      isHidden: () => page.isHidden,
      onSight: (work) => {
        sight = work;
        return () => (sight = () => undefined);
      },
    },
  );
  /** Lets the pause pass that the follower asked for, and tells how long it was. */
  const pass = async (): Promise<number | undefined> => {
    const next = queue.shift();
    next?.work();
    await settle();
    return next?.ms;
  };
  const write = (text: string): void => {
    page.look = { kind: 'file', file: fileOf(text) };
  };
  const see = (isHidden: boolean): void => {
    page.isHidden = isHidden;
    sight();
  };
  return { follower, states, judged, queue, page, pass, write, see };
}

describe('a log that is followed', () => {
  test('is judged again when it has grown, and only then', async () => {
    const { judged, pass, write, states } = bench();
    await pass();
    await pass();
    expect(judged).toEqual([]);
    expect(states.at(-1)).toEqual({ kind: 'watching' });
    write('one\ntwo\n');
    await pass();
    expect(judged).toEqual([['one\ntwo\n', 'grown']]);
    await pass();
    expect(judged).toHaveLength(1);
  });

  test.each([
    ['shrank', 'on'],
    ['was written anew with as many bytes', 'two\n'],
    ['begins otherwise and is longer', 'another\n'],
    ['is empty', ''],
  ])('that %s is another one, and said so', async (_, text) => {
    const { judged, pass, write } = bench();
    await pass();
    write(text);
    await pass();
    expect(judged).toEqual([[text, 'replaced']]);
  });

  test('is looked at again no sooner than the last judging took', async () => {
    const { page, pass, write, queue } = bench();
    expect(await pass()).toBe(0);
    expect(queue[0]?.ms).toBe(LOOK_EVERY_MS);
    page.tookMs = 7_000;
    write('one\ntwo\n');
    await pass();
    expect(queue[0]?.ms).toBe(7_000);
  });

  test('is left alone while the page is out of sight', async () => {
    const { states, see, queue, pass, write, judged } = bench();
    await pass();
    see(true);
    expect(states.at(-1)).toEqual({ kind: 'paused' });
    expect(queue).toEqual([]);
    write('one\ntwo\n');
    see(false);
    await pass();
    expect(judged).toHaveLength(1);
  });

  test('that is missing for a while is looked for, and another one when it is back', async () => {
    const { states, page, pass, write, judged } = bench();
    await pass();
    page.look = { kind: 'gone' };
    await pass();
    expect(states.at(-1)).toEqual({ kind: 'missing' });
    write('new\n');
    await pass();
    expect(judged).toEqual([['new\n', 'replaced']]);
  });

  test.each(['stale', 'refused'] as const)('that is %s ends the following', async (kind) => {
    const { states, page, pass, queue } = bench();
    page.look = { kind };
    await pass();
    expect(states.at(-1)).toEqual({ kind: 'stopped', why: kind });
    expect(queue).toEqual([]);
  });

  test('that is no longer what the page is about ends the following', async () => {
    const { states, page, pass, write, queue } = bench();
    await pass();
    page.goesOn = false;
    write('one\ntwo\n');
    await pass();
    expect(states.at(-1)).toEqual({ kind: 'off' });
    expect(queue).toEqual([]);
  });

  test('that is given up is never heard of again', async () => {
    const { follower, states, pass, see, queue } = bench();
    await pass();
    follower.stop();
    const heard = states.length;
    see(true);
    see(false);
    await pass();
    expect([states.at(-1), states.length, queue]).toEqual([{ kind: 'off' }, heard, []]);
  });
});
