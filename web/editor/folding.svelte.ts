/** Which parts of the editor are open: any sections, and one symbol at a time. */
import { SvelteSet } from 'svelte/reactivity';
import { sectionAt } from './fields.ts';
import { pathOf, rowKey, valueAt } from './path.ts';

export class Folding {
  readonly sections = new SvelteSet<string>(['symbols', 'lock']);
  /** The key of the symbol whose fields are shown. */
  symbol: number | undefined = $state();
  asText = $state(false);

  fold(section: string, isOpen: boolean): void {
    if (isOpen) this.sections.add(section);
    else this.sections.delete(section);
  }

  /** Opens what holds the field at `path`, as a problem names it. */
  reveal(path: string, document: unknown): void {
    const keys = pathOf(path);
    this.sections.add(sectionAt(keys[0]).name);
    const symbol = keys[0] === 'symbols' ? valueAt(document, keys.slice(0, 2)) : undefined;
    const isRow = keys.length > 1 && typeof symbol === 'object' && symbol !== null;
    if (isRow) this.symbol = rowKey(symbol);
  }
}
