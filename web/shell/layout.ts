/** The parts of the page that can be chosen between: panes, the dock's tabs, the left column's. */

/** What a narrow screen shows at a time. */
export const PANES = ['verdict', 'timeline', 'money', 'setup'] as const;
export type Pane = (typeof PANES)[number];

export const DOCK_TABS = ['checks', 'acceptance', 'money', 'lock', 'events', 'story'] as const;
export type DockTab = (typeof DOCK_TABS)[number];

export const LEFT_TABS = ['gallery', 'scenario', 'runs', 'log'] as const;
export type LeftTab = (typeof LEFT_TABS)[number];

/** Below this a screen shows one pane at a time; below the other the left column is a drawer. */
export const NARROW_PX = 720;
export const COMPACT_PX = 1280;
