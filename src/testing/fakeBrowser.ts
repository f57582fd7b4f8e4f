/** A browser whose pages share an outbox, locks and news, and can vanish at any moment. */
import type { Locks } from '../services/outbox/locks.ts';
import { createMemoryOutbox } from '../services/outbox/memory.ts';
import type { News, OutboxNews } from '../services/outbox/news.ts';
import type { Outbox } from '../services/outbox/port.ts';

export interface FakePage {
  readonly outbox: Outbox;
  readonly locks: Locks;
  readonly news: News;
  /** What this page asks of the world; after a crash no answer reaches it, and no request leaves it. */
  ask<T>(question: () => Promise<T>): Promise<T>;
  crash(): void;
}

export interface FakeBrowser {
  /** What survives all pages. */
  readonly outbox: Outbox;
  newPage(): FakePage;
}

interface Held {
  readonly page: object;
  readonly free: Promise<void>;
  readonly release: () => void;
}

/** `hears` tells whether one message reaches one page. */
export function createFakeBrowser(hears: () => boolean = () => true): FakeBrowser {
  const outbox = createMemoryOutbox();
  const held = new Map<string, Held>();
  const listeners = new Map<object, ((news: OutboxNews) => void)[]>();

  const hold = (name: string, page: object): Held => {
    let release = (): void => undefined;
    const free = new Promise<void>((resolve) => (release = resolve));
    const lock = {
      page,
      free,
      release: () => {
        if (held.get(name) === lock) held.delete(name);
        release();
      },
    };
    held.set(name, lock);
    return lock;
  };

  const newPage = (): FakePage => {
    const page = {};
    let alive = true;
    const isAlive = (): boolean => alive;
    const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
    const ask = async <T>(question: () => Promise<T>): Promise<T> => {
      if (!isAlive()) return never();
      try {
        const answer = await question();
        return await (isAlive() ? answer : never<T>());
      } catch (error) {
        if (!isAlive()) return never();
        throw error;
      }
    };
    listeners.set(page, []);

    return {
      outbox: {
        put: (job, draft) => ask(() => outbox.put(job, draft)),
        list: () => ask(() => outbox.list()),
        find: (key) => ask(() => outbox.find(key)),
        change: (key, change) => ask(() => outbox.change(key, change)),
        settle: (note) => ask(() => outbox.settle(note)),
        draft: (key) => ask(() => outbox.draft(key)),
        keepDraft: (draft) => ask(() => outbox.keepDraft(draft)),
      },
      locks: {
        async attempt(name, work) {
          if (!isAlive()) return never();
          if (held.has(name)) return ask(() => Promise.resolve(false));
          const lock = hold(name, page);
          await ask(work).finally(lock.release);
          return true;
        },
        whenFree: (name) => ask(async () => held.get(name)?.free),
        hold: () => Promise.resolve(true),
      },
      news: {
        tell(news) {
          if (!isAlive()) return;
          for (const [other, heard] of listeners)
            if (other !== page && hears())
              for (const listener of heard) queueMicrotask(() => listener(news));
        },
        subscribe: (listener) => void listeners.get(page)?.push(listener),
      },
      ask,
      crash() {
        alive = false;
        listeners.delete(page);
        for (const lock of [...held.values()]) if (lock.page === page) lock.release();
      },
    };
  };
  return { outbox, newPage };
}
