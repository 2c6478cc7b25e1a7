/** Starts the page: one session, the reader's preferences, one tree of views. */
import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { Preferences } from './state/preferences.svelte.ts';
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
  mount(App, { target, props: { session: new Session(), preferences } });
}
