/**
 * Brings pictures to the server, one job a picture, however often it takes.
 *
 *     queued -> saving -> saved
 *                 |  ^
 *                 v  |  by itself after a while, or by hand
 *               failed
 *
 * A job never changes after it was added, so that every try under its idempotency key is the same
 * request, and so that an outbox that outlives the page could hold it as it is.
 */
import { ApiError, retriedSentence, sentence } from './apiError.ts';
import { backoffMs } from './backoff.ts';
import type { GalleryImage, ImageFields, PictureSource } from './galleryApi.ts';

/** One picture to be saved. `key` is its idempotency key; `owner` names the canvas it hangs on. */
export interface SaveJob {
  readonly key: string;
  readonly owner: string;
  readonly source: PictureSource;
  readonly fields: ImageFields;
}

export type SaveState =
  | { readonly status: 'queued' }
  | { readonly status: 'saving' }
  | { readonly status: 'saved'; readonly at: number }
  | { readonly status: 'failed'; readonly detail: string; readonly retryAt: number | null };

export interface SaveEvent {
  readonly job: SaveJob;
  readonly state: SaveState;
  /** The server's answer, once saved. */
  readonly image: GalleryImage | null;
}

export interface SaverPorts {
  /** Saves one picture; throws `ApiError`. Called again with the same job until it succeeds. */
  upload(job: SaveJob): Promise<GalleryImage>;
  /** Saves at the same time. */
  lanes?: number;
  random?: () => number;
}

export interface ImageSaver {
  add(job: SaveJob): void;
  /** Tries a failed picture again, now. */
  retry(key: string): void;
  retryAll(): void;
  /** Forgets a picture that is not on its way; false when it is, or is unknown. */
  drop(key: string): boolean;
  state(key: string): SaveState | undefined;
  /** How many pictures the server has not confirmed yet. */
  unsent(): number;
  subscribe(listener: (event: SaveEvent) => void): () => void;
}

interface Entry {
  readonly job: SaveJob;
  state: SaveState;
  attempts: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function createImageSaver(ports: SaverPorts): ImageSaver {
  const lanes = ports.lanes ?? 2;
  const outbox = new Map<string, Entry>();
  const listeners = new Set<(event: SaveEvent) => void>();

  const enter = (entry: Entry, state: SaveState, image: GalleryImage | null = null): void => {
    entry.state = state;
    for (const listener of [...listeners]) listener({ job: entry.job, state, image });
  };

  const inState = (status: SaveState['status']): Entry[] =>
    [...outbox.values()].filter((entry) => entry.state.status === status);

  const pump = (): void => {
    const free = lanes - inState('saving').length;
    for (const entry of inState('queued').slice(0, Math.max(0, free))) void attempt(entry);
  };

  const attempt = async (entry: Entry): Promise<void> => {
    entry.attempts += 1;
    enter(entry, { status: 'saving' });
    try {
      const image = await ports.upload(entry.job);
      outbox.delete(entry.job.key);
      enter(entry, { status: 'saved', at: Date.now() }, image);
    } catch (error) {
      fail(entry, error);
    }
    pump();
  };

  const fail = (entry: Entry, error: unknown): void => {
    const wait = waitAfter(error, entry.attempts, ports.random);
    if (wait !== null) entry.timer = setTimeout(() => requeue(entry), wait);
    const retryAt = wait === null ? null : Date.now() + wait;
    const detail = wait === null ? sentence(error) : retriedSentence(error);
    enter(entry, { status: 'failed', detail, retryAt });
  };

  const requeue = (entry: Entry): void => {
    clearTimeout(entry.timer);
    if (entry.state.status !== 'failed') return;
    enter(entry, { status: 'queued' });
    pump();
  };

  return {
    add(job) {
      if (outbox.has(job.key)) return;
      const entry: Entry = { job, state: { status: 'queued' }, attempts: 0, timer: undefined };
      outbox.set(job.key, entry);
      enter(entry, entry.state);
      pump();
    },
    retry(key) {
      const entry = outbox.get(key);
      if (entry !== undefined) requeue(entry);
    },
    retryAll: () => inState('failed').forEach(requeue),
    drop(key) {
      const entry = outbox.get(key);
      if (entry === undefined || entry.state.status === 'saving') return false;
      clearTimeout(entry.timer);
      return outbox.delete(key);
    },
    state: (key) => outbox.get(key)?.state,
    unsent: () => outbox.size,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** Milliseconds until the next try by itself; null when the same request can never succeed. */
function waitAfter(error: unknown, attempts: number, random?: () => number): number | null {
  if (!(error instanceof ApiError) || !error.passing) return null;
  return Math.max(error.retryAfterMs ?? 0, backoffMs(attempts, random));
}
