/** One line of output in any engine: a bare shell has print, Node and bun have a console. */

declare const print: ((text: string) => void) | undefined;

/** Prints `text` and a line's end. */
export function emit(text: string): void {
  if (typeof print === 'function') print(text);
  else console.log(text);
}
