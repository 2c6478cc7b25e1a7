/**
 * A context of its own for a lock's code, furnished with a world whose promises, timers, clock and
 * randomness are ours.
 *
 * Text cannot become code there, because that code would not be lowered. Known limit: this keeps
 * honest code deterministic; it is no prison for hostile code, which runs with the rights of
 * whoever started it.
 */
import { constants, createContext, runInContext, Script } from 'node:vm';
import { RUNTIME } from '../../subjects/lower.ts';
import { SubjectProblem } from '../../subjects/problem.ts';
import { type Factory, World } from '../../subjects/world.ts';

export class Realm {
  readonly world = new World();
  /** Without the interceptors of a sandbox object, which make each look at a global slow. */
  readonly #context = createContext(constants.DONT_CONTEXTIFY, {
    codeGeneration: { strings: false, wasm: false },
    name: 'lock',
  });

  constructor() {
    const globals = runInContext('globalThis', this.#context) as typeof globalThis;
    globals.Promise.prototype.then = escaped;
    this.world.furnish(globals);
  }

  /** A module's lowered text as a function that can be called as often as executions need it. */
  compile(path: string, text: string): Factory {
    const source = `(function (exports, require, module, ${RUNTIME}) {${text}\n})`;
    return new Script(source, { filename: path }).runInContext(this.#context) as Factory;
  }
}

/** Some part of the context may still make promises of the engine: nobody would follow them. */
function escaped(): never {
  throw new SubjectProblem(
    'subject-native-promise',
    'expected only promises made in the lock’s own modules, got one of the engine: it cannot be ' +
      'followed',
  );
}
