import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Command, matching } from './commands.ts';

const command = (label: string, also = ''): Command => ({
  id: label,
  label,
  group: 'Scenario',
  also,
  run: () => undefined,
});
const labels = (commands: readonly Command[]): string[] => commands.map(({ label }) => label);

test('nothing typed offers everything in its order', () => {
  const all = [command('b'), command('a')];
  expect(matching(all, '  ')).toEqual(all);
});

test('letters in their order find a command, by its label or its other name', () => {
  const all = [command('A lock that lets go too early', 'escaping-lock'), command('Share')];
  expect(labels(matching(all, 'esc'))).toEqual(['A lock that lets go too early']);
  expect(labels(matching(all, 'lock early'))).toEqual(['A lock that lets go too early']);
  expect(matching(all, 'zzz')).toEqual([]);
});

test('what contains the typed text as it is comes before what merely has its letters', () => {
  const all = [command('Run to here, even slowly'), command('Theme: light'), command('The rest')];
  expect(labels(matching(all, 'rest'))[0]).toBe('The rest');
});

test('typing more never finds more', () => {
  const some = fc.array(fc.string({ maxLength: 12 }), { maxLength: 12 });
  fc.assert(
    fc.property(some, fc.string({ maxLength: 4 }), fc.string({ maxLength: 2 }), (all, a, b) => {
      fc.pre(a.trim() === a && a !== '' && b.trim() === b);
      const commands = all.map((label) => command(label));
      const fewer = labels(matching(commands, a + b));
      expect(labels(matching(commands, a))).toEqual(expect.arrayContaining(fewer));
    }),
  );
});
