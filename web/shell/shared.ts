/** What the page shows at the moment, as a subject to share: a run, a recording or a log. */
import type { SharedRecording, ShareSubject } from '../export/share-subject.ts';
import { titleOf } from '../format/core-text.ts';
import { type Sentence, verdictSentence } from '../format/verdict-sentence.ts';
import type { Outcome } from '../state/outcome.ts';
import type { Judged } from '../state/stage.svelte.ts';
import type { Page } from './page.svelte.ts';

/** What there is to share at the moment; undefined before the first run was opened. */
export function shareSubjectOf(page: Page): ShareSubject | undefined {
  const { session, words } = page;
  const { judged, outcome, scenario, source, focus, entry } = session;
  const sentence = outcome && sentenceOf(page, outcome);
  if (judged?.kind === 'log') {
    const { file, patterns, log } = judged;
    return sentence && { kind: 'log', name: file.name, file, patterns, log, sentence };
  }
  if (scenario === undefined || source.kind === 'log') return undefined;
  const isOver = judged !== undefined && sentence !== undefined;
  return {
    kind: 'run',
    name: entry?.name,
    title: entry === undefined ? scenario.title : titleOf(entry, words),
    scenario,
    schedule: session.schedule,
    view: focus === undefined || source.kind === 'recorded' ? undefined : `e${focus.seq}`,
    promised: judged?.kind === 'run' ? judged.promised : undefined,
    ended: isOver ? { result: judged.result, judged: judged.judged, sentence } : undefined,
    recording: isOver && judged.kind === 'recorded' ? recordingOf(page, judged) : undefined,
  };
}

/** The verdict in a sentence, with what nobody knows of a run in real time. */
function sentenceOf({ session, words, live }: Page, outcome: Outcome): Sentence {
  const { word, rest } = verdictSentence(outcome, words, session.linkMatches);
  const reserved = outcome.source === 'recorded' ? live?.reserved : undefined;
  return { word, rest: reserved === undefined ? rest : `${rest} ${reserved}` };
}

function recordingOf(
  { session: { trace } }: Page,
  { recorded }: Extract<Judged, { kind: 'recorded' }>,
): SharedRecording {
  return { recorded, segments: trace.isWhole ? trace.wire() : undefined };
}
