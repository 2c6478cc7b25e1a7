/**
 * The text of the worker that explores a lock: its lowered modules, then the worker's own part.
 *
 * Invariant: the lock's own module begins on the first line, so a line of the text is a line of the
 * code. What is put together are whole programs, each parsed before; whatever they say, a function
 * is all that they can become, and the frame's policy holds besides.
 */
import { lower, RUNTIME } from '../../subjects/lower.ts';
import type { Libraries } from './libraries.ts';

/** The code of a lock. */
export interface LockSource {
  readonly language: 'ts' | 'js';
  readonly source: string;
}

/** What messages call the lock's module. */
export function pathOf({ language }: LockSource): string {
  return `lock.${language}`;
}

/** The worker's text; throws a SubjectProblem where the code is no program. */
export function composeText(lock: LockSource, libraries: Libraries, sandbox: string): string {
  const path = pathOf(lock);
  const own = lower(path, lock.source);
  const used = Object.keys(libraries.versions).filter((name) => lock.source.includes(name));
  const modules = used.length === 0 ? {} : libraries.modules;
  const wrapped = `function(exports,require,module,${RUNTIME}){${own}\n}`;
  const factories = Object.entries({ [path]: wrapped, ...modules }).map(
    ([name, factory]) => `${JSON.stringify(name)}:${factory}`,
  );
  const { '': packages = {}, ...inner } = libraries.imports;
  const told = JSON.stringify({ ...inner, [path]: packages });
  const lines = own.split('\n').length;
  return (
    `lockCode={factories:{${factories.join(',')}},` +
    `path:${JSON.stringify(path)},lines:${lines},imports:${told}};\n${sandbox}`
  );
}
