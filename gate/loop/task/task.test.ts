/** A task is judged before anything runs, and every mistake is told with its place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testFiles } from '../../testing/files.ts';
import { findTask } from './find.ts';
import { parseTask } from './read.ts';
import { taskTemplate } from './template.ts';

const files = testFiles();
const MINIMAL = `format: 1
task: 5
title: A small one
stages:
  preflight:
    deadlineSeconds: 10
    tree: recorded
`;

function refusal(text: string): string {
  const task = parseTask(text, 't.yaml');
  return task.kind === 'error' ? task.error.message : 'accepted';
}

describe('a task', () => {
  it('is accepted as YAML, and as JSON with the same fields', () => {
    const yaml = parseTask(MINIMAL, 't.yaml');
    const stages = { preflight: { deadlineSeconds: 10, tree: 'recorded' } };
    const json = JSON.stringify({ format: 1, task: '5', title: 'A small one', stages });
    expect(yaml).toMatchObject({ kind: 'ok', value: { task: '5' } });
    expect(parseTask(json, 't.json')).toEqual(yaml);
  });

  it('that ships is valid, and so is a new one of any name', () => {
    const shipped = readFileSync(join(import.meta.dirname, '../../../docs/tasks/127.yaml'), 'utf8');
    expect(parseTask(shipped, '127.yaml')).toMatchObject({ kind: 'ok', value: { task: '127' } });
    for (const name of ['128', '007', 'next-one', '1e3', 'true', '0x10']) {
      expect(parseTask(taskTemplate(name), 'x')).toMatchObject({ value: { task: name } });
    }
  });

  it.each([
    ['', 't.yaml:1: the task: expected a mapping, got null'],
    ['[]', 't.yaml:1: the task: expected a mapping, got a list'],
    [MINIMAL.replace('format: 1', 'format: 2'), 't.yaml:1: format: expected 1, got 2'],
    [
      MINIMAL.replace('tree: recorded', 'tree: dirty'),
      't.yaml:7: stages.preflight.tree: expected "clean" or "recorded", got "dirty"',
    ],
    [
      MINIMAL.replace('deadlineSeconds: 10', 'deadlineSeconds: 1.5'),
      't.yaml:6: stages.preflight.deadlineSeconds: expected a whole number from 1 to 86400, got 1.5',
    ],
    [
      MINIMAL.replace('deadlineSeconds: 10', 'deadlineSecond: 10'),
      't.yaml:5: stages.preflight.deadlineSeconds: expected the field "deadlineSeconds", got nothing',
    ],
    [
      MINIMAL.replace('title:', 'titel:'),
      't.yaml:3: titel: expected no field of this name, got "titel"',
    ],
    [`${MINIMAL}task: 6\n`, 't.yaml:8: expected YAML or JSON: Map keys must be unique'],
    [`${MINIMAL}  build: [\n`, 't.yaml:9: expected YAML or JSON'],
    [`${MINIMAL}  x: !!js/function 'f'\n`, 't.yaml:8: expected YAML or JSON'],
  ])('with a mistake is refused with line, path, expected and came: %j', (text, message) => {
    expect(refusal(text)).toContain(message);
  });

  it.each([
    ['scenario: --out', "'--out'"],
    ['scenario: a path that leaves', '../../etc/passwd'],
    ['scenario: a command', "'reference; rm -rf x'"],
    ['scenario: a substitution', "'$(id)'"],
  ])('cannot bring in %s', (_, scenario) => {
    const live = `  live:\n    deadlineSeconds: 5\n    scenario: ${scenario}\n`;
    expect(refusal(MINIMAL + live)).toContain('t.yaml:10: stages.live.scenario: expected');
  });

  it.each(['/etc/passwd', '../secret', 'a/../../b', '-rf', '!../x', '!-x', 'a b', '$HOME'])(
    'cannot give a reviewer %s',
    (pattern) => {
      const review =
        '  logic-review:\n    required: true\n    deadlineSeconds: 5\n    attemptSeconds: 5\n' +
        `    model: claude-test\n    files: [${JSON.stringify(pattern)}]\n`;
      expect(refusal(MINIMAL + review)).toContain('stages.logic-review.files[0]: expected');
    },
  );

  it('says which conditions between fields are broken', () => {
    const stress =
      '  stress:\n    deadlineSeconds: 5\n    log: reference\n    scenarios:\n' +
      '      - { scenario: escaping-lock, expect: "violated:lock.exclusion" }\n';
    const log = refusal(MINIMAL + stress);
    expect(log).toContain('t.yaml:10: stages.stress.log: expected one of');
    expect(log).toContain('got "reference"');
    const explore =
      '  explore:\n    deadlineSeconds: 5\n    searches:\n' +
      '      - { scenario: reference, strategy: pct, schedules: 5, want: refuted }\n';
    expect(refusal(MINIMAL + explore)).toContain('stages.explore.searches[0].check: expected');
  });

  it('is refused, never thrown at, whatever the text is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseTask(text, 't').kind).toBe('error');
      }),
    );
    const bomb = `a: &a [x,x]\nb: &b [${'*a,'.repeat(20)}]\nc: [${'*b,'.repeat(20)}]\n`;
    expect(refusal(bomb)).toContain('t.yaml: expected a task, got a document that');
  });
});

describe('finding a task', () => {
  it('says where it is expected and how to write one', async () => {
    const found = await findTask('5', files.directory);
    expect(found).toMatchObject({ kind: 'error', error: { code: 'not-found', exit: 2 } });
  });

  it('takes a file only under its own name', async () => {
    files.write('5.yaml', MINIMAL);
    files.write('6.yaml', MINIMAL);
    const found = await findTask('5.yaml', files.directory);
    expect(found).toMatchObject({ kind: 'ok', value: { file: '5.yaml', task: { task: '5' } } });
    const other = await findTask('6.yaml', files.directory);
    expect(other).toMatchObject({ error: { message: expect.stringContaining('"6"') as string } });
  });

  it.each(['../5.yaml', '--task', '5;ls', ''])('refuses %j', async (word) => {
    expect((await findTask(word, join(files.directory, 'deeper'))).kind).toBe('error');
  });
});
