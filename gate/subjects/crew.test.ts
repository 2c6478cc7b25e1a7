/** Threads find in a lock what one thread finds, and what its code does wrong ends all of them. */
import { describe, expect, it } from 'vitest';
import {
  type AsyncScope,
  Campaign,
  conclude,
  DEFAULT_SETTINGS,
  Distribution,
  type SearchResult,
  type SearchSettings,
} from '../../sim/index.ts';
import type { Watch } from '../explore/crew.ts';
import type { Outcome } from '../shell/outcome.ts';
import { testFiles } from '../testing/files.ts';
import { type Bounds, DEFAULT_BOUNDS } from './bounds.ts';
import { subjectCrew } from './crew.ts';
import { guarded, guardedLater, type LoadedSubject, loadSubject } from './subject-file.ts';

const files = testFiles();
const PATIENT: Watch = { ending: undefined, show: () => undefined };
const CORRECT = 'fixtures/subjects/correct.ts';

interface Searching {
  readonly path: string;
  readonly scope: AsyncScope;
  readonly settings: SearchSettings;
}

function searching(
  path: string,
  settings: Partial<SearchSettings>,
  scope = { clients: 3, rounds: 1 },
): Searching {
  return { path, scope, settings: { ...DEFAULT_SETTINGS, schedulesMax: 2_000, ...settings } };
}

/** A right lock, but for what it does when clients ask in some orders: `given` such an `order`. */
function lockBut(given: string): string {
  return files.write(
    'odd.ts',
    `let order = '';
     const endless = () => /^(a+)+$/.test('a'.repeat(64) + '!');
     export function createLock() {
       const waiting = [];
       let held = false;
       const release = () => {
         const next = waiting.shift();
         if (next === undefined) held = false;
         else next();
       };
       return {
         async acquire(who: string) {
           order += who.at(-1);
           ${given}
           if (held) await new Promise((admit) => waiting.push(admit));
           held = true;
           return release;
         },
       };
     }`,
  );
}

async function begun({ path, scope, settings }: Searching) {
  const source = { path, name: path, link: undefined };
  const loaded = await loadSubject(source, scope);
  if (loaded.kind === 'error') throw new Error(loaded.error.message);
  const campaign = new Campaign(loaded.value.target.subject, settings);
  const whole = { index: 0, count: 1 };
  const parts = new Distribution(campaign.heading, campaign.parts, whole);
  return { source, loaded: loaded.value, campaign, parts };
}

async function alone(search: Searching): Promise<Outcome<SearchResult>> {
  const { campaign, parts } = await begun(search);
  return guarded(search.path, () => {
    for (let part = parts.take(); part !== undefined; part = parts.take()) {
      const one = campaign.search(part);
      while (one.stop === undefined) one.advance(1_000);
      parts.add(one.result());
    }
    return conclude(parts.harvest());
  });
}

interface Together {
  readonly workers?: number;
  readonly bounds?: Bounds;
  readonly watch?: Watch;
  /** What happens between the loading here and the loading in threads. */
  readonly meanwhile?: (loaded: LoadedSubject) => void;
}

async function together(
  search: Searching,
  { workers = 2, bounds = DEFAULT_BOUNDS, watch = PATIENT, meanwhile }: Together = {},
): Promise<Outcome<SearchResult>> {
  const { source, loaded, parts } = await begun(search);
  meanwhile?.(loaded);
  const { scope, settings } = search;
  const job = { source, scope, settings, fingerprint: loaded.fingerprint };
  const crew = subjectCrew({ job, workers, bounds, note: () => undefined });
  return guardedLater(search.path, async () => {
    const { unfinished, failure } = await crew.work(parts, watch);
    expect(failure).toBeUndefined();
    return conclude(parts.harvest(unfinished));
  });
}

const codeOf = (outcome: Outcome<unknown>): string =>
  outcome.kind === 'error' ? outcome.error.code : 'none';

describe('threads that search a lock', () => {
  it.each([
    ['a violation', searching('fixtures/subjects/check-then-act.ts', { strategy: 'random' })],
    ['no proof', searching(CORRECT, { strategy: 'pct' })],
    ['a proof', searching(CORRECT, { schedulesMax: 1e6 }, { clients: 2, rounds: 2 })],
  ])('come to %s as one thread does, however many they are', async (_, search) => {
    const expected = await alone(search);
    expect(expected.kind).toBe('ok');
    for (const workers of [2, 3]) {
      expect(await together(search, { workers })).toEqual(expected);
    }
  });

  it.each([
    [4, 'subject-contract'],
    [3, 'none'],
  ])('tell, once, the problem that one thread would have met, seed %i', async (seed, code) => {
    const path = lockBut(
      "if (order === '332211') return 5; if (order === '2311') return () => undefined;",
    );
    const search = searching(path, { strategy: 'random', seed }, { clients: 3, rounds: 2 });
    const expected = await alone(search);
    expect(codeOf(expected)).toBe(code);
    for (const workers of [2, 3]) {
      expect(await together(search, { workers })).toEqual(expected);
    }
  });

  it('are all ended with one that is stuck', async () => {
    const settings = { strategy: 'random', schedulesMax: 1e9, stopAtFirst: false } as const;
    const path = lockBut("if (order === '3211') endless();");
    const search = searching(path, settings, { clients: 3, rounds: 2 });
    const outcome = await together(search, { bounds: { ...DEFAULT_BOUNDS, silentMs: 1_500 } });
    expect(codeOf(outcome)).toBe('subject-stuck');
  });

  it('search the code that was loaded first, or say that it is another now', async () => {
    const path = lockBut('');
    const outcome = await together(searching(path, { strategy: 'random' }), {
      meanwhile: () => void lockBut('await null;'),
    });
    expect(codeOf(outcome)).toBe('subject-changed');
  });

  it('end with what they have when somebody ends the search', async () => {
    let shown = 0;
    const watch: Watch = {
      get ending() {
        return shown > 0 ? ('interrupted' as const) : undefined;
      },
      show: ({ schedules }) => void (shown += Math.sign(schedules)),
    };
    const search = searching(CORRECT, { strategy: 'random', schedulesMax: 1e9 });
    const outcome = await together(search, { watch });
    expect(outcome).toMatchObject({ value: { conclusion: 'not-refuted', stop: 'cancelled' } });
    expect(outcome.kind === 'ok' ? outcome.value.schedules : 0).toBeGreaterThan(0);
  });
});
