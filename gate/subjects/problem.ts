/** Why the code of a lock cannot be explored: a fault of the code or of its place, no verdict. */

/** Ends the loading or the exploration of a subject; told as a refusal with its code. */
export class SubjectProblem extends Error {
  override readonly name = 'SubjectProblem';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
