/** The words of parts that are loaded on demand, in the reader's language. */
import type { EditorWords } from '../format/words/editor-en.ts';
import type { ExploreWords } from '../format/words/explore-en.ts';
import type { LiveWords } from '../format/words/live-en.ts';
import type { LockWords } from '../format/words/lock-en.ts';
import type { LogsWords } from '../format/words/logs-en.ts';
import type { ShareWords } from '../format/words/share-en.ts';
import type { Language } from '../format/words.ts';

export async function loadEditorWords(language: Language): Promise<EditorWords> {
  if (language === 'zh') return (await import('../format/words/editor-zh.ts')).EDITOR_ZH;
  return (await import('../format/words/editor-en.ts')).EDITOR_EN;
}

export async function loadExploreWords(language: Language): Promise<ExploreWords> {
  if (language === 'zh') return (await import('../format/words/explore-zh.ts')).EXPLORE_ZH;
  return (await import('../format/words/explore-en.ts')).EXPLORE_EN;
}

export async function loadLockWords(language: Language): Promise<LockWords> {
  if (language === 'zh') return (await import('../format/words/lock-zh.ts')).LOCK_ZH;
  return (await import('../format/words/lock-en.ts')).LOCK_EN;
}

export async function loadShareWords(language: Language): Promise<ShareWords> {
  if (language === 'zh') return (await import('../format/words/share-zh.ts')).SHARE_ZH;
  return (await import('../format/words/share-en.ts')).SHARE_EN;
}

export async function loadLogsWords(language: Language): Promise<LogsWords> {
  if (language === 'zh') return (await import('../format/words/logs-zh.ts')).LOGS_ZH;
  return (await import('../format/words/logs-en.ts')).LOGS_EN;
}

export async function loadLiveWords(language: Language): Promise<LiveWords> {
  if (language === 'zh') return (await import('../format/words/live-zh.ts')).LIVE_ZH;
  return (await import('../format/words/live-en.ts')).LIVE_EN;
}
