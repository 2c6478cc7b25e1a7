/**
 * A thread that loads a lock of its own and does one part of the search through it after the other.
 *
 * What is wrong with the lock is said in place of a result. Whoever started the thread bounds its
 * time and memory: the code of the lock may do anything.
 */
import { workerData } from 'piscina';
import {
  type AsyncScope,
  Campaign,
  type PartResult,
  type SearchSettings,
} from '../../sim/index.ts';
import { SubjectProblem } from '../../subjects/problem.ts';
import { type PartOrder, searchPartOf, Shared } from '../explore/part-worker.ts';
import type { PartProblem } from '../explore/pool.ts';
import type { Outcome } from '../shell/outcome.ts';
import type { SubjectSource } from './source.ts';
import { guarded, guardedLater, type LoadedSubject, loadSubject } from './subject-file.ts';

/** All that a thread needs to know, as data. */
export interface SubjectParts {
  readonly source: Pick<SubjectSource, 'path' | 'name' | 'link'>;
  readonly scope: AsyncScope;
  readonly settings: SearchSettings;
  /** Of the code that the parts are of. */
  readonly fingerprint: string;
}

const { source, scope, settings, fingerprint } = workerData as SubjectParts;
let loading: Promise<Outcome<Loaded>> | undefined;

type Loaded = Pick<LoadedSubject, 'settle'> & { readonly campaign: Campaign };

/** Loads the lock. */
export async function begin(): Promise<void> {
  await (loading ??= load());
}

/** What comes of a part, or what keeps the lock's code from it. */
export async function searchPart(order: PartOrder): Promise<PartResult | PartProblem> {
  const outcome = await searched(order);
  if (outcome.kind === 'ok') return outcome.value;
  const { code, message } = outcome.error;
  return { problem: { code, message } };
}

async function searched(order: PartOrder): Promise<Outcome<PartResult>> {
  loading ??= load();
  const loaded = await loading;
  if (loaded.kind === 'error') return loaded;
  const { campaign, settle } = loaded.value;
  // From here on it is at work.
  Atomics.add(order.shared, Shared.beat, 1);
  return guardedLater(source.path, async () => {
    const result = await searchPartOf(campaign, order);
    settle();
    return result;
  });
}

async function load(): Promise<Outcome<Loaded>> {
  const loaded = await loadSubject(source, scope);
  if (loaded.kind === 'error') return loaded;
  const { target, settle } = loaded.value;
  return guarded(source.path, () => {
    if (loaded.value.fingerprint !== fingerprint) throw changed(source.path);
    const campaign = new Campaign(target.subject, settings);
    // Worked out here, where it may take as long as it does to begin.
    void campaign.parts;
    return { campaign, settle };
  });
}

function changed(path: string): SubjectProblem {
  return new SubjectProblem(
    'subject-changed',
    `expected ${path} to stay as it is while it is explored, got other code: explore it again`,
  );
}
