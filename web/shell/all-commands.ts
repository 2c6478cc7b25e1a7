/** Everything that the command palette offers on this page, in the reader's words. */
import { CARDS } from '../format/cards.ts';
import { titleOf } from '../format/core-text.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../format/words.ts';
import { THEMES } from '../state/preferences.svelte.ts';
import type { Command } from './commands.ts';
import { DOCK_TABS, LEFT_TABS } from './layout.ts';
import type { Page } from './page.svelte.ts';

/** The commands that make sense at the moment. */
export function commandsOf(page: Page): readonly Command[] {
  return [...runCommands(page), ...viewCommands(page), ...scenarios(page), ...checks(page)];
}

function runCommands(page: Page): readonly Command[] {
  const { words, session } = page;
  const { phase, source, twin } = session;
  const isLog = source.kind === 'log';
  const canStep = source.kind === 'simulated';
  const one = (id: string, label: string, run: () => void, isOffered = true): Command[] =>
    isOffered ? [{ id, label, group: words.palette.groups.run, run }] : [];
  const resumes = phase === 'resting' ? words.resume : words.run;
  return [
    ...one('run', resumes, () => session.play(), phase !== 'running' && !isLog),
    ...one('pause', words.pause, () => session.pause(), phase === 'running' && canStep),
    ...one('step', words.step, () => session.step(), phase !== 'running' && canStep),
    ...one('stop', words.stop, () => session.cancel(), phase === 'running'),
    ...one('reset', words.reset, () => session.reset(), canStep),
    ...one('live', words.live, () => page.toggle('live'), page.session.scenario !== undefined),
    ...one('connect', words.connect, () => void page.connect()),
    ...liveCommands(page),
    ...one('repair', words.repairPart, () => page.repair(), twin !== undefined && !isLog),
    ...one('explore', words.explore, () => void page.explore(), !isLog),
    ...one('lock', words.yourLock, () => page.toggle('lock')),
    ...one('share', words.share, () => page.toggle('share')),
    ...one('real-log', words.realLog, () => page.openRealLog()),
    ...one('search', words.palette.search, () => page.search()),
    ...one('help', words.help, () => page.toggle('help')),
  ];
}

/** What the connection and a run in real time offer, once there was one. */
function liveCommands({ live, words }: Page): readonly Command[] {
  if (live === undefined) return [];
  const { link, words: said } = live;
  const one = (id: string, label: string, run: () => void, isOffered: boolean): Command[] =>
    isOffered ? [{ id, label, group: words.palette.groups.run, run }] : [];
  const isLinked = link.connected !== undefined;
  return [
    ...one('follow', said.palette.follow, () => live.follow(true), live.isRunning),
    ...one('disarm', said.palette.disarm, () => void link.disarm(), link.armed !== undefined),
    ...one('disconnect', said.palette.disconnect, () => link.disconnect(), isLinked),
  ];
}

function viewCommands(page: Page): readonly Command[] {
  const { words, preferences } = page;
  const group = words.palette.groups.view;
  return [
    ...DOCK_TABS.map((tab) => ({
      ...{ id: `dock-${tab}`, label: words.tabs[tab], group },
      run: () => page.showDock(tab),
    })),
    ...LEFT_TABS.map((tab) => ({
      ...{ id: `left-${tab}`, label: words.left[tab], group },
      run: () => page.openLeft(tab),
    })),
    ...THEMES.map((theme) => ({
      ...{ id: `theme-${theme}`, label: `${words.theme}: ${words.themes[theme]}`, group },
      run: () => preferences.paint(theme),
    })),
    ...LANGUAGES.map((language) => ({
      ...{ id: `language-${language}`, label: LANGUAGE_NAMES[language], group },
      run: () => void preferences.choose(language),
    })),
  ];
}

function scenarios(page: Page): readonly Command[] {
  const { words } = page;
  return CARDS.map((card) => ({
    ...{ id: `scenario-${card.name}`, label: titleOf(card, words), also: card.name },
    group: words.scenario,
    run: () => page.pick(card.name),
  }));
}

/** Each check leads to its first finding, or to where all checks stand. */
function checks(page: Page): readonly Command[] {
  const { words, session } = page;
  return (session.outcome?.checks ?? []).map(({ id, verdict, evidence }) => ({
    id: `check-${id.replace('.', '-')}`,
    label: `${id}: ${words.verdicts[verdict]}`,
    group: words.palette.groups.check,
    run: () => {
      const place = evidence.find(({ at }) => at.length > 0);
      if (verdict === 'violated' && place !== undefined) page.show(place);
      else page.showDock('checks');
    },
  }));
}
