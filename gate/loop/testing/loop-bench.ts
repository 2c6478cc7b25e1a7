/**
 * The whole loop on a small project, for tests: real git, real child processes, real SDKs against
 * local servers. What tests of it share: the task, the services, and what must always hold.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { PLAIN } from '../../testing/samples.ts';
import { testFiles } from '../../testing/files.ts';
import { systemDisk } from '../report/disk.ts';
import type { Report } from '../report/schema.ts';
import { verifyArchive } from '../report/verify.ts';
import { finalLine, stageLine, waitLine } from '../run/lines.ts';
import { type LoopResult, type LoopSetting, runLoop } from '../run/loop.ts';
import { findTask } from '../task/find.ts';
import { systemClock } from '../time/clock.ts';
import { type FakeProject, fakeProject, realRuns, type RealRuns } from './fake-project.ts';
import { type Behaviour, type ScriptedServer, scriptedServer, status } from './review-server.ts';
import { CLAUDE, GEMINI, verdict } from './wire-formats.ts';

/** A key that must turn up nowhere. */
export const KEY = 'sk-planted-0123456789-abcdef';
export const PAGE = '59833787-2cf9-4fdf-8782-e53db20768a5';
const PARENT = '0123456789abcdef0123456789abcdef';

/** A task that asks for every stage. */
export const TASK = `format: 1
task: 5
title: A test
stages:
  preflight: { deadlineSeconds: 20, tree: recorded }
  build: { deadlineSeconds: 20 }
  stress:
    deadlineSeconds: 20
    log: reference
    scenarios:
      - scenario: reference
        expect: passed
        thresholds: { symbolsMin: 3, intervalMsBelow: 50, pairsMin: 150, tradesPerSecondAbove: 50 }
      - { scenario: escaping-lock, expect: 'violated:lock.exclusion' }
  explore:
    deadlineSeconds: 20
    searches:
      - { scenario: reference, strategy: exhaustive, schedules: 1000, want: proved }
      - scenario: escaping-lock
        strategy: random
        schedules: 1000
        want: refuted
        check: lock.exclusion
  browser: { deadlineSeconds: 4, proofs: [digest], scenarios: [reference] }
  live: { deadlineSeconds: 2, scenario: reference }
  logic-review:
    required: true
    deadlineSeconds: 5
    attemptSeconds: 5
    model: claude-asked
    files: [src/**]
  context-review:
    required: true
    deadlineSeconds: 5
    attemptSeconds: 5
    model: gemini-asked
    files: [README.md]
  registration: { required: false, deadlineSeconds: 5 }
`;

export interface Services {
  readonly logic?: Behaviour;
  readonly context?: Behaviour;
  readonly notion?: Behaviour;
}

export interface Told {
  readonly result: LoopResult;
  readonly lines: readonly string[];
}

export interface LoopBench {
  readonly files: ReturnType<typeof testFiles>;
  /** The project of the test that runs. */
  project(): FakeProject;
  archive(): string;
  /** The environment in which all three services answer, well unless said otherwise. */
  environment(services?: Services): Promise<Record<string, string>>;
  loop(env: Readonly<Record<string, string>>, more?: Partial<LoopSetting>): Promise<Told>;
  /** Nothing written or told holds a key, or says that the gate passed if it did not. */
  expectHonest(told: Told): Promise<void>;
}

/** Sets up a project a test; call once, at the top of a test file. */
export function loopBench(): LoopBench {
  const files = testFiles();
  const servers: ScriptedServer[] = [];
  let runs: RealRuns;
  let projects = 0;
  let project: FakeProject;
  beforeAll(async () => {
    runs = await realRuns(join(files.directory, 'real'));
  });
  beforeEach(() => {
    project = fakeProject(join(files.directory, `project-${projects++}`), runs);
    project.write('docs/tasks/5.yaml', TASK);
    project.commit();
    project.script(project.good);
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
  });
  const archive = (): string => join(project.root, 'docs/archive/tasks/TASK_5');
  return {
    files,
    project: () => project,
    archive,
    environment: async (services = {}) => {
      const made = await startServices(services);
      servers.push(...made);
      return environmentOf(made, files.directory);
    },
    loop: (env, more = {}) => tellLoop(project, env, more),
    expectHonest: (told) => expectHonest(archive(), told),
  };
}

type Three = readonly [ScriptedServer, ScriptedServer, ScriptedServer];

function startServices(services: Services): Promise<Three> {
  const page = status(200, { object: 'page', id: PAGE, url: `https://notion.so/${PAGE}` });
  return Promise.all([
    scriptedServer([services.logic ?? verdict(CLAUDE)]),
    scriptedServer([services.context ?? verdict(GEMINI)]),
    scriptedServer([services.notion ?? page]),
  ]);
}

function environmentOf([logic, context, notion]: Three, home: string): Record<string, string> {
  return {
    ...{ PATH: process.env['PATH'] ?? '', HOME: home },
    ...{ ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: logic.address },
    ...{ GEMINI_API_KEY: `${KEY}-two`, GOOGLE_GEMINI_BASE_URL: context.address },
    ...{ NOTION_TOKEN: `${KEY}-three`, NOTION_BASE_URL: notion.address, NOTION_PARENT_ID: PARENT },
  };
}

async function tellLoop(
  project: FakeProject,
  env: Readonly<Record<string, string>>,
  more: Partial<LoopSetting>,
): Promise<Told> {
  const { root } = project;
  const found = await findTask('5', root);
  if (found.kind === 'error') throw new Error(found.error.message);
  const lines: string[] = [];
  const result = await runLoop({
    ...{ root, env, found: found.value, tools: project.tools, clock: systemClock },
    reviews: { without: false, recorded: new Map() },
    chance: () => 0.5,
    backOff: { firstMs: 20, mostMs: 200 },
    today: () => new Date('2026-01-18T15:10:41.123Z'),
    disk: systemDisk,
    signal: new AbortController().signal,
    listener: {
      begin: () => {},
      wait: (stage, notice) => lines.push(waitLine(PLAIN, stage, notice)),
      end: (stage, end) => lines.push(stageLine(PLAIN, stage, end)),
    },
    ...more,
  });
  lines.push(finalLine(PLAIN, result.outcome));
  return { result, lines };
}

/** The report of a run that came to its end. */
export function reportOf({ result }: Told): Report {
  if (result.kind !== 'finished') throw new Error('expected a run that finished');
  return result.report;
}

async function expectHonest(archive: string, told: Told): Promise<void> {
  const texts = readdirSync(archive, { recursive: true, encoding: 'utf8' })
    .map((name) => join(archive, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'));
  const all = [...texts, ...told.lines, JSON.stringify(told.result)];
  for (const text of all) expect(text.includes(KEY.slice(0, 12))).toBe(false);
  const isPass = told.result.outcome.kind === 'PASS';
  const says = all.some((text) => text.includes('[UnifiedGate] PASS'));
  expect(says).toBe(isPass);
  expect(await verifyArchive(archive)).toMatchObject({ kind: 'ok', value: { faults: [] } });
}

/** Resolves once none of these processes is there any more. */
export async function gone(pids: readonly number[]): Promise<void> {
  const untilMs = performance.now() + 10_000;
  const isThere = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
    } catch {
      return false;
    }
  };
  while (pids.some(isThere)) {
    if (performance.now() > untilMs) throw new Error(`expected ${pids.join(', ')} to be gone`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
