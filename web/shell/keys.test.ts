import { expect, test } from 'vitest';
import { type Chord, isTypingIn, pageKeyOf } from './keys.ts';

const chord = (code: string, more: Partial<Chord> = {}): Chord => ({
  code,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

test('the palette opens from anywhere, by Ctrl or by Cmd, and not by both', () => {
  expect(pageKeyOf(chord('KeyK', { ctrlKey: true }), true)).toBe('palette');
  expect(pageKeyOf(chord('KeyK', { metaKey: true }), false)).toBe('palette');
  expect(pageKeyOf(chord('KeyK', { metaKey: true, ctrlKey: true }), false)).toBeUndefined();
  expect(pageKeyOf(chord('KeyK'), false)).toBeUndefined();
});

test('search and help are keys of their own, but not while something is typed', () => {
  expect(pageKeyOf(chord('Slash'), false)).toBe('search');
  expect(pageKeyOf(chord('Slash', { shiftKey: true }), false)).toBe('help');
  expect(pageKeyOf(chord('Slash'), true)).toBeUndefined();
  expect(pageKeyOf(chord('Slash', { ctrlKey: true }), false)).toBeUndefined();
});

test('fields take what is typed, buttons do not', () => {
  expect(isTypingIn({ tagName: 'TEXTAREA' })).toBe(true);
  expect(isTypingIn({ tagName: 'BUTTON' })).toBe(false);
  expect(isTypingIn(null)).toBe(false);
});

test('running, real time and stopping are chords that work everywhere', () => {
  const ctrlKey = true;
  expect(pageKeyOf(chord('Enter', { ctrlKey }), true)).toBe('run');
  expect(pageKeyOf(chord('Enter', { ctrlKey, shiftKey: true }), true)).toBe('live');
  expect(pageKeyOf(chord('Period', { ctrlKey }), true)).toBe('stop');
  expect(pageKeyOf(chord('Period', { ctrlKey, shiftKey: true }), false)).toBeUndefined();
  expect(pageKeyOf(chord('Period'), false)).toBeUndefined();
});
