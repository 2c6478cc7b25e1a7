/** Starts the page: one session, the reader's preferences, one tree of views. */
import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { Page } from './shell/page.svelte.ts';
import { Preferences } from './state/preferences.svelte.ts';
import { RecentRuns } from './state/recent-runs.svelte.ts';
import { Session } from './state/session.svelte.ts';

/** The browser's memory, or nothing where the reader has forbidden it. */
function memory(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

const target = document.getElementById('app');
if (target !== null) {
  const preferences = new Preferences(memory(), navigator.languages);
  await preferences.start();
  const page = new Page(new Session(), preferences, {
    base: `${location.origin}${location.pathname}${location.search}`,
    hash: () => location.hash,
    replace: (address) => history.replaceState(null, '', address),
    memory: memory(),
    recent: new RecentRuns(),
    liveDoors: async () => (await import('./state/live-doors.ts')).liveDoors,
  });
  mount(App, { target, props: { page } });
}
