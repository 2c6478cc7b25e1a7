/** A pen that writes down what it is told, with the state that each stroke had. */
import type { Pen } from '../pen.ts';

/** One stroke: what was drawn, its numbers, and with which colours. */
export interface Stroke {
  readonly op: 'fillRect' | 'strokeRect' | 'fill' | 'stroke' | 'fillText';
  /**
   * Of a rectangle x, y, width, height; of a text x, y; of a path its points one after the other.
   */
  readonly at: readonly number[];
  readonly text: string;
  readonly colour: string;
  readonly alpha: number;
  readonly dash: readonly number[];
}

export interface Recording {
  readonly pen: Pen;
  readonly strokes: Stroke[];
  /** The scale that was set last. */
  readonly ratio: () => number;
}

/** A pen whose every stroke can be read afterwards; a letter is six pixels wide. */
export function recordingPen(): Recording {
  const strokes: Stroke[] = [];
  let path: number[] = [];
  let dash: number[] = [];
  let ratio = 1;
  const state: Partial<Pen> & { fillStyle: string; strokeStyle: string; globalAlpha: number } = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    font: '',
    textAlign: 'left',
    textBaseline: 'top',
    globalAlpha: 1,
  };
  const write = (op: Stroke['op'], at: readonly number[], text = ''): void => {
    const colour = op === 'stroke' || op === 'strokeRect' ? state.strokeStyle : state.fillStyle;
    strokes.push({ op, at: [...at], text, colour, alpha: state.globalAlpha, dash: [...dash] });
  };
  const pen = Object.assign(state, {
    setTransform: (scale: number): void => {
      ratio = scale;
    },
    fillRect: (...at: number[]): void => write('fillRect', at),
    strokeRect: (...at: number[]): void => write('strokeRect', at),
    beginPath: (): void => {
      path = [];
    },
    moveTo: (...at: number[]): void => void path.push(...at),
    lineTo: (...at: number[]): void => void path.push(...at),
    rect: (x: number, y: number, width: number, height: number): void =>
      void path.push(x, y, x + width, y + height),
    closePath: (): void => undefined,
    fill: (): void => write('fill', path),
    stroke: (): void => write('stroke', path),
    fillText: (text: string, ...at: number[]): void => write('fillText', at, text),
    measureText: (text: string): { width: number } => ({ width: text.length * 6 }),
    save: (): void => undefined,
    restore: (): void => undefined,
    clip: (): void => undefined,
    setLineDash: (to: number[]): void => {
      dash = to;
    },
  });
  return { pen: pen as unknown as Pen, strokes, ratio: () => ratio };
}
