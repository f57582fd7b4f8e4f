/**
 * Brings pictures to the server, one job a picture, however often it takes.
 *
 *     keeping -> queued -> saving -> saved
 *                            |  ^
 *                            v  |  by itself after a while, or by hand
 *                          failed
 *
 * A picture is in the outbox before it is queued, and leaves it when the server has confirmed it or
 * somebody took it down. Every page of a browser sends what waits in their common outbox; a lock per
 * picture keeps two from sending the same one.
 */
import type { GalleryImage } from './galleryApi.ts';
import { type Locks, createBlindLocks } from './outbox/locks.ts';
import { createMemoryOutbox } from './outbox/memory.ts';
import { type News, createNoNews } from './outbox/news.ts';
import {
  type Draft,
  type Outbox,
  type PlacementFields,
  type SaveFacts,
  type SaveJob,
  factsOf,
} from './outbox/port.ts';
import { createSaveAttempts } from './saving/saveAttempts.ts';
import { type LineEvent, type SaveEntry, type SaveState, newEntry } from './saving/saveEntry.ts';
import { createSaveLine } from './saving/saveLine.ts';
import { HELLO_MS, followNews } from './saving/saverNews.ts';

export type { SaveFacts, SaveJob } from './outbox/port.ts';
export type { LineEvent, SaveEvent, SaveState } from './saving/saveEntry.ts';

export interface SaverPorts {
  /** Saves one picture; throws `ApiError`. Called again with the same job until it succeeds. */
  upload(job: SaveJob, signal: AbortSignal): Promise<GalleryImage>;
  /** Brings to the server what became of the picture since it was made; tried again like the rest. */
  finish?(facts: SaveFacts, image: GalleryImage): Promise<void>;
  /** The draft a new picture hangs on; null when it hangs in a session. */
  draftOf?(canvas: string): Draft | null;
  readonly outbox?: Outbox;
  readonly locks?: Locks;
  readonly news?: News;
  /** Saves at the same time. */
  readonly lanes?: number;
  readonly random?: () => number;
}

export interface ImageSaver {
  add(job: SaveJob): void;
  /** Takes up what the outbox holds from earlier visits and other pages. */
  begin(): Promise<void>;
  /** The unsent pictures of these canvases, which are shown in this page from now on. */
  claim(canvases: readonly string[]): Promise<SaveJob[]>;
  /** These canvases are shown in this page no more. */
  letGo(canvases: readonly string[]): void;
  /** Tries a failed picture again, now. */
  retry(key: string): void;
  /** Tries all failed pictures again: those of one canvas, or all. */
  retryAll(canvas?: string): void;
  /** The network or a person is back: what waits for the server is tried at once. */
  wake(networkChanged?: boolean): void;
  /** Takes a picture down; false when the server has it, or may have it. */
  drop(key: string): boolean;
  /** A picture was moved before it was saved. */
  place(key: string, moved: PlacementFields): void;
  /** Pictures that cannot be saved where they belong go to a new canvas. */
  rehome(keys: readonly string[], draft: Draft): Promise<void>;
  state(key: string): SaveState | undefined;
  /** What waits, oldest first. */
  waiting(): readonly Readonly<Pick<SaveEntry, 'facts' | 'state' | 'origin' | 'shown'>>[];
  /** How many pictures of this page the server has not confirmed yet. */
  unsent(): number;
  subscribe(listener: (event: LineEvent) => void): () => void;
  /** Calls back whenever `unsent` may have changed. */
  onChange(listener: () => void): void;
}

export function createImageSaver(ports: SaverPorts): ImageSaver {
  const line = createSaveLine(ports.outbox ?? createMemoryOutbox(), ports.news ?? createNoNews());
  const { entries, outbox, news } = line;
  const attempts = createSaveAttempts(line, {
    upload: (job, signal) => ports.upload(job, signal),
    finish: async (facts, image) => ports.finish?.(facts, image),
    locks: ports.locks ?? createBlindLocks(),
    lanes: ports.lanes ?? 2,
    random: ports.random,
  });
  followNews(line, attempts);

  const keep = async (entry: SaveEntry, job: SaveJob): Promise<void> => {
    await outbox.put(job, ports.draftOf?.(job.canvas) ?? null).catch(() => undefined);
    if (!line.isCurrent(entry)) {
      // Taken down while it was being kept.
      if (!entries.has(job.key)) await line.settle(job.key, null);
      return;
    }
    entry.stored = true;
    if (Object.keys(entry.changes).length > 0) line.change(entry, entry.changes);
    line.enter(entry, { status: 'queued' });
    news.tell({ kind: 'queued', facts: entry.facts });
    attempts.pump();
  };

  const claimOne = async (entry: SaveEntry): Promise<SaveJob[]> => {
    entry.shown = true;
    if (entry.job === null) {
      const found = await outbox.find(entry.facts.key).catch(() => null);
      if (found?.kind === 'waiting') entry.job = { ...found.job, ...entry.changes };
    }
    return entry.job !== null && line.isCurrent(entry) ? [entry.job] : [];
  };

  const waiting = (): SaveEntry[] =>
    [...entries.values()]
      .filter(({ facts }) => facts.unwanted !== true)
      .toSorted((a, b) => a.facts.madeAt - b.facts.madeAt);

  return {
    add(job) {
      const known = entries.get(job.key);
      if (known === undefined) {
        const state = { status: 'keeping' } as const;
        const about = { job, shown: true, stored: false, uncertain: false, state };
        const entry = newEntry(factsOf(job), 'here', about);
        entries.set(job.key, entry);
        line.changed();
        void keep(entry, job);
      } else if (known.facts.unwanted === true) {
        line.change(known, { unwanted: false });
        line.enter(known, known.state);
      }
    },
    async begin() {
      const found = await outbox.list().catch(() => null);
      for (const facts of found?.waiting ?? [])
        if (!entries.has(facts.key))
          entries.set(facts.key, newEntry(facts, 'left', { due: Date.now() + HELLO_MS }));
      news.tell({ kind: 'hello' });
      attempts.pump();
    },
    async claim(canvases) {
      const wanted = waiting().filter(({ facts }) => canvases.includes(facts.canvas));
      const jobs = await Promise.all(wanted.map(claimOne));
      line.changed();
      return jobs.flat();
    },
    letGo(canvases) {
      for (const entry of entries.values())
        if (canvases.includes(entry.facts.canvas)) entry.shown = false;
      line.changed();
    },
    retry(key) {
      const entry = entries.get(key);
      if (entry !== undefined) attempts.again(entry);
      attempts.pump();
    },
    retryAll(canvas) {
      for (const entry of waiting())
        if (canvas === undefined || entry.facts.canvas === canvas) attempts.again(entry);
      attempts.pump();
    },
    wake: (networkChanged = false) => attempts.wake(networkChanged),
    drop(key) {
      const entry = entries.get(key);
      if (entry === undefined) return false;
      if (mayBeThere(entry)) {
        line.change(entry, { unwanted: true });
        return false;
      }
      if (entry.stored) void line.settle(key, null);
      news.tell({ kind: 'dropped', key });
      line.over(entry, null);
      return true;
    },
    place(key, moved) {
      const entry = entries.get(key);
      if (entry !== undefined) line.change(entry, { moved });
    },
    async rehome(keys, draft) {
      await outbox.keepDraft(draft).catch(() => undefined);
      for (const key of keys) {
        const entry = entries.get(key);
        if (entry === undefined) continue;
        line.change(entry, { canvas: draft.key });
        Object.assign(entry, { origin: 'left', shown: false });
        attempts.again(entry);
      }
      attempts.pump();
    },
    state: (key) => entries.get(key)?.state,
    waiting,
    unsent: () => waiting().filter(({ origin, shown }) => shown && origin !== 'other').length,
    subscribe: (listener) => line.subscribe(listener),
    onChange: (listener) => line.onChange(listener),
  };
}

/** Whether the server may have the picture, or get it from a request that is under way. */
function mayBeThere({ underWay, elsewhere, uncertain, state }: SaveEntry): boolean {
  const needsAHand = state.status === 'failed' && state.retryAt === null;
  return underWay || elsewhere || (uncertain && !needsAHand);
}
