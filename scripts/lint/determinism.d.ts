/**
 * Types of the bans, which are JavaScript because ESLint reads them before anything is compiled.
 */

interface Ban {
  name?: string;
  selector?: string;
  message: string;
}

/** The rules, to be merged into the configuration of sim/. */
export declare const determinismRules: {
  readonly 'no-restricted-globals': ['error', ...Ban[]];
  readonly 'no-restricted-syntax': ['error', ...Ban[]];
};
