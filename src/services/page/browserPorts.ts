/** What of this browser keeps unsent pictures, and keeps the pages of one gallery from disturbing each other. */
import { isPageLock } from '../../state/session/unsentWork.ts';
import type { BrowserPorts } from '../../state/workspace.ts';
import { browserEditNews } from '../edits/editNews.ts';
import { createFallbackOutbox } from '../outbox/fallback.ts';
import { openIndexedDbOutbox } from '../outbox/indexedDb.ts';
import { type LockTalk, createAskingLocks } from '../outbox/askingLocks.ts';
import { type Locks, browserLocks } from '../outbox/locks.ts';
import { browserNews } from '../outbox/news.ts';
import { browserPageLife } from './pageLife.ts';
import { browserStorage } from '../sessionRegistry.ts';

export function browserPorts(): BrowserPorts {
  return {
    openOutbox: (told) => createFallbackOutbox(openIndexedDbOutbox(), told),
    locks: locks(),
    news: browserNews(),
    storage: browserStorage(),
    editNews: browserEditNews(),
    life: browserPageLife(),
    tabStorage: tabStorage(),
  };
}

/** Without the browser's own locks the pages ask each other which of them live. */
function locks(): Locks {
  if ('locks' in navigator || typeof BroadcastChannel === 'undefined') return browserLocks();
  const channel = new BroadcastChannel('dynamic-gallery-pages-1');
  return createAskingLocks(
    {
      postMessage: (talk: LockTalk) => channel.postMessage(talk),
      addEventListener: (type, listener) => channel.addEventListener(type, listener),
    },
    isPageLock,
  );
}

function tabStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
