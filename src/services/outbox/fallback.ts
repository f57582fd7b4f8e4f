/**
 * The outbox the page works with: the durable one where there is one that answers, else this page's
 * memory, and the other way round as soon as that changes.
 */
import { createMemoryOutbox } from './memory.ts';
import { type Draft, type Found, type Outbox, inOrder } from './port.ts';

/** How long the page waits for the durable outbox to open. */
export const MEMORY_WAIT_MS = 1000;

export interface FallbackPorts {
  /** Pictures are kept in this page only, from now on or this once. */
  onMemory(): void;
  /** The durable outbox answered after all; it may hold pictures of earlier visits. */
  onLate(): void;
  /** How long the durable outbox may take to open, and to do one thing, in ms. */
  readonly openMs?: number;
  readonly doMs?: number;
}

export function createFallbackOutbox(opening: Promise<Outbox>, ports: FallbackPorts): Outbox {
  const { openMs = MEMORY_WAIT_MS, doMs = 8000 } = ports;
  const memory = createMemoryOutbox();
  let durable: Outbox | null = null;

  const opened = opening.then(async (outbox) => {
    durable = outbox;
    const { waiting } = await memory.list();
    for (const { key } of waiting) await moveOver(outbox, key);
  });
  const inTime = within(opened, openMs).catch(() => {
    opened.then(
      () => ports.onLate(),
      () => undefined,
    );
  });

  const moveOver = async (outbox: Outbox, key: string): Promise<void> => {
    const found = await memory.find(key);
    if (found.kind !== 'waiting') return;
    try {
      await within(outbox.put(found.job, await memory.draft(found.job.canvas)), doMs);
      memory.take(key);
    } catch {
      // It stays in memory.
    }
  };

  /** Asks the durable outbox; null where there is none. Rejects when it fails or does not answer. */
  const ask = async <T>(question: (outbox: Outbox) => Promise<T>): Promise<T | null> => {
    await inTime;
    return durable === null ? null : within(question(durable), doMs);
  };

  return {
    async put(job, draft) {
      try {
        await inTime;
        if (durable === null) throw new Error('no durable outbox');
        await within(durable.put(job, draft), doMs);
      } catch {
        ports.onMemory();
        await memory.put(job, draft);
      }
    },
    async list() {
      const here = await memory.list();
      const kept = await ask((outbox) => outbox.list()).catch(() => null);
      const inMemory = new Set(here.waiting.map((facts) => facts.key));
      const others = (kept?.waiting ?? []).filter((facts) => !inMemory.has(facts.key));
      return {
        waiting: [...here.waiting, ...others].toSorted(inOrder),
        drafts: [...here.drafts, ...(kept?.drafts ?? [])],
      };
    },
    async find(key): Promise<Found> {
      const here = await memory.find(key);
      if (here.kind === 'waiting') return here;
      const kept = await ask((outbox) => outbox.find(key));
      return kept === null || kept.kind === 'unknown' ? here : kept;
    },
    async change(key, change) {
      await memory.change(key, change);
      await ask((outbox) => outbox.change(key, change));
    },
    async settle(note) {
      await memory.settle(note);
      await ask((outbox) => outbox.settle(note));
    },
    async draft(key): Promise<Draft | null> {
      const kept = await ask((outbox) => outbox.draft(key)).catch(() => null);
      return kept ?? (await memory.draft(key));
    },
    async keepDraft(draft) {
      await memory.keepDraft(draft);
      await ask((outbox) => outbox.keepDraft(draft));
    },
  };
}

/** The answer, or a rejection when it takes longer. */
export function within<T>(answer: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it takes too long')), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
