/** What of this browser keeps unsent pictures, and keeps the pages of one gallery from disturbing each other. */
import type { BrowserPorts } from '../state/workspace.ts';
import { browserEditNews } from './editNews.ts';
import { createFallbackOutbox } from './outbox/fallback.ts';
import { openIndexedDbOutbox } from './outbox/indexedDb.ts';
import { browserLocks } from './outbox/locks.ts';
import { browserNews } from './outbox/news.ts';
import { browserPageLife } from './pageLife.ts';
import { browserStorage } from './sessionRegistry.ts';

export function browserPorts(): BrowserPorts {
  return {
    openOutbox: (told) => createFallbackOutbox(openIndexedDbOutbox(), told),
    locks: browserLocks(),
    news: browserNews(),
    storage: browserStorage(),
    editNews: browserEditNews(),
    life: browserPageLife(),
    tabStorage: tabStorage(),
  };
}

function tabStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
