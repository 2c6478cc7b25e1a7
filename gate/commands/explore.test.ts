/** `lab explore` on the real core: what it finds, what it proves, and what it never claims. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorOf, violatedIn } from '../testing/documents.ts';
import { runJson, runLab } from '../testing/fake-shell.ts';
import { testFiles } from '../testing/files.ts';

const files = testFiles();

interface ViolationDocument {
  readonly check: string;
  readonly url: string;
  readonly steps: readonly { readonly step: number; readonly text: string }[];
  readonly shrink: {
    readonly minimal: boolean;
    readonly replays: number;
    readonly choices: number;
  };
}

function violationOf(document: Record<string, unknown>): ViolationDocument {
  return document['violation'] as ViolationDocument;
}

const PROVABLE = ['explore', 'flag-race-repaired', '--strategy', 'exhaustive'];

describe('lab explore', () => {
  it('finds a race that the default run hides, and tells it as a story with a link', async () => {
    expect((await runLab(['run', 'wake-up-race'])).status).toBe(0);
    const { status, out } = await runLab(['explore', 'wake-up-race']);
    expect(status).toBe(1);
    expect(out).toMatch(/^! Violated\. lock\.lost-wakeup, after \d+ schedules?\./m);
    expect(out).toMatch(/scope +2 symbols, 2 signals each; one atomic step is/);
    expect(out).toMatch(/schedule +\d+ to 1 choice off the default, 1-minimal, in\s+\d+ replays/);
    expect(out).toMatch(/^Story {2}lock\.lost-wakeup/m);
    expect(out).toMatch(/^\^ \d+\. ETHUSD\.s goes before .*; ETHUSD\.s asks for/m);
    expect(out).toMatch(/^ {5}inevitable from here$/m);
    expect(out).toMatch(/^Replay +http:\/\/localhost:4173\/#s2=\S+&p=0\S+&d=[0-9a-f]{16}$/m);
  });

  it.each(['random', 'pct', 'urw', 'portfolio', 'exhaustive'])(
    'gives by %s a link that run replays to the same check',
    async (strategy) => {
      const words = ['explore', 'lock-order-race', '--strategy', strategy];
      const { status, document } = await runJson(words);
      expect(status).toBe(1);
      expect(document).toMatchObject({
        verdict: 'violated',
        conclusion: 'violated',
        complete: false,
      });
      const { check, url, steps, shrink } = violationOf(document);
      expect(check).toBe('lock.deadlock');
      expect(steps.map(({ step }) => step)).toEqual(steps.map((_, at) => at + 1));
      expect(shrink).toMatchObject({ minimal: true });
      expect(url.length).toBeLessThanOrEqual(200);
      const again = await runJson(['run', url]);
      expect(again.status).toBe(1);
      expect(violatedIn(again.document)).toContain('lock.deadlock');
      expect(again.document).toMatchObject({ promisedDigest: { kept: true } });
    },
  );

  it('says proved, with its scope, where every schedule was covered', async () => {
    const { status, out } = await runLab(PROVABLE);
    expect(status).toBe(0);
    expect(out).toMatch(/^\+ Proved\. No schedule of this scope violates a check: \d+ executions/m);
    expect(out).toMatch(/scope +2 symbols, 2 signals each/);
    expect(out).not.toContain('Story');
    const { document } = await runJson(PROVABLE);
    expect(document).toMatchObject({
      verdict: 'passed',
      conclusion: 'proved',
      complete: true,
      violation: null,
      scope: expect.stringContaining('2 symbols') as string,
      schedules: expect.any(Number) as number,
    });
  });

  it.each([
    [
      'PCT, with its miss bound',
      ['--strategy', 'pct', '--schedules', '40'],
      /missed with a\s+prob/,
    ],
    ['a portfolio', ['--schedules', '40'], /--strategy exhaustive can prove/],
    ['a part of the schedules', ['--strategy', 'exhaustive', '--shard', '1/2'], /part 1 of 2/],
    [
      'an exhaustive search that was cut off',
      ['--strategy', 'exhaustive', '--schedules', '5'],
      /more/i,
    ],
  ])('never says proved of %s', async (_, words, why) => {
    const { status, out } = await runLab(['explore', 'flag-race-repaired', ...words]);
    expect(status).toBe(3);
    expect(out).toMatch(/^\? Not refuted in \d+ schedules?\. Not a proof\./m);
    expect(out.replace(/\n +/g, ' ')).toMatch(why);
    expect(out).not.toMatch(/proved\b/i);
  });

  it('never says proved where there was nothing to choose', async () => {
    const alone = {
      symbols: [{ name: 'EURUSD', signals: 1 }],
      socket: { sendTimeoutUs: 0, receiveTimeoutUs: 0 },
    };
    const path = files.write('alone.json', JSON.stringify(alone));
    const { status, out } = await runLab(['explore', path, '--strategy', 'exhaustive']);
    if (out.includes('There is one schedule only')) expect(status).toBe(3);
    else expect(out).toMatch(/[2-9]|\d\d+ executions/);
    expect(out).not.toMatch(/Proved.*: 1 execution covered/);
  });

  it('looks for the check that is expected, and turns it into the status', async () => {
    const words = ['explore', 'flag-race', '--expect', 'violated:socket.alternation'];
    const met = await runJson(words);
    expect(met.status).toBe(0);
    expect(violationOf(met.document).check).toBe('socket.alternation');
    const missed = await runLab([...PROVABLE, '--expect', 'violated:lock.exclusion']);
    expect(missed.status).toBe(1);
    expect((await runLab([...PROVABLE, '--expect', 'passed'])).status).toBe(0);
  });

  it('ends with what it has when it is interrupted, and calls that inconclusive', async () => {
    const { status, out } = await runLab(['explore', 'reference'], { interruptAfter: 1 });
    expect(status).toBe(3);
    expect(out).toMatch(/Not refuted in \d+ schedules?\. Not a proof\. Cancelled\./);
  });

  it('gives a larger violation when it is interrupted while it shrinks', async () => {
    const { status, out } = await runLab(['explore', 'lost-wakeup'], { interruptAfter: 3 });
    expect(status).toBe(1);
    expect(out).toMatch(/Violated\. lock\.lost-wakeup/);
  });

  it.each([
    [['explore']],
    [['explore', 'reference', '--strategy', 'luck']],
    [['explore', 'reference', '--schedules', '0']],
    [['explore', 'reference', '--seconds', 'soon']],
    [['explore', 'reference', '--shard', '3/2']],
    [['explore', 'reference', '--shard', '0/2']],
    [['explore', 'reference', '--reporter', 'tap']],
    [['explore', 'refrence']],
  ])('refuses %j', async (words) => {
    const { status, document } = await runJson(words);
    expect(status).toBe(2);
    expect(errorOf(document).message).not.toBe('');
  });
});

describe('lab explore --reporter junit', () => {
  it.each([
    [
      'a violation as a failure',
      ['wake-up-race'],
      1,
      /<failure type="lock\.lost-wakeup" message="Vio/,
    ],
    ['a proof as a pass', PROVABLE.slice(1), 0, /<testcase [^>]*>\n {6}<system-out>/],
    [
      'anything else as skipped',
      ['reference', '--schedules', '3'],
      3,
      /<skipped message="Not refuted/,
    ],
  ])('tells %s', async (_, words, expected, form) => {
    const { status, out } = await runLab(['explore', ...words, '--reporter', 'junit']);
    expect(status).toBe(expected);
    expect(out).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="lab explore" /,
    );
    expect(out).toMatch(form);
    expect(tagsOf(out)).toEqual([]);
  });

  it('escapes whatever a scenario is called', async () => {
    const scenario = { title: `<&"'> ]]>`, symbols: [{ name: 'A', signals: 1 }] };
    const path = files.write('odd.json', JSON.stringify(scenario));
    const { out } = await runLab(['explore', path, '--schedules', '2', '--reporter', 'junit']);
    expect(out).toContain("&lt;&amp;&quot;'&gt; ]]&gt;");
    expect(tagsOf(out)).toEqual([]);
  });
});

/** What is left open or closed without being open, in a document of elements and text. */
function tagsOf(xml: string): string[] {
  const open: string[] = [];
  for (const [, end = '', name = '', single = ''] of xml
    .slice(xml.indexOf('\n'))
    .matchAll(/<(\/?)([\w-]+)(?:\s+[\w-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (end === '/') {
      if (open.pop() !== name) return [`</${name}>`];
    } else if (single === '') open.push(name);
  }
  const rest = xml
    .slice(xml.indexOf('\n'))
    .replace(/<\/?[\w-]+(?:\s+[\w-]+="[^"<]*")*\s*\/?>/g, '');
  return /[<>]|&(?!(amp|lt|gt|quot);)/.test(rest) ? [...open, 'text'] : open;
}

describe('the gallery', () => {
  it('says which scenarios only some schedules violate', async () => {
    const races = (JSON.parse(readFileSync('fixtures/golden/replays.json', 'utf8')) as object[])
      .length;
    const { document } = await runJson(['gallery']);
    const scenarios = document['scenarios'] as { readonly races: readonly string[] }[];
    expect(scenarios.flatMap((each) => each.races)).toHaveLength(races);
    expect((await runLab(['gallery'])).out).toContain('on some schedule violated lock.deadlock');
  });
});
