/** Reports for tests: complete, and with an outcome that their stages bear out. */
import { finalText } from '../run/lines.ts';
import { STAGE_NAMES } from '../run/stage.ts';
import type { Report } from '../report/schema.ts';

/** A small report that passed, or whose build failed. */
export function sampleReport(outcome: 'PASS' | 'FAIL', more: Partial<Report> = {}): Report {
  const isPass = outcome === 'PASS';
  const reasons = isPass ? [] : ['BUILD: types: exit status 2'];
  const verdict = isPass ? 'passed' : 'violated';
  return {
    format: 1,
    task: { task: '5', title: 'A test', file: 'docs/tasks/5.yaml', sha256: '0'.repeat(64) },
    outcome,
    verdict,
    line: finalText({ kind: outcome, verdict, exit: isPass ? 0 : 1, reasons }),
    reasons,
    tree: null,
    environment: { node: 'v20.0.0', platform: 'linux', arch: 'x64' },
    stages: STAGE_NAMES.map((stage) => {
      const fails = stage === 'build' && !isPass;
      return {
        stage,
        verdict: fails ? ('fail' as const) : ('pass' as const),
        reason: fails ? 'types: exit status 2' : 'fine',
        asked: true,
      };
    }),
    acceptance: [],
    build: null,
    stress: null,
    searches: [],
    browser: null,
    live: null,
    reviews: [],
    registration: { kind: 'not-configured', id: null, url: null },
    times: {
      startedAt: '2026-01-18T15:10:41.123Z',
      endedAt: '2026-01-18T15:11:41.123Z',
      stages: { build: { tookMs: 1_234, waits: 0 } },
      measured: [],
    },
    ...more,
  };
}
