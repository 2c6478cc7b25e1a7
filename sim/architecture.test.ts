/** The import directions hold, and the checker that says so catches every kind of wrong import. */
import { describe, expect, it } from 'vitest';
import { architectureFaults } from '../scripts/project/architecture.ts';
import { readProject } from '../scripts/project/files.ts';

const planted = (path: string, text: string): string[] => architectureFaults([{ path, text }]);

describe('the project', () => {
  it('imports in the permitted directions only', () => {
    const files = readProject(['.ts']);
    expect(files.length).toBeGreaterThan(20);
    expect(architectureFaults(files)).toEqual([]);
  });
});

describe('the checker', () => {
  it.each([
    ['a lower layer using a higher one', 'sim/base/x.ts', `import { y } from '../trace/event.ts';`],
    ['a cousin', 'sim/locks/x.ts', `import { y } from '../zmq/req.ts';`],
    ['a check using the engine', 'sim/check/x.ts', `import { y } from '../kernel/kernel.ts';`],
    ['a check using a metric', 'sim/check/x.ts', `import type { Y } from '../metrics/ledger.ts';`],
    [
      'a metric naming a check',
      'sim/metrics/x.ts',
      `import type { C } from '../check/contract.ts';`,
    ],
    ['a metric using the engine', 'sim/metrics/x.ts', `export * from '../trading/engine.ts';`],
    ['trading using a lock', 'sim/trading/x.ts', `import { fifo } from '../locks/fifo.ts';`],
    ['trading using a socket', 'sim/trading/x.ts', `import { Req } from '../zmq/req.ts';`],
    [
      'trading using the scenario',
      'sim/trading/x.ts',
      `import type { S } from '../scenario/schema.ts';`,
    ],
    [
      'the engine using an observer',
      'sim/kernel/x.ts',
      `import { y } from '../check/contract.ts';`,
    ],
    ['the run using the explorer', 'sim/run/x.ts', `import { y } from '../explore/search.ts';`],
    ['the core using Node', 'sim/base/x.ts', `import { readFileSync } from 'node:fs';`],
    ['the core using a package', 'sim/run/x.ts', `import { Command } from 'commander';`],
    ['a package out of its folder', 'sim/trading/x.ts', `import { Decimal } from 'decimal.js';`],
    ['the core leaving itself', 'sim/base/x.ts', `import { y } from '../../gate/main.ts';`],
    ['the core using its own door', 'sim/run/x.ts', `import { y } from '../index.ts';`],
    ['the core using a test', 'sim/run/x.ts', `import { y } from './run.test.ts';`],
    ['a folder beside the door', 'gate/x.ts', `import { y } from '../sim/run/run.ts';`],
    ['a bench beside the door', 'bench/x.ts', `import type { Y } from '../sim/kernel/task.ts';`],
    [
      'a folder using the helpers of a test',
      'gate/x.ts',
      `import { y } from '../sim/locks/testing/suite.ts';`,
    ],
    ['a folder using another', 'gate/x.ts', `import { y } from '../bridge/relay.ts';`],
    ['the page using the bridge', 'web/x.ts', `import { y } from '../bridge/relay.ts';`],
    ['a browser test using code', 'e2e/x.ts', `import { y } from '../sim/index.ts';`],
    ['a folder without a rule', 'tools/x.ts', `import { y } from '../gate/main.ts';`],
    ['a layer without a rule', 'sim/extra/x.ts', `import { y } from '../base/time.ts';`],
    ['an import type', 'sim/base/x.ts', `export type Y = import('../run/result.ts').RunResult;`],
    ['an import call', 'sim/base/x.ts', `export const y = () => import('../run/result.ts');`],
    ['a computed specifier', 'sim/base/x.ts', `export const y = (z: string) => import(z);`],
    ['a missing ending', 'sim/run/x.ts', `import { y } from '../base/time';`],
    ['a directory', 'sim/run/x.ts', `import { y } from '../locks';`],
  ])('catches %s', (_, path, text) => {
    expect(planted(path, text)).toHaveLength(1);
    expect(planted(path, text)[0]).toContain(`${path}:1 imports `);
  });

  it.each([
    ['a layer using a lower one', 'sim/run/x.ts', `import { y } from '../base/time.ts';`],
    [
      'trading using a contract',
      'sim/trading/x.ts',
      `import type { L } from '../locks/contract.ts';`,
    ],
    ['inline types', 'sim/trading/x.ts', `import { type C } from '../zmq/contract.ts';`],
    ['a folder through the door', 'gate/x.ts', `import { run } from '../sim/index.ts';`],
    ['the page using the protocol', 'web/x.ts', `import type { E } from '../bridge/protocol.ts';`],
    [
      'a test of the core using all of it',
      'sim/check/x.test.ts',
      `import { y } from '../run/run.ts';`,
    ],
    [
      'a test elsewhere using the helpers of a test',
      'gate/x.test.ts',
      `import { y } from '../sim/trace/log/testing.ts';`,
    ],
    ['words in a comment', 'sim/base/x.ts', `// import { y } from '../run/run.ts';`],
    ['words in a string', 'sim/base/x.ts', `export const y = "import z from '../run/run.ts'";`],
  ])('lets %s pass', (_, path, text) => {
    expect(planted(path, text)).toEqual([]);
  });

  it('names a circle once, with all its files', () => {
    const files = [
      { path: 'sim/base/a.ts', text: `import './b.ts';` },
      { path: 'sim/base/b.ts', text: `import type { C } from './c.ts';` },
      { path: 'sim/base/c.ts', text: `export * from './a.ts';` },
    ];
    expect(architectureFaults(files)).toEqual([
      'sim/base/a.ts -> sim/base/b.ts -> sim/base/c.ts -> sim/base/a.ts: expected no circle of imports',
    ]);
  });
});
