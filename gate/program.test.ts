/** The command line as a whole: links, the gallery, help, and what is refused as a usage error. */
import { describe, expect, it } from 'vitest';
import { GALLERY } from '../sim/index.ts';
import { errorOf } from './testing/documents.ts';
import { runJson, runLab } from './testing/fake-shell.ts';
import { testFiles } from './testing/files.ts';

const files = testFiles();

describe('lab url', () => {
  it('turns every gallery scenario into a link, and back into the same scenario', async () => {
    for (const entry of GALLERY) {
      const link = await runLab(['url', entry.name]);
      expect(link.out).toMatch(/^http:\/\/localhost:4173\/#s1=[A-Za-z0-9_-]+$/);
      const back = await runLab(['url', '--decode', link.out]);
      expect(JSON.parse(back.out)).toEqual(entry.scenario);
    }
  });

  it('takes a seed, and a decoded scenario as a file', async () => {
    const link = await runLab(['url', 'reference', '--seed', '77']);
    const json = await runLab(['url', '--decode', link.out]);
    const again = await runLab(['url', files.write('decoded.json', json.out)]);
    expect(again.out).toBe(link.out);
    expect(JSON.parse(json.out)).toMatchObject({ seed: 77 });
  });

  it('refuses a link that is damaged, and asks for exactly one thing', async () => {
    const bad = await runJson(['url', '--decode', 'http://localhost:4173/#s1=AAAA']);
    expect(bad.status).toBe(2);
    expect(errorOf(bad.document).message).not.toBe('');
    expect((await runLab(['url'])).status).toBe(2);
    expect((await runLab(['url', 'reference', '--decode', 'x'])).status).toBe(2);
  });
});

describe('lab gallery', () => {
  it('lists every scenario with its expected verdict, its checks and what it shows', async () => {
    const { status, out } = await runLab(['gallery']);
    expect(status).toBe(0);
    const text = out.replace(/\n +/g, ' ').replace(/ {2,}/g, ' ');
    for (const entry of GALLERY) {
      const { verdict, checks, races } = entry.expect;
      const some = races.length === 0 ? '' : `; on some schedule violated ${races.join(' ')}`;
      const told = [entry.name, verdict, ...checks].join(' ') + some;
      expect(text).toContain(` ${told} ${entry.long ? '(takes a while) ' : ''}${entry.shows}`);
    }
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('is a document too', async () => {
    const { document } = await runJson(['gallery']);
    const scenarios = document['scenarios'] as { name: string; url: string }[];
    expect(scenarios.map(({ name }) => name)).toEqual(GALLERY.map(({ name }) => name));
    expect(scenarios[0]).toMatchObject({ verdict: 'passed', checks: [], long: false });
  });
});

describe('lab, used wrongly', () => {
  it.each([
    [[]],
    [['fly']],
    [['run']],
    [['run', 'reference', 'too', 'much']],
    [['run', 'refrence']],
    [['run', 'reference', '--seed', '-1']],
    [['run', 'reference', '--seed', '1.5']],
    [['run', 'reference', '--seed', '9007199254740992']],
    [['run', 'reference', '--nope']],
    [['run', 'reference', '--expect', 'violated:lock.unknown']],
    [['check-log']],
    [['gallery', 'extra']],
  ])('%j is a usage error with a message', async (words) => {
    const text = await runLab(words);
    expect([text.status, text.out]).toEqual([2, '']);
    expect(text.notes).toMatch(/^lab: \S/);
    const { status, document } = await runJson(words);
    expect(status).toBe(2);
    expect(errorOf(document)).toMatchObject({
      code: expect.stringMatching(/^[a-z-]+$/) as string,
      message: expect.stringMatching(/\S/) as string,
    });
  });

  it('says what may have been meant', async () => {
    expect((await runLab(['run', 'refrence'])).notes).toContain('did you mean reference?');
  });

  it('refuses files that are no scenario, with their place', async () => {
    const wrong = files.write(
      'wrong.json',
      JSON.stringify({ symbols: [{ name: 'A', signls: 3 }] }),
    );
    expect((await runLab(['run', wrong])).notes).toContain('signls');
    const cases = [
      files.write('no.json', 'no json'),
      files.write('utf16', Uint8Array.of(0xff, 0xfe)),
      files.directory,
    ];
    for (const path of cases) expect((await runLab(['run', path])).status).toBe(2);
  });

  it('helps on standard output, with status 0', async () => {
    const help = await runLab(['--help']);
    expect(help.status).toBe(0);
    for (const name of ['run', 'check-log', 'explore', 'url', 'gallery', 'gate'])
      expect(help.out).toContain(name);
    expect((await runLab(['run', '--help'])).out).toContain('--seed');
  });
});
