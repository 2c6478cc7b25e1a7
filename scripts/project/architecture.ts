/**
 * Who may import whom, as a table and a function that finds what breaks it.
 *
 * Inside the core imports run one way, observers stand outside the engine, and other folders enter
 * by one door. Tests may reach everything inside the core, because they set up what they test; they
 * are bound by the rest. Known limit: packages are judged by name, and outside the core a computed
 * specifier goes unread.
 */
import type { ProjectFile } from './files.ts';
import { importsOf, type ImportEdge } from './imports.ts';

/** What each folder of sim/ may import besides itself: folders, or single files of them. */
const SIM_LAYERS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  trace: ['base/'],
  kernel: ['base/', 'trace/'],
  locks: ['base/', 'trace/', 'kernel/'],
  zmq: ['base/', 'trace/', 'kernel/'],
  trading: ['base/', 'trace/', 'kernel/', 'locks/contract.ts', 'zmq/contract.ts'],
  metrics: ['base/', 'trace/'],
  check: ['base/', 'trace/'],
  scenario: ['base/', 'trace/', 'kernel/', 'locks/', 'zmq/', 'trading/'],
  run: [
    ...['base/', 'trace/', 'kernel/', 'locks/', 'zmq/', 'trading/', 'scenario/'],
    ...['metrics/', 'check/'],
  ],
  explore: [
    ...['base/', 'trace/', 'kernel/', 'locks/', 'zmq/', 'trading/', 'scenario/'],
    ...['metrics/', 'check/', 'run/'],
  ],
};

/** Packages that the core stands on, and the folders that may use them. */
const SIM_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'decimal.js': ['base'],
  fflate: ['scenario'],
  valibot: ['scenario'],
};

/** What the folders beside sim/ may import of each other; sim/index.ts is open to all of these. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  web: ['bridge/protocol.ts', 'fixtures/logs/', 'fixtures/subjects/', 'subjects/'],
  bridge: [],
  gate: ['bridge/index.ts', 'subjects/'],
  // Its page shows the product's own timeline and talks to the product's own engine.
  bench: ['web/', 'bridge/index.ts', 'e2e/chromium.ts', 'gate/explore/'],
  scripts: [
    ...['e2e/chromium.ts', 'web/format/', 'web/gallery/python/', 'subjects/'],
    ...['bridge/start.ts', 'web/own-lock/sandbox/frame-script.ts'],
  ],
  docs: [],
  subjects: [],
};

const DOOR = 'sim/index.ts';
const isHelper = (path: string): boolean => /\/testing(\/|\.ts$)/.test(path);
const isTest = (path: string): boolean => path.endsWith('.test.ts') || isHelper(path);

/** Every import that breaks a rule, as a sentence with its place; empty when all is well. */
export function architectureFaults(files: readonly ProjectFile[]): string[] {
  const edges = files.flatMap((file) => importsOf(file));
  const faults = edges.flatMap((edge) => {
    const why = judge(edge);
    return why === undefined ? [] : [`${edge.from}:${edge.line} imports ${name(edge)}: ${why}`];
  });
  return [...faults, ...cycles(edges)];
}

function name(edge: ImportEdge): string {
  return edge.to ?? edge.specifier ?? 'a computed specifier';
}

function judge(edge: ImportEdge): string | undefined {
  if (edge.to !== undefined && !/\.(ts|js|json|svelte|css|log)$/.test(edge.to)) {
    return 'expected the ending of the file that is meant';
  }
  const folder = edge.from.includes('/') ? (edge.from.split('/')[0] as string) : '';
  if (folder === 'sim') return judgeSim(edge);
  if (folder === 'e2e') return judgeE2e(edge);
  return edge.to === undefined ? undefined : judgeFolder(edge, folder, edge.to);
}

function judgeSim(edge: ImportEdge): string | undefined {
  const { from, to, specifier } = edge;
  const [, layer, ...rest] = from.split('/');
  if (layer === undefined || (rest.length === 0 && !isTest(from) && from !== DOOR)) {
    return `expected a file in one of sim's folders, or ${DOOR}`;
  }
  if (specifier === undefined) return 'expected a specifier that can be read';
  if (to === undefined) {
    if (isTest(from)) return undefined;
    const users = SIM_PACKAGES[specifier];
    if (users === undefined) return 'expected no package here that the core does not stand on';
    return users.includes(layer) ? undefined : `expected it in sim/${users.join(', sim/')} only`;
  }
  if (isTest(from)) {
    return /^(sim|scripts|fixtures)\//.test(to) ? undefined : 'expected a file of the core';
  }
  if (!to.startsWith('sim/')) return 'expected nothing from outside the core';
  if (isTest(to)) return 'expected no test';
  if (from === DOOR) return undefined;
  if (to === DOOR) return `expected the file itself: ${DOOR} is the door for the other folders`;
  const allowed = SIM_LAYERS[layer];
  if (allowed === undefined) return `expected a folder with a rule, sim/${layer} has none`;
  const target = to.slice('sim/'.length);
  if ([`${layer}/`, ...allowed].some((open) => target.startsWith(open))) return undefined;
  return `expected ${layer} to import only ${allowed.join(', ') || 'its own folder'}`;
}

function judgeE2e({ to }: ImportEdge): string | undefined {
  if (to === undefined || to.startsWith('e2e/')) return undefined;
  return 'expected e2e to import no code of the application';
}

function judgeFolder(edge: ImportEdge, folder: string, to: string): string | undefined {
  if (isTest(to)) {
    return isTest(edge.from) && isHelper(to) ? undefined : 'expected no test';
  }
  if (to.startsWith('sim/')) {
    return to === DOOR ? undefined : `expected the core to be entered through ${DOOR}`;
  }
  if (folder === '') return undefined;
  const open = FOLDERS[folder];
  if (open === undefined) return `expected a folder with a rule, ${folder}/ has none`;
  if ([`${folder}/`, 'package.json', ...open].some((path) => to.startsWith(path))) return undefined;
  return `expected ${folder} to import only ${[folder, DOOR, ...open].join(', ')}`;
}

/** Circles of files that import each other, each told once, from its first file by name. */
function cycles(edges: readonly ImportEdge[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    if (to !== undefined) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const found = new Map<string, string>();
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      const circle = path.slice(at);
      const key = [...circle].sort().join();
      found.set(key, `${[...circle, file].join(' -> ')}: expected no circle of imports`);
      return;
    }
    if (done.has(file)) return;
    path.push(file);
    for (const to of next.get(file) ?? []) visit(to);
    path.pop();
    done.add(file);
  };
  for (const file of [...next.keys()].sort()) visit(file);
  return [...found.values()];
}
