/** Nominal types over primitives: a `Micros` is a number that only `micros()` makes. */

declare const brand: unique symbol;

export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
