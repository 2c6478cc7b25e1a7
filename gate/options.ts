/** What the options of several commands have in common. */
import { InvalidArgumentError, Option } from 'commander';
import type { Exit } from './shell/exit.ts';
import type { Outcome } from './shell/outcome.ts';

/** Takes what a command came to. */
export type Commit = (outcome: Outcome<Exit>) => void;

/** For people: what `--expect` does. */
export const EXPECT = 'succeed if the outcome is this: passed, or violated:CHECK[,CHECK]';

/** An option with a whole number within limits. */
export function wholeOption(
  flag: string,
  about: string,
  min: number,
  max: number,
  standard: number | undefined,
): Option {
  const parse = (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  };
  return new Option(flag, about).argParser(parse).default(standard);
}
