/** Keeps the unsent edits of one canvas in this browser, and takes up those of pages that are gone. */
import type { KeptEdits } from '../../services/edits/editedRecord.ts';
import type { Locks } from '../../services/outbox/locks.ts';
import type { UnsentStore } from '../../services/edits/unsentStore.ts';

export interface UnsentWork {
  /** Something changed; it is kept within a moment. */
  note(): void;
  /** Keeps it now. */
  flush(): void;
  /** Takes up what pages left that are gone. */
  adopt(): Promise<void>;
  /** Forgets what this page kept, and keeps nothing more. */
  stop(): void;
}

/** Something with edits that can be kept. */
interface Keeper<Edits> {
  size(): number;
  kept(): Edits | null;
  takeUp(edits: Edits): void;
}

export interface UnsentPorts {
  readonly unsent: UnsentStore;
  readonly locks: Pick<Locks, 'attempt'>;
  readonly page: string;
  readonly sessionId: () => string | null;
  readonly edits: Keeper<KeptEdits>;
  readonly imageEdits: Keeper<Readonly<Record<string, KeptEdits>>>;
}

const KEEP_MS = 250;

const PAGE_LOCK = 'dynamic-gallery-page:';

/** The name a page holds as long as it lives. */
export function pageLock(page: string): string {
  return PAGE_LOCK + page;
}

export function isPageLock(name: string): boolean {
  return name.startsWith(PAGE_LOCK);
}

export function createUnsentWork(ports: UnsentPorts): UnsentWork {
  const { unsent, edits, imageEdits, page } = ports;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let empty = true;

  const write = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    const id = ports.sessionId();
    if (id === null || stopped) return;
    const kept = { fields: edits.kept(), images: imageEdits.kept() };
    const nothing = kept.fields === null && kept.images === null;
    if (nothing && empty) return;
    empty = nothing;
    unsent.write(id, page, kept);
  };

  const take = (id: string, other: string): void => {
    const found = unsent.read(id, other);
    if (found === null) return;
    if (found.fields !== null) edits.takeUp(found.fields);
    if (found.images !== null) imageEdits.takeUp(found.images);
    // Kept here before it is forgotten there.
    write();
    unsent.remove(id, other);
  };

  return {
    note: () => void (waiting ??= setTimeout(write, KEEP_MS)),
    flush: write,
    async adopt() {
      const id = ports.sessionId();
      if (id === null || stopped) return;
      for (const other of unsent.pages(id)) {
        // One after the other: edits of two pages are joined by way of the server.
        if (edits.size() + imageEdits.size() > 0) return;
        if (other === page) continue;
        const taking = ports.locks.attempt(pageLock(other), () => {
          if (edits.size() + imageEdits.size() === 0) take(id, other);
          return Promise.resolve();
        });
        // A page that may have no locks shows the session all the same.
        await taking.catch(() => undefined);
      }
    },
    stop() {
      const id = ports.sessionId();
      stopped = true;
      clearTimeout(waiting);
      if (id !== null) unsent.remove(id, page);
    },
  };
}
