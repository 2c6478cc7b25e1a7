/**
 * A step of a story in the reader's language, clause by clause; what has no translation stays as
 * the core says it. Names of tasks and symbols stay as they are written.
 */
import type { Evidence, StoryStep } from '../../sim/index.ts';
import type { ExploreWords } from '../format/words/explore-en.ts';

/** The step as one sentence. */
export function stepText(step: Pick<StoryStep, 'clauses' | 'text'>, words: ExploreWords): string {
  const { told } = words;
  if (told === undefined) return step.text;
  return `${step.clauses.map((each) => clauseText(each, words)).join(told.between)}${told.end}`;
}

function clauseText({ template, values, text }: Evidence, { told }: ExploreWords): string {
  const translated = told?.clauses[template];
  if (told === undefined || translated === undefined) return text;
  const name = (value: string): string => told.names[value] ?? value;
  return translated.replace(/\{(\w+)\}/g, (gap, key: string) =>
    String(values[key] ?? gap)
      .split(', ')
      .map(name)
      .join(told.and),
  );
}
