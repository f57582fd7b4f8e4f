/**
 * An outbox in the browser's database. Facts and bytes lie in stores of their own, written in one
 * strict transaction: what was put survives a crash of the browser whole, and a list reads no bytes.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { PictureSource } from '../galleryApi.ts';
import {
  type Draft,
  type Found,
  KEPT_MS,
  type Note,
  type Outbox,
  type SaveFacts,
  type SaveJob,
  factsOf,
  inOrder,
} from './port.ts';

export const DATABASE = 'dynamic-gallery-outbox';

/** The bytes as a buffer, since not every browser keeps a Blob's file as long as its record. */
type Stored = SaveFacts & { source: { url: string } | { type: string } };

interface Schema extends DBSchema {
  pictures: { key: string; value: Stored };
  bytes: { key: string; value: ArrayBuffer };
  canvases: { key: string; value: Draft };
  notes: { key: string; value: Note };
}
type Database = IDBPDatabase<Schema>;

const ALL = ['pictures', 'bytes', 'canvases', 'notes'] as const;
const STRICT = { durability: 'strict' } as const;

/** Opens it; rejects where the browser has no such database for this page. */
export async function openIndexedDbOutbox(now: () => number = Date.now): Promise<Outbox> {
  const db: Database = await openDB<Schema>(DATABASE, 1, {
    upgrade(created) {
      created.createObjectStore('pictures', { keyPath: 'key' });
      created.createObjectStore('bytes');
      created.createObjectStore('canvases', { keyPath: 'key' });
      created.createObjectStore('notes', { keyPath: 'key' });
    },
    blocking: (_have, _wanted, event) => (event.target as IDBDatabase).close(),
  });
  await prune(db, now() - KEPT_MS);
  return {
    put: (job, draft) => put(db, job, draft),
    list: () => list(db),
    find: (key) => find(db, key),
    async change(key, change) {
      const tx = db.transaction('pictures', 'readwrite', STRICT);
      const stored = await tx.store.get(key);
      if (stored !== undefined) await tx.store.put({ ...stored, ...change });
      await tx.done;
    },
    async settle(note) {
      const tx = db.transaction(['pictures', 'bytes', 'notes'], 'readwrite', STRICT);
      await Promise.all([
        tx.objectStore('pictures').delete(note.key),
        tx.objectStore('bytes').delete(note.key),
        tx.objectStore('notes').put(note),
        tx.done,
      ]);
    },
    draft: async (key) => (await db.get('canvases', key)) ?? null,
    async keepDraft(draft) {
      const tx = db.transaction('canvases', 'readwrite', STRICT);
      await Promise.all([tx.store.put(draft), tx.done]);
    },
  };
}

async function put(db: Database, job: SaveJob, draft: Draft | null): Promise<void> {
  const { source } = job;
  // Before the transaction, which would be over by the time the bytes were read.
  const bytes = 'blob' in source ? await source.blob.arrayBuffer() : null;
  const tx = db.transaction(ALL, 'readwrite', STRICT);
  const known = draft === null ? undefined : await tx.objectStore('canvases').getKey(draft.key);
  await Promise.all([
    draft !== null && known === undefined ? tx.objectStore('canvases').put(draft) : null,
    bytes === null ? null : tx.objectStore('bytes').put(bytes, job.key),
    tx.objectStore('pictures').put({ ...factsOf(job), source: storedSource(source) }),
    tx.objectStore('notes').delete(job.key),
    tx.done,
  ]);
}

async function list(db: Database) {
  const tx = db.transaction(['pictures', 'canvases']);
  const [stored, drafts] = await Promise.all([
    tx.objectStore('pictures').getAll(),
    tx.objectStore('canvases').getAll(),
  ]);
  return { waiting: stored.map(factsOf).toSorted(inOrder), drafts };
}

async function find(db: Database, key: string): Promise<Found> {
  const tx = db.transaction(['pictures', 'bytes', 'notes']);
  const [stored, bytes, note] = await Promise.all([
    tx.objectStore('pictures').get(key),
    tx.objectStore('bytes').get(key),
    tx.objectStore('notes').get(key),
  ]);
  const source = stored === undefined ? null : loadedSource(stored.source, bytes);
  if (stored !== undefined && source !== null)
    return { kind: 'waiting', job: { ...stored, source } };
  return note === undefined ? { kind: 'unknown' } : { kind: 'over', note };
}

function storedSource(source: PictureSource): Stored['source'] {
  return 'url' in source ? source : { type: source.blob.type };
}

function loadedSource(
  source: Stored['source'],
  bytes: ArrayBuffer | undefined,
): PictureSource | null {
  if ('url' in source) return source;
  return bytes === undefined ? null : { blob: new Blob([bytes], { type: source.type }) };
}

/** Forgets notes and drafts that no page can still ask for. */
async function prune(db: Database, before: number): Promise<void> {
  const tx = db.transaction(ALL, 'readwrite');
  const [pictures, drafts, notes] = await Promise.all([
    tx.objectStore('pictures').getAll(),
    tx.objectStore('canvases').getAll(),
    tx.objectStore('notes').getAll(),
  ]);
  const used = new Set(pictures.map((picture) => picture.canvas));
  const oldDrafts = drafts.filter((draft) => draft.at < before && !used.has(draft.key));
  const oldNotes = notes.filter((note) => note.at < before);
  await Promise.all([
    ...oldDrafts.map((draft) => tx.objectStore('canvases').delete(draft.key)),
    ...oldNotes.map((note) => tx.objectStore('notes').delete(note.key)),
    tx.done,
  ]);
}
