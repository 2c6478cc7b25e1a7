/** The npm libraries that a lock may use in the page: what the build makes of them. */

/** Lowered modules; a package's own name means its main one. */
export interface Libraries {
  /** By package. */
  readonly versions: Readonly<Record<string, string>>;
  /** By module: a function of exports, require, module and the runtime, as an expression. */
  readonly modules: Readonly<Record<string, string>>;
  /** By importing module and specifier: which module is meant. */
  readonly imports: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
