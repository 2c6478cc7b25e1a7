/**
 * Every view that a reader can bring up, and how: what accessibility and layout are judged on.
 *
 * Each is entered from wherever the one before it left the page.
 */
import { expect } from '@playwright/test';
import { DOCK_TABS } from './dock.ts';
import type { LabPage } from './lab-page.ts';

/** A view by its name in a report. */
export interface View {
  readonly name: string;
  /** The part of the page that it fills, as a selector. */
  readonly scope: string;
  readonly enter: (lab: LabPage) => Promise<void>;
  readonly leave?: (lab: LabPage) => Promise<void>;
}

const escape = (lab: LabPage): Promise<void> => lab.page.keyboard.press('Escape');

const dialog: Pick<View, 'leave'> = {
  leave: async (lab) => {
    await escape(lab);
    // Closed is not yet gone: the page hears of it a moment later.
    await expect(lab.page.locator('dialog')).toHaveCount(0);
  },
};

const opening = (name: string, enter: (lab: LabPage) => Promise<void>): View => ({
  name,
  scope: 'dialog',
  enter: async (lab) => {
    await enter(lab);
    await expect(lab.page.getByRole('dialog')).toBeVisible();
  },
  ...dialog,
});

/** Tabs in the order in which they stand, so that they can be found in every language. */
const dockView = (name: string, at: number): View => ({
  name: `dock: ${name}`,
  scope: '#dock-panel',
  enter: async (lab) => {
    await lab.goTo(name === 'Reconciliation' ? 'money' : 'verdict');
    await lab.dock.tabs.nth(at).click();
    await expect(lab.dock.panel.locator('*').first()).toBeAttached();
  },
});

const leftView = (name: string, at: number): View => ({
  name: `left: ${name}`,
  scope: '#left-panel',
  enter: async (lab) => {
    await lab.goTo('setup');
    await lab.openLeft(at);
  },
  leave: (lab) => lab.closeLeft(),
});

/** All views of a finished run. */
export const VIEWS: readonly View[] = [
  ...DOCK_TABS.map(dockView),
  { name: 'timeline', scope: 'main', enter: (lab) => lab.goTo('timeline') },
  ...['gallery', 'scenario', 'runs', 'logs'].map(leftView),
  opening('help', (lab) => lab.page.keyboard.press('Shift+Slash')),
  opening('command palette', (lab) => lab.page.keyboard.press('Control+KeyK')),
  opening('share', (lab) => lab.bar.share.click()),
  opening('real time', (lab) => lab.live.open.click()),
];
