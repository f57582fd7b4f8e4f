/** All pictures on their way, as one page knows them, and who is told when something changes. */
import type { GalleryImage } from '../galleryApi.ts';
import type { News } from '../outbox/news.ts';
import type { FactsChange, Outbox } from '../outbox/port.ts';
import type { LineEvent, SaveEntry, SaveState } from './saveEntry.ts';

export interface SaveLine {
  readonly entries: Map<string, SaveEntry>;
  readonly outbox: Outbox;
  readonly news: News;
  isCurrent(entry: SaveEntry): boolean;
  enter(entry: SaveEntry, state: SaveState): void;
  /** It ended: saved as this image, or taken down. */
  over(entry: SaveEntry, image: GalleryImage | null, at?: number): void;
  /** Changes what may change of a picture; the other pages hear of it. */
  change(entry: SaveEntry, what: FactsChange): void;
  /** The same, where another page has written it down already. */
  changeHere(entry: SaveEntry, what: FactsChange): void;
  /** The outbox holds it no longer. */
  settle(key: string, image: GalleryImage | null): Promise<void>;
  emit(event: LineEvent): void;
  subscribe(listener: (event: LineEvent) => void): () => void;
  changed(): void;
  onChange(watcher: () => void): void;
}

export function createSaveLine(outbox: Outbox, news: News): SaveLine {
  const entries = new Map<string, SaveEntry>();
  const listeners = new Set<(event: LineEvent) => void>();
  const watchers = new Set<() => void>();

  const changed = (): void => watchers.forEach((watcher) => watcher());
  const emit = (event: LineEvent): void => {
    for (const listener of [...listeners]) listener(event);
    changed();
  };
  const tell = (entry: SaveEntry, state: LineEvent['state'], image: GalleryImage | null): void => {
    const { facts, job, origin, shown } = entry;
    emit({ facts, job, origin, shown, state, image });
  };

  const changeHere = (entry: SaveEntry, what: FactsChange): void => {
    const leaves = what.unwanted === true || what.canvas !== undefined;
    if (leaves) tell(entry, { status: 'dropped' }, null);
    entry.changes = { ...entry.changes, ...what };
    entry.facts = { ...entry.facts, ...what };
    if (entry.job !== null) entry.job = { ...entry.job, ...what };
    changed();
  };

  return {
    entries,
    outbox,
    news,
    isCurrent: (entry) => entries.get(entry.facts.key) === entry,
    enter(entry, state) {
      entry.state = state;
      tell(entry, state, null);
    },
    over(entry, image, at = Date.now()) {
      entries.delete(entry.facts.key);
      tell(entry, image === null ? { status: 'dropped' } : { status: 'saved', at }, image);
    },
    change(entry, what) {
      changeHere(entry, what);
      const { key } = entry.facts;
      if (entry.stored) void outbox.change(key, what).catch(() => undefined);
      news.tell({ kind: 'changed', key, what });
    },
    changeHere,
    // Should the outbox fail here, the picture is sent once more one day, under the same key.
    settle: (key, image) => outbox.settle({ key, image, at: Date.now() }).catch(() => undefined),
    emit,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    changed,
    onChange: (watcher) => void watchers.add(watcher),
  };
}
