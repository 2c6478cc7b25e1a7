/**
 * THIRD_PARTY.md: what the project stands on and under which licences, made from what is installed.
 *
 * What ships is told with its licence's full text, read from node_modules; tools of development are
 * a table from package-lock.json, which names every platform's packages, so the file is the same on
 * all machines. Known limit: a licence is what the package says of itself.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One package of the lock file. */
interface LockEntry {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A package as the list tells it. */
export interface Licensed {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Whether it is part of what users get, or only of what developers run. */
  readonly ships: boolean;
  /** Whether it is done without where it cannot be had: no machine has those of all platforms. */
  readonly optional: boolean;
}

/**
 * Licences that the project accepts without asking anybody. MPL-2.0 joins only as part of libzmq,
 * which zeromq carries unchanged: the file-by-file copyleft then asks for its notice and no more.
 */
export const ACCEPTED: readonly string[] = [
  ...['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'],
  ...['Python-2.0', 'Unlicense', 'CC0-1.0', 'MIT AND MPL-2.0'],
];

/** Accepted for tools only: their code is not part of what users get. */
export const ACCEPTED_FOR_TOOLS: readonly string[] = ['MPL-2.0', 'CC-BY-4.0', 'MIT AND Zlib'];

/** Every package of the lock file whose text is given, by name and version, each once. */
export function packagesOf(lockText: string): readonly Licensed[] {
  const lock = JSON.parse(lockText) as { packages: Record<string, LockEntry> };
  const found = new Map<string, Licensed>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '') continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const licence = entry.license ?? 'unknown';
    const ships = entry.dev !== true && entry.devOptional !== true;
    const key = `${name}@${entry.version}`;
    const before = found.get(key);
    found.set(key, {
      name,
      version: entry.version,
      licence,
      ships: ships || before?.ships === true,
      optional: entry.optional === true && before?.optional !== false,
    });
  }
  return [...found.values()].sort((x, y) => (order(x) < order(y) ? -1 : 1));
}

/** Packages whose licence nobody has accepted, as sentences. */
export function licenceFaults(packages: readonly Licensed[]): string[] {
  return packages
    .filter(({ licence, ships }) => {
      const accepted = ships ? ACCEPTED : [...ACCEPTED, ...ACCEPTED_FOR_TOOLS];
      return !alternatives(licence).some((one) => accepted.includes(one));
    })
    .map(
      ({ name, version, licence, ships }) =>
        `${name} ${version}: expected an accepted licence ${ships ? 'for what ships' : 'for a tool'}, ` +
        `got ${licence}: leave it out, or accept it in scripts/licences/third-party.ts`,
    );
}

/** The whole file; `textOf` gives the licence's text of a package that ships. */
export function thirdParty(
  packages: readonly Licensed[],
  textOf: (name: string) => string,
): string {
  const shipped = packages.filter((one) => one.ships);
  const tools = packages.filter((one) => !one.ships);
  const row = (one: Licensed): string => `| ${one.name} | ${one.version} | ${one.licence} |`;
  const table = ['| package | version | licence |', '|---|---|---|'];
  return [
    '# Third-party software',
    '',
    'Written by `npm run licences`; a test compares it with what is installed.',
    '',
    '## Part of what users get',
    '',
    ...table,
    ...shipped.map(row),
    '',
    'The text is given of those that every machine has.',
    '',
    ...shipped
      .filter((one) => !one.optional)
      .flatMap((one) => [`### ${one.name}`, '', '```text', textOf(one.name).trim(), '```', '']),
    '## Tools of development',
    '',
    'Not part of what users get; platform packages of other machines included.',
    '',
    ...table,
    ...tools.map(row),
    '',
  ].join('\n');
}

/**
 * The text of an installed package's licence; of a package without such a file, what its
 * package.json says. A package that is not installed is a mistake to be settled.
 */
export function installedLicence(root: string, name: string): string {
  const directory = join(root, 'node_modules', name);
  if (!existsSync(directory)) {
    throw new Error(`expected node_modules/${name} with its licence, got nothing: run npm ci`);
  }
  const file = readdirSync(directory)
    .sort()
    .find((one) => /^licen[cs]e/i.test(one));
  if (file !== undefined) {
    return readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n');
  }
  const { license, author } = JSON.parse(
    readFileSync(join(directory, 'package.json'), 'utf8'),
  ) as Manifest;
  const by = typeof author === 'string' ? author : (author?.name ?? 'its contributors');
  return `The package brings no licence text; it states: ${license}, by ${by}.`;
}

/** What is read of a package's own description. */
interface Manifest {
  readonly license: string;
  readonly author?: string | { readonly name: string };
}

function order(one: Licensed): string {
  return `${one.name} ${one.version}`;
}

/** The licences among which an expression like `(MIT OR Apache-2.0)` lets one choose. */
function alternatives(expression: string): string[] {
  return expression.replace(/^\(|\)$/g, '').split(' OR ');
}
