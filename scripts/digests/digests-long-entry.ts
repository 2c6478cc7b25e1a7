/** Prints the digests of the scenarios that take long, as lines of JSON. */
import { longDigests } from './compute.ts';
import { emit } from './emit.ts';

for (const line of longDigests()) emit(JSON.stringify(line));
