import { expect, test } from 'vitest';
import { EXAMPLE_PATTERNS } from '../workers/log-patterns.ts';
import type { FollowDoor } from '../workers/log-follower.ts';
import { type Look, pickedText } from '../workers/log-origin.ts';
import { LogInput, type ReadCause } from './log-input.svelte.ts';

/** A page that is never hidden, and whose clock the test leaves alone. */
const door: FollowDoor = {
  later: () => () => undefined,
  nowMs: () => 0,
  isHidden: () => false,
  onSight: () => () => undefined,
};

function bench() {
  const opened: { text: string; patterns: number; cause: ReadCause }[] = [];
  const input = new LogInput(
    async (file, patterns, cause) => {
      opened.push({ text: await file.text(), patterns: patterns.length, cause });
      return true;
    },
    null,
    door,
  );
  let look: Look = { kind: 'file', file: new File(['two'], 'a.log') };
  const origin = { name: 'a.log', canChange: true, look: () => Promise.resolve(look) };
  const picked = { file: new File(['one'], 'a.log'), origin };
  const show = (next: Look): void => {
    look = next;
  };
  return { input, opened, picked, show };
}

test('a log is read when it is taken, and again as it is then', async () => {
  const { input, opened, picked } = bench();
  await input.take(picked);
  await input.reload();
  expect(opened).toEqual([
    { text: 'one', patterns: 0, cause: 'opened' },
    { text: 'two', patterns: 0, cause: 'again' },
  ]);
  expect(input.log?.file).not.toBe(picked.file);
});

test('a log that cannot be looked at again keeps what was judged and says why', async () => {
  const { input, opened, picked, show } = bench();
  await input.take(picked);
  show({ kind: 'stale' });
  await input.reload();
  expect([opened.length, input.trouble]).toEqual([1, 'stale']);
  expect(input.log).toEqual(picked);
});

test('patterns are used for the present log and for the next', async () => {
  const { input, opened, picked } = bench();
  await input.take(picked);
  await input.choosePatterns(EXAMPLE_PATTERNS);
  await input.take(pickedText(new File(['three'], 'b.log')));
  expect(opened.map(({ text, patterns }) => [text, patterns])).toEqual([
    ['one', 0],
    ['one', 2],
    ['three', 2],
  ]);
});

test('following ends when another log is taken, or none', async () => {
  const { input, picked } = bench();
  await input.take(picked);
  input.setFollowing(true);
  await input.take(picked);
  expect(input.follow).toEqual({ kind: 'off' });
  input.setFollowing(true);
  input.leave();
  expect([input.follow, input.log]).toEqual([{ kind: 'off' }, undefined]);
  input.setFollowing(true);
  expect(input.follow).toEqual({ kind: 'off' });
});
