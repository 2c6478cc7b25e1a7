/**
 * The smaller scenarios to try in place of one: fewer symbols, fewer signals, fewer faults, and
 * then fewer settings off their defaults.
 *
 * Thresholds that an exploration judges by stay as they are, or a smaller scenario would be judged
 * by another measure. Those of speed, which it does not judge, give way as far as the scenario
 * still passes without its schedule where the original did: a link says "only under this schedule",
 * and that has to stay true. Known limit: a run of more than a million steps is not asked whether
 * it passes by itself.
 */
import type { Parts } from '../run/parts.ts';
import { Run } from '../run/run.ts';
import { canonicalJson, withoutDefaults } from '../scenario/codec/canonical.ts';
import { parseScenario } from '../scenario/codec/parse.ts';
import { isRecord } from '../scenario/codec/shape.ts';
import { type Scenario, scenarioSchema, type SymbolSpec } from '../scenario/schema.ts';
import type { Smaller, Target } from './shrink-target.ts';
import { scenarioSubject } from './scenario-subject.ts';
import type { Subject } from './subject.ts';

const STEPS_MAX = 1_000_000;

/** Sizes to jump to first: most races need no more than this. */
const SMALL: readonly (readonly [symbols: number, signals: number])[] = [
  [1, 1],
  [2, 1],
  [1, 2],
  [2, 2],
  [3, 1],
  [3, 2],
];

/** Thresholds that no exploration judges. */
const UNJUDGED = ['symbolsMin', 'intervalUsMax', 'tradesPerSecondMin', 'latencyUsMax'];

interface Setting {
  /** Makes the subject of each scenario that is tried. */
  readonly subjectOf: (scenario: Scenario) => Subject;
  readonly parts: Parts;
  /** Whether the original passes on the default schedule. */
  readonly passes: boolean;
}

/** A scenario that can be made smaller, with `parts` in the place of its own. */
export function scenarioTarget(
  scenario: Scenario,
  parts: Parts = {},
  subjectOf: Setting['subjectOf'] = (each) => scenarioSubject(each, parts),
): Target<Scenario> {
  return new ScenarioTarget(scenario, {
    subjectOf,
    parts,
    passes: passesByDefault(scenario, parts),
  });
}

class ScenarioTarget implements Target<Scenario> {
  readonly value: Scenario;
  readonly #setting: Setting;
  #subject: Subject | undefined;

  constructor(scenario: Scenario, setting: Setting) {
    this.value = scenario;
    this.#setting = setting;
  }

  get subject(): Subject {
    this.#subject ??= this.#setting.subjectOf(this.value);
    return this.#subject;
  }

  get key(): string {
    return canonicalJson(scenarioSchema, this.value);
  }

  isFaithful(): boolean {
    return !this.#setting.passes || passesByDefault(this.value, this.#setting.parts);
  }

  smaller(): readonly Smaller<Scenario>[] {
    const scenario = this.value;
    const all = scenario.symbols.map((_, symbol) => symbol);
    const without = all.length > 1 ? all.map((gone) => all.filter((each) => each !== gone)) : [];
    return [
      ...wordless(scenario).map((plain) => this.#changed(plain, false)),
      ...smallSizes(scenario).map(([symbols, signals]) =>
        this.#withSymbols(all.slice(0, symbols), (spec) => upTo(spec, signals)),
      ),
      ...without.map((kept) => this.#withSymbols(kept, (spec) => spec)),
      ...fewerSignals(scenario).map((change) => this.#withSymbols(all, change)),
      ...calmer(scenario).map((endpoint) => this.#changed({ ...scenario, endpoint }, true)),
      ...plainer(scenario).map((plain) => this.#changed(plain, false)),
    ];
  }

  #changed(scenario: Scenario, searched: boolean): Smaller<Scenario> {
    const target = new ScenarioTarget(scenario, this.#setting);
    return { target, renamed: (task) => task, searched };
  }

  /** Only the symbols in `kept`, in their order, each of them changed. */
  #withSymbols(kept: readonly number[], change: Change): Smaller<Scenario> {
    const { symbols, acceptance } = this.value;
    const scenario: Scenario = {
      ...this.value,
      symbols: kept.map((symbol) => change(symbols[symbol] as SymbolSpec, symbol)),
      acceptance: { ...acceptance, symbolsMin: Math.min(acceptance.symbolsMin, kept.length) },
    };
    const target = new ScenarioTarget(scenario, this.#setting);
    return { target, renamed: (task) => renamed(task, kept, symbols.length), searched: true };
  }
}

/** The symbols' loops are the first tasks, in the order of the symbols; all others follow. */
function renamed(task: number, kept: readonly number[], symbolCount: number): number | undefined {
  if (task >= symbolCount) return task - symbolCount + kept.length;
  const place = kept.indexOf(task);
  return place < 0 ? undefined : place;
}

/**
 * The scenario without the reason of its thresholds; its title says what it is about, and stays.
 */
function wordless(scenario: Scenario): Scenario[] {
  const { reason: _reason, ...acceptance } = scenario.acceptance;
  return parsed([{ ...scenario, acceptance }]);
}

function smallSizes({ symbols }: Scenario): (readonly [number, number])[] {
  const most = Math.max(...symbols.map(signalsOf));
  const total = symbols.reduce((sum, spec) => sum + signalsOf(spec), 0);
  return SMALL.filter(
    ([count, signals]) => count <= symbols.length && signals <= most && count * signals < total,
  );
}

/** As many signals as a symbol makes; of one that signals for a time, more than any number. */
function signalsOf({ signals, durationUs }: SymbolSpec): number {
  return durationUs > 0 ? Infinity : signals;
}

function upTo(spec: SymbolSpec, signals: number): SymbolSpec {
  return { ...spec, signals: Math.min(signals, signalsOf(spec)), durationUs: 0 };
}

type Change = (spec: SymbolSpec, symbol: number) => SymbolSpec;

/** Half of all signals less, then a part of each symbol's: half, a quarter, down to one. */
function fewerSignals({ symbols }: Scenario): Change[] {
  const counted = symbols.flatMap((spec, symbol) => (signalsOf(spec) > 1 ? [symbol] : []));
  if (counted.length === 0) return [];
  const halve: Change = (spec) => upTo(spec, Math.max(1, spec.signals >> 1));
  return [
    halve,
    ...counted.flatMap((one) => {
      const { signals } = symbols[one] as SymbolSpec;
      return partsOf(signals).map(
        (less): Change =>
          (spec, symbol) =>
            symbol === one ? upTo(spec, signals - less) : spec,
      );
    }),
  ];
}

/** Half of a number, a quarter, and so on down to 1. */
function partsOf(number: number): number[] {
  const parts: number[] = [];
  for (let part = number >> 1; part >= 1; part >>= 1) parts.push(part);
  return parts;
}

/** The endpoint without one of its faults. */
function calmer({ endpoint }: Scenario): Scenario['endpoint'][] {
  const { faults, otherClients } = endpoint;
  const calm: Scenario['endpoint'][] = [];
  for (const name of ['stalls', 'crashes'] as const) {
    faults[name].forEach((_, gone) => {
      const left = faults[name].filter((__, at) => at !== gone);
      calm.push({ ...endpoint, faults: { ...faults, [name]: left } });
    });
  }
  for (const [name, value] of Object.entries(faults)) {
    if (typeof value === 'number' && value > 0)
      calm.push({ ...endpoint, faults: { ...faults, [name]: 0 } });
  }
  if (otherClients > 0) calm.push({ ...endpoint, otherClients: otherClients - 1 });
  return calm;
}

/** The scenario with one setting less off its default: whole parts first, then single fields. */
function plainer(scenario: Scenario): Scenario[] {
  const document = withoutDefaults(scenarioSchema, scenario);
  if (!isRecord(document)) return [];
  const parts: object[] = [];
  const fields: object[] = [];
  for (const [name, part] of Object.entries(document)) {
    if (name === 'title') continue;
    if (name === 'symbols') fields.push(...plainerSymbols(document));
    else if (name !== 'acceptance') parts.push(without(document, name));
    if (name === 'symbols' || !isRecord(part)) continue;
    const all = Object.keys(part);
    const own = name === 'acceptance' ? all.filter((field) => UNJUDGED.includes(field)) : all;
    fields.push(...own.map((field) => ({ ...document, [name]: without(part, field) })));
  }
  return parsed([...parts, ...fields]);
}

/** Those of the documents that are scenarios. */
function parsed(documents: readonly object[]): Scenario[] {
  return documents.flatMap((document) => {
    const scenario = parseScenario(document);
    return scenario.kind === 'ok' ? [scenario.value] : [];
  });
}

/** One field less in all symbols; names and how many signals stay. */
function plainerSymbols(document: Readonly<Record<string, unknown>>): object[] {
  const symbols = (document['symbols'] as readonly unknown[]).filter(isRecord);
  const names = new Set(symbols.flatMap((spec) => Object.keys(spec)));
  return [...names]
    .filter((name) => name !== 'name' && name !== 'signals')
    .map((name) => ({ ...document, symbols: symbols.map((spec) => without(spec, name)) }));
}

function without(record: Readonly<Record<string, unknown>>, name: string): object {
  return Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));
}

function passesByDefault(scenario: Scenario, parts: Parts): boolean {
  const run = new Run(scenario, { keepTrace: false, parts });
  const over = !run.advance(STEPS_MAX);
  if (!over) run.cancel();
  return run.result().verdict === 'passed';
}
