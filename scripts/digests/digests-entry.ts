/** Prints the digests of parts and short scenarios as lines of JSON, in any JavaScript engine. */
import { shortDigests } from './compute.ts';
import { emit } from './emit.ts';

for (const line of shortDigests()) emit(JSON.stringify(line));
