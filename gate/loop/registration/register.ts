/** REGISTRATION: the summary becomes a Notion page, if the environment says where. */
import { baseUrlOf } from '../reviewers/transport.ts';
import type { LoopContext } from '../run/context.ts';
import { CANCELLED, died, notRun, passed, type StageEnd } from '../run/stage.ts';
import { waitOrDie } from '../time/wait-or-die.ts';
import { deadlineOf } from '../run/context.ts';
import type { Summary } from './notion.ts';

const ADDRESS = 'https://api.notion.com';
const PARENT = /^[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$/;

/** Registers the summary; without a token it is not configured, which fails nothing. */
export async function register(context: LoopContext, summary: Summary): Promise<StageEnd> {
  const { env, guard, facts, clock, chance, backOff, signal } = context;
  const wanted = context.found.task.stages.registration;
  const token = guard.key('NOTION_TOKEN');
  const parent = env['NOTION_PARENT_ID']?.trim() ?? '';
  const is = (kind: 'not-configured' | 'failed' | 'not-run'): void => {
    facts.registration = { kind, id: null, url: null };
  };
  is('not-configured');
  if (token === undefined || parent === '') {
    const missing = token === undefined ? 'NOTION_TOKEN' : 'NOTION_PARENT_ID';
    return notRun(`not configured, ${missing} is not set`);
  }
  is('failed');
  if (!PARENT.test(parent)) return died('expected NOTION_PARENT_ID to be the id of a page');
  const address = baseUrlOf('NOTION_BASE_URL', env['NOTION_BASE_URL']);
  if (address.kind === 'error') return died(address.error.message);
  const registrar = { token, parent, address: address.value ?? ADDRESS };
  const { registerOnce } = await import('./notion.ts');
  const waited = await waitOrDie({
    ...{ clock, chance, backOff, signal },
    deadlineMs: deadlineOf(context, wanted?.deadlineSeconds ?? 0),
    // A second request after an answer that did not come might make a second page.
    attemptMs: Infinity,
    attempt: (attemptSignal) => registerOnce(registrar, summary, attemptSignal, guard.foreign),
    onWait: (notice) =>
      context.onWait('registration', { ...notice, reason: guard.foreign(notice.reason) }),
  });
  if (waited.kind === 'cancelled') {
    is('not-run');
    return CANCELLED;
  }
  if (waited.kind === 'died') return died(waited.reason);
  const { id, url } = waited.value;
  facts.registration = {
    kind: 'registered',
    id: guard.foreign(id),
    url: url === null ? null : guard.foreign(url),
  };
  return passed(`page ${id}`);
}
