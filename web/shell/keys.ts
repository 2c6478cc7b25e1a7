/**
 * The page's own keys, by physical key, and when they are the page's to take.
 *
 * A key that is being typed somewhere belongs there; only the palette's chord works everywhere.
 */
export type PageKey = 'palette' | 'help' | 'search' | 'run' | 'live' | 'stop';

/** The part of a KeyboardEvent that decides. */
export interface Chord {
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What a chord asks of the page; `isTyping` where a field has the keyboard. */
export function pageKeyOf(chord: Chord, isTyping: boolean): PageKey | undefined {
  const { code, shiftKey, ctrlKey, metaKey, altKey } = chord;
  if (altKey) return undefined;
  const isChord = ctrlKey !== metaKey;
  if (isChord) {
    if (code === 'KeyK' && !shiftKey) return 'palette';
    if (code === 'Enter') return shiftKey ? 'live' : 'run';
    return code === 'Period' && !shiftKey ? 'stop' : undefined;
  }
  if (isTyping || ctrlKey) return undefined;
  if (code === 'Slash') return shiftKey ? 'help' : 'search';
  return undefined;
}

const TYPED = new Set(['INPUT', 'TEXTAREA', 'SELECT']);

/** Whether an element takes what is typed. */
export function isTypingIn(target: { readonly tagName?: string } | null): boolean {
  if (target === null) return false;
  const { isContentEditable = false } = target as { readonly isContentEditable?: boolean };
  return isContentEditable || TYPED.has(target.tagName ?? '');
}
