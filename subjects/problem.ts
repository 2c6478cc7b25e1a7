/** Why the code of a lock cannot be explored: a fault of the code or of its place, no verdict. */

/** Ends the loading or the exploration of a subject; told as a refusal with its code. */
export class SubjectProblem extends Error {
  override readonly name = 'SubjectProblem';
  readonly code: string;
  /** Where in the code it is, from 1; undefined where no line is to blame. */
  readonly line: number | undefined;

  constructor(code: string, message: string, line?: number) {
    super(message);
    this.code = code;
    this.line = line;
  }
}
