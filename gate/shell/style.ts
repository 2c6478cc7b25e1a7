/**
 * Finds out how text may look on an output stream, from the stream and the environment.
 *
 * Colour and box characters are for terminals; a file or a pipe gets plain ASCII frames. NO_COLOR
 * wins over FORCE_COLOR, which wins over the terminal.
 */
import type { Style } from '../render/style.ts';

export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const COLUMNS_DEFAULT = 80;
const COLUMNS_MIN = 24;
/** Prose beyond this width is hard to read. */
const COLUMNS_MAX = 100;

/** The style of a stream; `platform` is Node's name of the operating system. */
export function styleOf(stream: OutputStream, env: Environment, platform: string): Style {
  const terminal = stream.isTTY === true && env['TERM'] !== 'dumb';
  const columns = stream.columns ?? Number(env['COLUMNS'] ?? NaN);
  return {
    columns: Number.isInteger(columns) && columns > 0 ? clamp(columns) : COLUMNS_DEFAULT,
    unicode: terminal && speaksUtf8(env, platform),
    colour: wantsColour(terminal, env),
  };
}

function clamp(columns: number): number {
  return Math.min(COLUMNS_MAX, Math.max(COLUMNS_MIN, columns));
}

function wantsColour(terminal: boolean, env: Environment): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return terminal;
}

function speaksUtf8(env: Environment, platform: string): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(
    (value) => (value ?? '') !== '',
  );
  if (locale === undefined) return platform === 'darwin' || platform === 'win32';
  return /utf-?8/i.test(locale);
}
