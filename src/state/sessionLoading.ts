/** Bringing what the server has of one session to the page, and trying again when it does not answer. */
import { ApiError, retriedSentence, sentence } from '../services/apiError.ts';
import { backoffMs } from '../services/backoff.ts';
import type { GalleryApi } from '../services/galleryApi.ts';
import type { ImageEdits } from './imageEdits.ts';
import type { SessionEdits } from './sessionEdits.ts';
import { mergeAnswer } from './sessionMerge.ts';
import type { SessionState } from './sessionState.ts';
import type { Store } from './store.ts';
import type { Toasts } from './toasts.ts';

export interface SessionLoading {
  load(): Promise<void>;
  /** Asks for the name only, which follows from the first directive until somebody gives one. */
  refreshName(): Promise<void>;
  /** Takes a discarded session out of the trash and opens it. */
  bringBack(): Promise<void>;
}

export interface LoadingPorts {
  readonly api: Pick<GalleryApi, 'getSession' | 'listImages' | 'restoreSession'>;
  readonly toasts: Toasts;
  readonly store: Store<SessionState>;
  readonly edits: SessionEdits;
  readonly imageEdits: ImageEdits;
  /** There is no such session on the server. */
  onMissing(id: string): void;
}

export function createSessionLoading(ports: LoadingPorts): SessionLoading {
  const { api, store, edits, imageEdits } = ports;

  let loads = 0;
  const load = async (attempt = 1): Promise<void> => {
    const id = store.get().sessionId;
    if (id === null) return;
    const ticket = ++loads;
    const askedAt = Date.now();
    try {
      const [session, list] = await Promise.all([api.getSession(id), api.listImages(id)]);
      if (ticket !== loads) return;
      const editedFields = edits.newerThan(id, askedAt);
      const isRemoved = (imageId: string): boolean => imageEdits.isRemoved(imageId, askedAt);
      const isRestored = (imageId: string): boolean => imageEdits.isRestored(imageId, askedAt);
      const isPlaced = (imageId: string): boolean => imageEdits.isPlacedSince(imageId, askedAt);
      const local = { isPlaced, isRemoved, isRestored, editedFields, askedAt };
      store.set((state) => mergeAnswer(state, session.value, list, local));
      edits.replacedBy(id, askedAt);
      const imageIds = list.images.map((image) => image.id);
      imageEdits.replacedBy(imageIds, askedAt);
    } catch (error) {
      if (ticket === loads) loadFailed(id, error, attempt);
    }
  };

  const loadFailed = (id: string, error: unknown, attempt: number): void => {
    if (error instanceof ApiError && !error.passing) {
      if (error.status === 404 || error.status === 410) ports.onMissing(id);
      store.set({ phase: 'missing', problem: sentence(error) });
      return;
    }
    store.set(({ remembered }) => ({
      phase: remembered ? 'open' : 'unreachable',
      // A page that shows nothing says in its own words that it waits.
      problem: remembered ? retriedSentence(error) : sentence(error),
    }));
    setTimeout(() => {
      if (store.get().problem !== null) void load(attempt + 1);
    }, backoffMs(attempt));
  };

  return {
    load: () => load(),
    async refreshName() {
      const id = store.get().sessionId;
      if (id === null) return;
      const askedAt = Date.now();
      try {
        const { name } = (await api.getSession(id)).value;
        if (!edits.newerThan(id, askedAt).includes('name')) store.set({ name });
      } catch {
        // Only the name may be old; the next load brings it.
      }
    },
    async bringBack() {
      const id = store.get().sessionId;
      if (id === null) return;
      try {
        await api.restoreSession(id);
        store.set({ phase: 'loading', problem: null });
        await load();
      } catch (error) {
        ports.toasts.show(sentence(error));
      }
    },
  };
}
