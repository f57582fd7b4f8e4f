/** Requests that carry a picture, each with the time that its size may take. */
import type { GalleryImage } from '../galleryApi.ts';
import type { SaveJob } from '../outbox/port.ts';
import { tooSlow } from './saveFailure.ts';

export interface Uploads {
  /** Rejects with an `ApiError`, also when no answer comes in time. */
  run(job: SaveJob): Promise<GalleryImage>;
  /** Ends requests that were begun before this time, as if no answer had come. */
  giveUpOlderThan(time: number): void;
}

/** What the slowest of connections needs to begin, and for each byte. */
const FIRST_MS = 60_000;
const MS_PER_BYTE = 1 / 20;

export function createUploads(
  upload: (job: SaveJob, signal: AbortSignal) => Promise<GalleryImage>,
): Uploads {
  const underWay = new Set<{ at: number; controller: AbortController }>();
  return {
    async run(job) {
      const one = { at: Date.now(), controller: new AbortController() };
      const { signal } = one.controller;
      underWay.add(one);
      const size = 'blob' in job.source ? job.source.blob.size : 0;
      const deadline = setTimeout(() => one.controller.abort(), FIRST_MS + size * MS_PER_BYTE);
      const late = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(tooSlow()));
      });
      try {
        return await Promise.race([upload(job, signal), late]);
      } finally {
        clearTimeout(deadline);
        underWay.delete(one);
      }
    },
    giveUpOlderThan(time) {
      for (const { at, controller } of underWay) if (at < time) controller.abort();
    },
  };
}
