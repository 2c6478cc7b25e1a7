/**
 * The timeline's colours by role, for light, dark and forced colours.
 *
 * Every role has a form as well (hatch, notch, diamond, dash), so that no meaning hangs on a
 * colour. Contrasts were measured against `lane`. With `outlines`, shapes get an edge in the text's
 * colour, because a forced palette gives several roles the same colour.
 */

/** Colours as CSS text; every value may also be a CSS system colour. */
export interface Palette {
  readonly background: string;
  readonly panel: string;
  readonly lane: string;
  readonly text: string;
  readonly secondary: string;
  readonly border: string;
  readonly waiting: string;
  readonly holding: string;
  readonly accent: string;
  readonly handover: string;
  readonly violated: string;
  readonly passed: string;
  /** True where shapes need an edge, because the colours are not ours. */
  readonly outlines: boolean;
}

export const LIGHT: Palette = {
  background: '#FBFBFA',
  panel: '#F2F2EF',
  lane: '#FFFFFF',
  text: '#1B1D21',
  secondary: '#565B64',
  border: '#868B94',
  waiting: '#7D838D',
  holding: '#3D82E0',
  accent: '#1F5FBF',
  handover: '#8F6400',
  violated: '#A8002F',
  passed: '#00708C',
  outlines: false,
};

export const DARK: Palette = {
  background: '#131519',
  panel: '#1B1E24',
  lane: '#16191E',
  text: '#E8EAED',
  secondary: '#A6ACB7',
  border: '#6B727E',
  waiting: '#79818E',
  holding: '#4C8FE8',
  accent: '#7DB2FF',
  handover: '#E9CB7C',
  violated: '#FF7F94',
  passed: '#45BCD4',
  outlines: false,
};

/** For `forced-colors: active`: the system's own words for colours, and edges everywhere. */
export const FORCED: Palette = {
  background: 'Canvas',
  panel: 'Canvas',
  lane: 'Canvas',
  text: 'CanvasText',
  secondary: 'CanvasText',
  border: 'CanvasText',
  waiting: 'GrayText',
  holding: 'Highlight',
  accent: 'LinkText',
  handover: 'CanvasText',
  violated: 'CanvasText',
  passed: 'CanvasText',
  outlines: true,
};
