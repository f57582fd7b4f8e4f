/** Names that one page at a time can hold; whoever holds one loses it when its page goes. */
export interface Locks {
  /** Does the work while holding the name; false, without doing it, when another page has it. */
  attempt(name: string, work: () => Promise<void>): Promise<boolean>;
  /** Ends when whoever holds the name is done, or gone. */
  whenFree(name: string): Promise<void>;
  /** Holds the name for as long as the page lives; false when another page still has it after `ms`. */
  hold(name: string, ms: number): Promise<boolean>;
}

/** Where pages cannot see each other's locks, they ask again after so long. */
const BLIND_WAIT_MS = 30_000;

/** The browser's locks; absent where the page came over plain http from another machine. */
export function browserLocks(manager = (navigator as Partial<Navigator>).locks): Locks {
  return manager === undefined ? createBlindLocks() : createWebLocks(manager);
}

export function createWebLocks(manager: LockManager): Locks {
  return {
    async attempt(name, work) {
      let held = true;
      await manager.request(name, { ifAvailable: true }, async (lock) => {
        if (lock === null) held = false;
        else await work();
      });
      return held;
    },
    async whenFree(name) {
      await manager.request(name, { mode: 'shared' }, () => undefined);
    },
    hold: (name, ms) =>
      new Promise((resolve) => {
        const patience = new AbortController();
        const timer = setTimeout(() => patience.abort(), ms);
        const forever = (): Promise<never> => {
          clearTimeout(timer);
          resolve(true);
          return new Promise(() => undefined);
        };
        manager.request(name, { signal: patience.signal }, forever).catch(() => resolve(false));
      }),
  };
}

/** Knows of this page only. The server's idempotency keys still keep pictures from doubling. */
export function createBlindLocks(): Locks {
  return {
    async attempt(_name, work) {
      await work();
      return true;
    },
    whenFree: () => new Promise((resolve) => setTimeout(resolve, BLIND_WAIT_MS)),
    hold: () => Promise.resolve(true),
  };
}
