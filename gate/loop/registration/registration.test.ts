/** A page is made once, or it is told why not; through Notion's SDK against a local server. */
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { testFiles } from '../../testing/files.ts';
import { loopContext } from '../testing/loop-context.ts';
import {
  type Behaviour,
  hangUp,
  raw,
  redirect,
  type ScriptedServer,
  scriptedServer,
  silence,
  status,
} from '../testing/review-server.ts';
import { register } from './register.ts';

const files = testFiles();
const TOKEN = 'ntn_planted0123456789abcdef';
const PARENT = '0123456789abcdef0123456789abcdef';
const PAGE = '59833787-2cf9-4fdf-8782-e53db20768a5';

const servers: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const made = status(200, {
  object: 'page',
  id: PAGE,
  url: `https://www.notion.so/Verification-${PAGE}`,
});
const notionError = (code: number, name: string, headers = {}): Behaviour =>
  status(code, { object: 'error', status: code, code: name, message: `no: ${TOKEN}` }, headers);

async function run(
  script: readonly Behaviour[],
  env: Readonly<Record<string, string>> = { NOTION_TOKEN: TOKEN, NOTION_PARENT_ID: PARENT },
) {
  const server = await scriptedServer(script);
  servers.push(server);
  const context = loopContext({
    root: join(files.directory, String(servers.length)),
    stages: { registration: { required: false, deadlineSeconds: 1 } },
    env: { NOTION_BASE_URL: server.address, ...env },
  });
  const summary = { title: 'Verification of task 5: PASS', lines: ['one', 'x'.repeat(3_000)] };
  const end = await register(context, summary);
  expect(JSON.stringify([end, context.facts, context.waits])).not.toContain(TOKEN.slice(0, 12));
  return { end, registration: context.facts.registration, asked: server.asked };
}

describe('registration', () => {
  it('makes a page under the parent, with the summary, and keeps its id', async () => {
    const { end, registration, asked } = await run([made]);
    expect(end).toEqual({ kind: 'pass', reason: `page ${PAGE}` });
    expect(registration).toMatchObject({ kind: 'registered', id: PAGE });
    const [request] = asked;
    expect(request?.url).toBe('/v1/pages');
    expect(request?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    const body = JSON.parse(request?.body ?? '') as {
      parent: { page_id: string };
      children: { paragraph: { rich_text: { text: { content: string } }[] } }[];
    };
    expect(body.parent.page_id).toBe(PARENT);
    const lengths = body.children.map((each) => each.paragraph.rich_text[0]?.text.content.length);
    expect(lengths).toEqual([3, 2_000]);
  });

  it('is not configured without a token or without a parent, and asks nobody', async () => {
    for (const env of [{}, { NOTION_TOKEN: TOKEN }, { NOTION_PARENT_ID: PARENT }]) {
      const { end, registration, asked } = await run([made], env);
      expect(end).toMatchObject({
        kind: 'not-run',
        reason: expect.stringMatching(/is not set$/) as string,
      });
      expect([registration?.kind, asked]).toEqual(['not-configured', []]);
    }
  });

  it('waits out a rate limit, since nothing was made by then', async () => {
    const limited = notionError(429, 'rate_limited', { 'retry-after': '0' });
    const { end, asked } = await run([limited, limited, made]);
    expect([end.kind, asked.length]).toEqual(['pass', 3]);
  });

  it.each<[string, Behaviour]>([
    ['a 401', notionError(401, 'unauthorized')],
    ['a 404', notionError(404, 'object_not_found')],
    ['a 500', notionError(500, 'internal_server_error')],
    ['a 502 that is not Notion', raw('<html>', 'text/html')],
    ['an answer without a page', status(200, {})],
    ['garbage', raw('{{{', 'application/json')],
    ['silence', silence],
    ['a connection that breaks', hangUp],
    ['another address', redirect('http://127.0.0.1:9/')],
  ])('dies of %s, and never asks for a second page', async (_, behaviour) => {
    const { end, registration, asked } = await run([behaviour]);
    expect(end.kind).toBe('die');
    expect([registration?.kind, asked.length]).toEqual(['failed', 1]);
  });

  it('sends nothing to a parent that cannot be one, or an address that is not safe', async () => {
    const base = { NOTION_TOKEN: TOKEN, NOTION_PARENT_ID: PARENT };
    const wrong = [
      { ...base, NOTION_PARENT_ID: '../users' },
      { ...base, NOTION_BASE_URL: 'http://example.com' },
    ];
    for (const env of wrong) {
      const { end, asked } = await run([made], env);
      expect([end.kind, asked]).toEqual(['die', []]);
    }
  });
});
