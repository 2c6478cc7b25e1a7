/**
 * CodeMirror as the page needs it: JavaScript or TypeScript, in the page's colours, with problems
 * at their lines.
 *
 * It lives in a shadow root, where its styles are adopted and so allowed by the page's policy. Tab
 * indents; after Escape the next Tab leaves. Known limit: no completion, no check of types.
 */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';

export type Language = 'ts' | 'js';

/** A line of the code with what is wrong in it, from 1. */
export interface Mark {
  readonly line: number;
  readonly message: string;
}

/** A code editor in a place of the page. */
export interface CodeEditor {
  /** Shows a text; the reader's place in it stays where the text is the same. */
  readonly show: (text: string, language: Language) => void;
  /** Marks a line, or none. */
  readonly mark: (mark: Mark | undefined) => void;
  readonly focus: () => void;
  readonly close: () => void;
}

const COLOURS = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--secondary)', fontStyle: 'italic' },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: 'var(--accent)' },
  { tag: tags.controlKeyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--passed)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--passed)' },
  { tag: [tags.typeName, tags.typeOperator], color: 'var(--secondary)' },
]);

const THEME = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--lane)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { font: 'inherit', lineHeight: 'inherit', overflow: 'auto' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 12px 0 8px' },
  '.cm-gutters': {
    color: 'var(--secondary)',
    backgroundColor: 'var(--lane)',
    border: '0',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--panel) 60%, transparent)',
  },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground':
    { backgroundColor: 'color-mix(in srgb, var(--accent) 30%, transparent)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--border)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--violated)',
  },
  '.cm-tooltip': {
    color: 'var(--text)',
    backgroundColor: 'var(--lane)',
    border: '1px solid var(--border)',
  },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--violated)' },
});

/** Puts an editor into a shadow root; `label` names it. */
export function openEditor(
  root: ShadowRoot,
  label: string,
  onchange: (text: string) => void,
): CodeEditor {
  const language = new Compartment();
  let isShowing = false;
  const extensions: Extension = [
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    indentUnit.of('  '),
    EditorState.tabSize.of(2),
    EditorView.lineWrapping,
    syntaxHighlighting(COLOURS),
    THEME,
    keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
    EditorView.domEventHandlers({ beforeinput: typeOver }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !isShowing) onchange(update.state.doc.toString());
    }),
    language.of(languageOf('ts')),
  ];
  const view = new EditorView({ extensions, root, parent: root });
  return {
    show: (text, wanted) => {
      isShowing = true;
      view.dispatch({ effects: language.reconfigure(languageOf(wanted)) });
      if (view.state.doc.toString() !== text) {
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      }
      isShowing = false;
    },
    mark: (mark) => {
      const { doc } = view.state;
      const line = mark && doc.line(Math.min(Math.max(1, mark.line), doc.lines));
      const from = line === undefined ? 0 : line.from + (/^\s*/.exec(line.text)?.[0].length ?? 0);
      const found = line &&
        mark && [{ from, to: line.to, severity: 'error' as const, message: mark.message }];
      view.dispatch(setDiagnostics(view.state, found ?? []));
      if (line !== undefined) {
        view.dispatch({ effects: EditorView.scrollIntoView(line.from, { y: 'nearest' }) });
      }
    },
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}

/**
 * Typing over a selection, done by the editor: the browser would keep the look of what was there by
 * inline styles, which the page's policy refuses.
 */
function typeOver(event: InputEvent, view: EditorView): boolean {
  const { data, inputType } = event;
  const isEmpty = view.state.selection.ranges.every((range) => range.empty);
  if (inputType !== 'insertText' || data === null || isEmpty || view.composing) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type' });
  return true;
}

function languageOf(language: Language): Extension {
  return javascript({ typescript: language === 'ts' });
}
