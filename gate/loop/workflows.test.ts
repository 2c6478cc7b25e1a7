/** The workflows pin what they use, may write nowhere they need not, and run no text of others. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const FOLDER = join(import.meta.dirname, '..', '..', '.github', 'workflows');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: unknown; readonly steps: readonly Step[] }>
  >;
}

const workflows = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  return [name, text, parse(text) as Workflow] as const;
});

describe.each(workflows)('%s', (_, text, workflow) => {
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it('pins every action by its commit, and says which version that is', () => {
    const uses = text.split('\n').filter((line) => line.includes('uses:'));
    expect(uses.length).toBe(steps.filter((step) => step.uses !== undefined).length);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d/);
  });

  it('may read and nothing else, except to deploy', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const more = Object.entries(workflow.jobs).flatMap(([name, job]) =>
      job.permissions === undefined ? [] : [[name, job.permissions]],
    );
    const deploys = [['deploy', { pages: 'write', 'id-token': 'write' }]];
    expect([[], deploys]).toContainEqual(more);
  });

  it('puts no expression into a command, and no secret anywhere but one environment', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
    const secret = steps.filter((step) => JSON.stringify(step).includes('secrets.'));
    for (const step of secret) {
      expect(step.run).toBe('bash scripts/dev_loop.sh --task 127 --format github');
    }
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
  });
});
