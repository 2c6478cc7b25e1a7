/**
 * Lowers a module to CommonJS without a word `async` left in it: by TypeScript's own emitter, onto
 * generators and whatever is called `Promise` where it runs.
 *
 * The helper that the emitter puts in takes as many ticks as the language does for `await` and
 * `return` (a test compares them), so the order of jobs stays. Types are erased and not checked.
 */
import ts from 'typescript';
import { SubjectProblem } from './problem.ts';

/** The last version of the language before `async`. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2016,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
  allowJs: true,
  inlineSourceMap: false,
  removeComments: true,
};

/** The lowered text of a module; `path` says which language it is in, and stands in messages. */
export function lower(path: string, text: string): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    compilerOptions: OPTIONS,
    fileName: path,
    reportDiagnostics: true,
  });
  const [fault] = diagnostics.filter(({ category }) => category === ts.DiagnosticCategory.Error);
  if (fault === undefined) return outputText;
  const message = ts.flattenDiagnosticMessageText(fault.messageText, ' ');
  const { line } = fault.file?.getLineAndCharacterOfPosition(fault.start ?? 0) ?? { line: 0 };
  throw new SubjectProblem(
    'subject-syntax',
    `expected TypeScript or JavaScript in ${path}, but line ${line + 1}: ${message}`,
  );
}
