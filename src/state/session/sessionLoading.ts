/** Bringing what the server has of one session to the page, and trying again when it does not answer. */
import { ApiError, sentence } from '../../services/apiError.ts';
import { backoffMs } from '../../services/page/backoff.ts';
import type { GalleryApi, ImageList, Session, Versioned } from '../../services/galleryApi.ts';
import type { Turns } from '../../services/page/turns.ts';
import type { ImageEdits } from './imageEdits.ts';
import { type SessionEdits, isGone } from './sessionEdits.ts';
import { mergeList } from './sessionMerge.ts';
import type { SessionState } from './sessionState.ts';
import type { Store } from '../store.ts';
import type { Toasts } from '../toasts.ts';

export interface SessionLoading {
  load(): Promise<void>;
  /** Asks whether anything changed, and brings it when it did. */
  look(): Promise<void>;
  /** Lists the pictures anew. */
  relist(): Promise<void>;
  /** Takes a discarded session out of the trash and opens it. */
  bringBack(): Promise<void>;
  /** Nothing more is asked by itself. */
  close(): void;
}

export interface LoadingPorts {
  readonly api: Pick<GalleryApi, 'getSession' | 'listImages' | 'restoreSession'>;
  readonly toasts: Toasts;
  readonly turns: Turns;
  readonly store: Store<SessionState>;
  readonly edits: Pick<SessionEdits, 'heard'>;
  readonly imageEdits: Pick<ImageEdits, 'heard' | 'shown'>;
  /** The server was not reached, or did answer again. */
  readonly onReach: (reached: boolean) => void;
  /** The session that is shown is on the server no more; or it is there again. */
  readonly onDiscarded: (discarded: boolean) => void;
  /** There is no such session on the server. */
  onMissing(id: string): void;
}

export function createSessionLoading(ports: LoadingPorts): SessionLoading {
  const { api, store, turns } = ports;
  /** When what is shown was asked for: an older answer never replaces a newer one. */
  let shownAsked = 0;
  /** The version of all that is shown, once it was all taken over. */
  let seen: string | null = null;
  let loads = 0;
  let closed = false;

  const take = (
    session: Versioned<Session>,
    list: ImageList,
    asked: number,
    inOrder: boolean,
  ): void => {
    if (asked < shownAsked) return;
    shownAsked = asked;
    const fieldsTaken = ports.edits.heard(session, asked);
    const imagesTaken = showList(list, asked);
    const updatedAt = Date.parse(session.value.updated_at);
    store.set((state) => ({
      lastSavedAt: Math.max(state.lastSavedAt ?? 0, updatedAt),
      // Never this browser's clock: were it fast, no later memory would be newer.
      confirmedAt: Math.max(state.confirmedAt, updatedAt),
      phase: 'open',
      remembered: false,
      ...(state.phase === 'open' ? {} : { problem: null }),
    }));
    // A list that may be older than the session's version is asked for again.
    seen = inOrder && fieldsTaken && imagesTaken ? session.version : null;
    ports.onReach(true);
    if (store.get().discarded) ports.onDiscarded(false);
  };

  const showList = (list: ImageList, asked: number): boolean => {
    const whole = ports.imageEdits.heard(list.images, asked);
    store.set((state) => ({
      damaged: list.damaged,
      cards: mergeList(state, list, (id) => ports.imageEdits.shown(id, state.canvasWidth)),
    }));
    return whole;
  };

  const load = async (attempt = 1): Promise<void> => {
    const id = store.get().sessionId;
    if (id === null) return;
    const mine = ++loads;
    const asked = turns.next();
    try {
      const [session, list] = await Promise.all([api.getSession(id), api.listImages(id)]);
      take(session, list, asked, false);
    } catch (error) {
      if (mine === loads) loadFailed(id, error, attempt);
    }
  };

  const loadFailed = (id: string, error: unknown, attempt: number): void => {
    if (isGone(error)) ports.onMissing(id);
    if (error instanceof ApiError && !error.passing) {
      store.set({ phase: 'missing', problem: sentence(error) });
      return;
    }
    ports.onReach(false);
    store.set(({ remembered }) =>
      remembered ? { phase: 'open' } : { phase: 'unreachable', problem: sentence(error) },
    );
    const mine = loads;
    setTimeout(() => {
      if (mine === loads && !closed) void load(attempt + 1);
    }, backoffMs(attempt));
  };

  const lookFailed = (error: unknown): void => {
    if (isGone(error)) ports.onDiscarded(true);
    else if (error instanceof ApiError && error.passing) ports.onReach(false);
  };

  return {
    load: () => load(),
    close: () => void (closed = true),
    async look() {
      const { sessionId: id, phase } = store.get();
      if (closed || id === null) return;
      if (phase === 'unreachable') return load();
      if (phase !== 'open') return;
      const asked = turns.next();
      try {
        const session = await api.getSession(id);
        if (session.version === seen && !store.get().discarded) ports.onReach(true);
        else take(session, await api.listImages(id), asked, true);
      } catch (error) {
        lookFailed(error);
      }
    },
    async relist() {
      const id = store.get().sessionId;
      if (id === null) return;
      const asked = turns.next();
      showList(await api.listImages(id), asked);
    },
    async bringBack() {
      const id = store.get().sessionId;
      if (id === null) return;
      try {
        await api.restoreSession(id);
        if (store.get().phase !== 'open') store.set({ phase: 'loading', problem: null });
        await load();
      } catch (error) {
        ports.toasts.show(sentence(error));
      }
    },
  };
}
