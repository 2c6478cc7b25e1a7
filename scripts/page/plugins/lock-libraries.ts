/**
 * Gives the page the npm libraries whose locks it shows: lowered when the page is built, with their
 * versions, so that exactly what is named runs.
 *
 * Invariant: every module that a library requires is there, and none of Node. Nobody reads them
 * there, so spaces and local names are shortened, and nothing else is changed.
 */
import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { relative, sep } from 'node:path';
import { minifySync, type Plugin } from 'vite';
import { lower, RUNTIME } from '../../../subjects/lower.ts';
import { LIBRARY_USES } from '../../../subjects/uses.ts';
import { PROJECT_ROOT } from '../../project/files.ts';

const REQUIRED = /\brequire\((["'])([^"']+)\1\)/g;

/** What can be imported: the modules, and the versions alone, which are small. */
const SOURCES: Readonly<Record<string, () => string>> = {
  'virtual:lock-libraries': () =>
    `export const LIBRARIES = ${JSON.stringify(librariesOf(LIBRARY_USES))};`,
  'virtual:lock-versions': () =>
    `export const VERSIONS = ${JSON.stringify(librariesOf(LIBRARY_USES).versions)};`,
};

export const lockLibraries: Plugin = {
  name: 'lock-libraries',
  resolveId: (id) => (Object.hasOwn(SOURCES, id) ? `\0${id}` : undefined),
  load: (id) => SOURCES[id.slice(1)]?.(),
};

/** The packages that are used, with all modules that they are made of. */
export function librariesOf(uses: readonly { readonly library: string }[]) {
  const versions: Record<string, string> = {};
  const modules: Record<string, string> = {};
  const imports: Record<string, Record<string, string>> = {};
  const root = createRequire(import.meta.url);
  const add = (path: string): string => {
    const name = relative(PROJECT_ROOT, path).split(sep).join('/');
    if (modules[name] !== undefined) return name;
    const text = readFileSync(path, 'utf8');
    modules[name] = shortened(path, lower(path, text));
    const wanted = [...text.matchAll(REQUIRED)].map(([, , specifier = '']) => specifier);
    const builtin = wanted.find((specifier) => isBuiltin(specifier));
    if (builtin !== undefined) throw new Error(`expected no module of Node in ${name}: ${builtin}`);
    const require = createRequire(path);
    imports[name] = Object.fromEntries(
      wanted.map((specifier) => [specifier, add(require.resolve(specifier))]),
    );
    return name;
  };
  for (const { library } of uses) {
    const about = root(`${library}/package.json`) as { readonly version: string };
    versions[library] = about.version;
    imports[''] = { ...imports[''], [library]: add(root.resolve(library)) };
  }
  return { versions, modules, imports };
}

/** A module's body as a function of exports, require, module and the runtime. */
function shortened(path: string, body: string): string {
  const { code, errors } = minifySync(
    path,
    `(function (exports, require, module, ${RUNTIME}) {${body}\n})`,
    { compress: false, mangle: true, codegen: { removeWhitespace: true, legalComments: 'none' } },
  );
  const [error] = errors;
  if (error !== undefined) throw new Error(`expected ${path} to be shortened: ${error.message}`);
  return code.replace(/;\s*$/, '');
}
