/** The list of sessions: searched, paged, renamed, discarded and brought back. */
import { isAbort, sentence } from '../services/apiError.ts';
import type { Damaged, GalleryApi, Session } from '../services/galleryApi.ts';
import { type Store, createStore } from './store.ts';
import type { Toasts } from './toasts.ts';

export interface SessionListState {
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly query: string;
  readonly sessions: readonly Session[];
  readonly total: number;
  readonly nextCursor: string | null;
  readonly loadingMore: boolean;
  readonly damaged: readonly Damaged[];
  readonly problem: string | null;
}

export interface SessionList {
  readonly store: Pick<Store<SessionListState>, 'get' | 'subscribe'>;
  load(): Promise<void>;
  search(query: string): void;
  loadMore(): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  discard(id: string): Promise<void>;
}

export interface ListPorts {
  readonly onDiscarded: (id: string) => void;
  /** Ends when what was edited elsewhere on the page is on the server. */
  readonly settled?: () => Promise<void>;
}

const PAGE = 24;
const TYPING_MS = 250;

export function createSessionList(
  api: Pick<GalleryApi, 'listSessions' | 'changeSession' | 'discardSession' | 'restoreSession'>,
  toasts: Toasts,
  ports: ListPorts,
): SessionList {
  const store = createStore<SessionListState>({
    phase: 'loading',
    query: '',
    sessions: [],
    total: 0,
    nextCursor: null,
    loadingMore: false,
    damaged: [],
    problem: null,
  });
  /** The load under way. */
  let asking: AbortController | null = null;
  /** Answers to what was asked before this number changed are not shown. */
  let generation = 0;
  let typing: ReturnType<typeof setTimeout> | undefined;

  const load = async (): Promise<void> => {
    stop();
    const mine = (asking = new AbortController());
    const q = store.get().query.trim();
    try {
      await ports.settled?.();
      if (mine !== asking) return;
      const query = { limit: PAGE, ...(q === '' ? {} : { q }) };
      const page = await api.listSessions(query, mine.signal);
      if (mine !== asking) return;
      const { sessions, total, damaged, next_cursor: nextCursor } = page;
      store.set({ phase: 'ready', sessions, total, damaged, nextCursor, problem: null });
    } catch (error) {
      if (mine === asking && !isAbort(error))
        store.set({ phase: 'failed', problem: sentence(error) });
    } finally {
      if (mine === asking) asking = null;
    }
  };

  const stop = (): void => {
    asking?.abort();
    asking = null;
    generation += 1;
  };

  /** No answer that was asked for before the work is done is shown; it is asked for again. */
  const working = async (work: () => Promise<void>): Promise<void> => {
    const loading = asking !== null;
    stop();
    const before = generation;
    await work();
    if (loading || generation !== before) await load();
  };

  const loadMore = async (): Promise<void> => {
    const { nextCursor: cursor, loadingMore, query } = store.get();
    if (cursor === null || loadingMore) return;
    const mine = generation;
    store.set({ loadingMore: true });
    try {
      const q = query.trim();
      const page = await api.listSessions({ limit: PAGE, cursor, ...(q === '' ? {} : { q }) });
      if (mine !== generation) return;
      store.set(({ sessions }) => ({
        sessions: [...sessions, ...newOnes(sessions, page.sessions)],
        nextCursor: page.next_cursor,
      }));
    } catch (error) {
      toasts.show(sentence(error));
    } finally {
      store.set({ loadingMore: false });
    }
  };

  const replace = (id: string, session: Session): void =>
    store.set(({ sessions }) => ({
      sessions: sessions.map((one) => (one.id === id ? session : one)),
    }));

  return {
    store,
    load,
    search(query) {
      store.set({ query });
      clearTimeout(typing);
      typing = setTimeout(() => void load(), TYPING_MS);
    },
    loadMore,
    async rename(id, name) {
      const before = store.get().sessions.find((session) => session.id === id);
      const trimmed = name.trim();
      if (before === undefined || trimmed === before.name) return;
      if (trimmed !== '') replace(id, { ...before, name: trimmed });
      await working(async () => {
        try {
          const name = trimmed === '' ? null : trimmed;
          replace(id, (await api.changeSession(id, { name })).value);
        } catch (error) {
          replace(id, before);
          toasts.show(`The session keeps its name. ${sentence(error)}`);
        }
      });
    },
    async discard(id) {
      const session = store.get().sessions.find((one) => one.id === id);
      if (session === undefined) return;
      store.set(({ sessions, total }) => ({
        sessions: sessions.filter((one) => one.id !== id),
        total: total - 1,
      }));
      await working(async () => {
        try {
          await api.discardSession(id);
        } catch (error) {
          toasts.show(`“${session.name}” could not be discarded. ${sentence(error)}`);
          await load();
          return;
        }
        ports.onDiscarded(id);
        toasts.show(`“${session.name}” discarded.`, () => void bringBack(id));
      });
    },
  };

  async function bringBack(id: string): Promise<void> {
    try {
      await api.restoreSession(id);
    } catch (error) {
      toasts.show(
        `The session could not be brought back. ${sentence(error)}`,
        () => void bringBack(id),
      );
      return;
    }
    await load();
  }
}

function newOnes(known: readonly Session[], more: readonly Session[]): Session[] {
  const ids = new Set(known.map((session) => session.id));
  return more.filter((session) => !ids.has(session.id));
}
