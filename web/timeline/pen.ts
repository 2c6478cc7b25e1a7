/**
 * What drawing needs of a canvas: a CanvasRenderingContext2D is one, and so is a test that records.
 *
 * Written out instead of picked from the DOM's types, so that drawing can be checked and measured
 * where there is no DOM. No pattern and no image: hatches are lines, so the calls are the whole
 * picture.
 */

export interface Pen {
  /** We set colours as text only; a canvas could give more back. */
  fillStyle: string | object;
  strokeStyle: string | object;
  lineWidth: number;
  globalAlpha: number;
  font: string;
  textAlign: 'left' | 'right' | 'center' | 'start' | 'end';
  textBaseline: 'top' | 'middle' | 'bottom' | 'alphabetic' | 'hanging' | 'ideographic';
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  closePath(): void;
  fill(): void;
  stroke(): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  save(): void;
  restore(): void;
  clip(): void;
  setLineDash(segments: number[]): void;
}
