/** An outbox that lasts as long as the page. */
import { type Draft, type Note, type Outbox, type SaveJob, factsOf, inOrder } from './port.ts';

export interface MemoryOutbox extends Outbox {
  /** Takes a picture out without a note, to be kept elsewhere. */
  take(key: string): void;
}

export function createMemoryOutbox(): MemoryOutbox {
  const jobs = new Map<string, SaveJob>();
  const notes = new Map<string, Note>();
  const drafts = new Map<string, Draft>();
  return {
    put(job, draft) {
      if (draft !== null && !drafts.has(draft.key)) drafts.set(draft.key, draft);
      notes.delete(job.key);
      jobs.set(job.key, job);
      return Promise.resolve();
    },
    list: () =>
      Promise.resolve({
        waiting: [...jobs.values()].map(factsOf).toSorted(inOrder),
        drafts: [...drafts.values()],
      }),
    find(key) {
      const job = jobs.get(key);
      const note = notes.get(key);
      if (job !== undefined) return Promise.resolve({ kind: 'waiting', job });
      return Promise.resolve(note === undefined ? { kind: 'unknown' } : { kind: 'over', note });
    },
    change(key, change) {
      const job = jobs.get(key);
      if (job !== undefined) jobs.set(key, { ...job, ...change });
      return Promise.resolve();
    },
    settle(note) {
      jobs.delete(note.key);
      notes.set(note.key, note);
      return Promise.resolve();
    },
    draft: (key) => Promise.resolve(drafts.get(key) ?? null),
    keepDraft(draft) {
      drafts.set(draft.key, draft);
      return Promise.resolve();
    },
    take: (key) => void jobs.delete(key),
  };
}
