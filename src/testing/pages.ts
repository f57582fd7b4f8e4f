/** Browsers and pages for tests: pages of one browser share storage, locks and news, as tabs do. */
import type { EditNews } from '../services/edits/editNews.ts';
import type { GalleryApi } from '../services/galleryApi.ts';
import { type StorageLike, createSessionRegistry } from '../services/sessionRegistry.ts';
import type { Locks } from '../services/outbox/locks.ts';
import { PAGE_ONLY, type Workspace, createWorkspace } from '../state/workspace.ts';

export interface TestPage {
  readonly workspace: Workspace;
  /** It is gone, without a farewell. */
  kill(): void;
}

export interface TestBrowser {
  readonly items: Map<string, string>;
  page(api: GalleryApi, locks?: Partial<Locks>): TestPage;
}

let pages = 0;

export function createTestBrowser(): TestBrowser {
  const items = new Map<string, string>();
  const holders = new Map<string, number>();
  const listeners = new Map<number, Set<(sessionId: string) => void>>();
  return {
    items,
    page(api, locks) {
      const page = ++pages;
      const dead = { is: false };
      const mine = new Set<(sessionId: string) => void>();
      listeners.set(page, mine);
      const editNews: EditNews = {
        tell(sessionId) {
          for (const [other, heard] of listeners)
            if (other !== page)
              for (const listener of heard) queueMicrotask(() => listener(sessionId));
        },
        subscribe(listener) {
          mine.add(listener);
          return () => mine.delete(listener);
        },
      };
      const storage = storageOf(items, dead);
      let keys = 0;
      const workspace = createWorkspace(
        whileAlive(api, dead),
        createSessionRegistry(storage),
        () => `p${page}k${++keys}`,
        { ...PAGE_ONLY, storage, editNews, locks: { ...locksOf(holders, page), ...locks } },
      );
      return {
        workspace,
        kill() {
          dead.is = true;
          listeners.delete(page);
          for (const [name, holder] of holders) if (holder === page) holders.delete(name);
        },
      };
    },
  };
}

function locksOf(holders: Map<string, number>, page: number) {
  return {
    async attempt(name: string, work: () => Promise<void>) {
      if (holders.has(name)) return false;
      holders.set(name, page);
      await work();
      holders.delete(name);
      return true;
    },
    whenFree: () => Promise.resolve(),
    hold(name: string) {
      holders.set(name, page);
      return Promise.resolve(true);
    },
  };
}

function storageOf(items: Map<string, string>, dead: { is: boolean }): StorageLike {
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem(name, value) {
      if (!dead.is) items.set(name, value);
    },
    removeItem(name) {
      if (!dead.is) items.delete(name);
    },
  };
}

/** A page that is gone asks nothing more, and hears no answer. */
function whileAlive(api: GalleryApi, dead: { is: boolean }): GalleryApi {
  return new Proxy(api, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== 'function') return method;
      return async (...given: unknown[]): Promise<unknown> => {
        const gone = (): boolean => dead.is;
        if (gone()) return forever();
        const answer: unknown = await (method as (...given: unknown[]) => unknown)(...given);
        return gone() ? forever() : answer;
      };
    },
  });
}

function forever(): Promise<never> {
  return new Promise(() => undefined);
}
