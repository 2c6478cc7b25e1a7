/**
 * The draft as the editor's views see it: document, problems, undo, and what the page runs.
 *
 * Invariants: what is typed is in the document at once, is judged when it has settled, and is
 * applied only if the schema takes it; whatever replaces the document can be undone, a scenario
 * that came from outside too.
 */
import { parseScenarioText, type Scenario, type ScenarioProblem } from '../../sim/index.ts';
import {
  type Document,
  documentText,
  type Draft,
  edited,
  judge,
  type Judgement,
  sameScenario,
  startDraft,
} from './draft.ts';
import { closeGroup, type History, record, redo, startHistory, undo } from './history.ts';
import { type Path, pathText, valueAt, withList } from './path.ts';

/** How long typing rests before it counts as settled. */
const SETTLE_MS = 800;

export interface DraftOptions {
  /** The page is to run this scenario. */
  readonly onapply: (scenario: Scenario) => void;
  /** The title of a scenario that was changed. */
  readonly ownTitle: (title: string) => string;
}

export class EditorDraft {
  #history: History<Draft>;
  #judgement: Judgement;
  #inUse: Scenario;
  /** What stands in the text form and was not applied; undefined if it follows the document. */
  text: string | undefined = $state();
  #options: DraftOptions = { onapply: () => {}, ownTitle: (title) => title };
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(scenario: Scenario) {
    this.#history = $state.raw(startHistory(startDraft(scenario)));
    this.#judgement = $state.raw({ kind: 'valid', scenario });
    this.#inUse = $state.raw(scenario);
  }

  /** Whom this draft serves from now on: the editor that is on the page. */
  serve(options: DraftOptions): void {
    this.#options = options;
  }

  get document(): Document {
    return this.#history.present.document;
  }

  /** The scenario that this began as. */
  get base(): Scenario {
    return this.#history.present.base;
  }

  get judgement(): Judgement {
    return this.#judgement;
  }

  /** What the page runs, as far as this editor knows: the last document that was valid. */
  get inUse(): Scenario {
    return this.#inUse;
  }

  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }

  /** Whether anything differs from the scenario that this began as. */
  get isTouched(): boolean {
    return this.document !== this.base;
  }

  /** The document as text. */
  get written(): string {
    return documentText(this.document, this.#judgement);
  }

  /** What the schema says of the value at `path` itself, in its own words. */
  problemAt(path: string): string | undefined {
    return this.#judgement.kind === 'invalid' ? this.#judgement.problems.get(path) : undefined;
  }

  /** Whether anything at or below `path` is wrong. */
  hasProblemIn(path: string): boolean {
    if (this.#judgement.kind === 'valid') return false;
    for (const each of this.#judgement.problems.keys()) {
      const rest = each.startsWith(path) ? each.charAt(path.length) : 'x';
      if (rest === '' || rest === '.' || rest === '[') return true;
    }
    return false;
  }

  /** Takes what is being typed into the field at `path`; judges it once it has settled. */
  type(path: Path, value: unknown): void {
    const { ownTitle } = this.#options;
    const next = edited(this.#history.present, path, value, ownTitle);
    this.#history = record(this.#history, next, pathText(path));
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#judge(), SETTLE_MS);
  }

  /** The field that was typed into is done: what comes next is another step. */
  settle(): void {
    this.#history = closeGroup(this.#history);
    this.#judge();
  }

  /** Sets the value at `path` at once, as a step of its own. */
  choose(path: Path, value: unknown): void {
    const next = edited(this.#history.present, path, value, this.#options.ownTitle);
    this.#history = record(closeGroup(this.#history), next);
    this.#judge();
  }

  /** Changes the list at `path` at once. */
  arrange(path: Path, change: (items: readonly unknown[]) => readonly unknown[]): void {
    this.choose(path, valueAt(withList(this.document, path, change), path));
  }

  /** Sets the value at `path` if the schema takes it; else says what is wrong with it. */
  tryAt(path: Path, value: unknown): ReadonlyMap<string, string> {
    const before = this.#judgement;
    const { document } = edited(this.#history.present, path, value, (title) => title);
    const judged = judge(document);
    const within = pathText(path);
    const problems =
      judged.kind === 'valid'
        ? []
        : [...judged.problems].filter(
            ([at, told]) =>
              at.startsWith(within) &&
              !(before.kind === 'invalid' && before.problems.get(at) === told),
          );
    if (problems.length === 0) this.choose(path, value);
    return new Map(problems);
  }

  undo(): void {
    this.#history = undo(this.#history);
    this.#judge();
  }

  redo(): void {
    this.#history = redo(this.#history);
    this.#judge();
  }

  /** Goes back to the scenario that this began as. */
  reset(): void {
    const { base } = this;
    this.#history = record(closeGroup(this.#history), startDraft(base));
    this.#judge();
  }

  /** Takes the text form for the document; undefined if it could, else what is wrong with it. */
  applyText(): ScenarioProblem | undefined {
    if (this.text === undefined) return undefined;
    const parsed = parseScenarioText(this.text);
    if (parsed.kind === 'error') return parsed.error;
    this.text = undefined;
    const { judgement } = this;
    const isNew = judgement.kind === 'invalid' || !sameScenario(judgement.scenario, parsed.value);
    if (isNew) this.choose([], parsed.value);
    return undefined;
  }

  /** The page runs this now; if it does not come from here, it is the new start. */
  takeOver(scenario: Scenario): void {
    if (sameScenario(scenario, this.#inUse)) return;
    this.#inUse = scenario;
    this.#history = record(closeGroup(this.#history), startDraft(scenario));
    this.#judge();
  }

  #judge(): void {
    clearTimeout(this.#settling);
    this.#judgement = judge(this.document);
    if (this.#judgement.kind === 'invalid') return;
    const { scenario } = this.#judgement;
    if (sameScenario(scenario, this.#inUse)) return;
    this.#inUse = scenario;
    this.#options.onapply(scenario);
  }
}
