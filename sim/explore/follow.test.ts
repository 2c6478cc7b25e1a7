import { describe, expect, it } from 'vitest';
import { galleryEntry } from '../scenario/gallery/index.ts';
import { follow } from './follow.ts';
import { scenarioSubject } from './scenario-subject.ts';
import { Search } from './search.ts';
import { replay } from './replay.ts';
import { scheduleOf } from './schedule.ts';

describe('a schedule that was found without early deadlines', () => {
  it.each(['flag-race', 'lock-order-race', 'wake-up-race'] as const)(
    'is one of the wider bounds, with the same trace: %s',
    (name) => {
      const { scenario } = galleryEntry(name);
      const narrow = scenarioSubject(scenario, {}, { deadlinesMax: 0 });
      const wide = scenarioSubject(scenario);
      for (let seed = 1; seed <= 20; seed++) {
        const search = new Search(narrow, { strategy: 'random', seed, schedulesMax: 2_000 });
        while (search.advance(100));
        const [finding] = search.result().findings;
        const found = replay(narrow, scheduleOf(finding?.picks ?? []));
        if (found.kind === 'error') throw new Error(found.error.message);
        const followed = follow(narrow, found.value, wide);
        expect(followed.violated).toEqual(found.value.violated);
        expect(followed.digest).toBe(found.value.digest);
      }
    },
  );
});
