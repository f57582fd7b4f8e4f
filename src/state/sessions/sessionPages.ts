/** Sessions as the server lists them, page by page: what is shown stays until there is better. */
import { isAbort, sentence } from '../../services/apiError.ts';
import type {
  Damaged,
  GalleryApi,
  ListQuery,
  Session,
  SessionPage,
} from '../../services/galleryApi.ts';
import { type Store, createStore } from '../store.ts';

export type Sort = NonNullable<ListQuery['sort']>;

/** What is looked for, and in which order. */
export interface View {
  readonly q: string;
  readonly sort: Sort;
}

export interface PagesState {
  readonly phase: 'loading' | 'ready' | 'failed';
  /** What the sessions below are the answer to. */
  readonly shown: View;
  /** The first page of another view is on its way. */
  readonly turning: boolean;
  readonly sessions: readonly Session[];
  readonly total: number;
  readonly nextCursor: string | null;
  readonly loadingMore: boolean;
  /** Why the next page could not be loaded; what is there stays. */
  readonly moreProblem: string | null;
  readonly damaged: readonly Damaged[];
  readonly problem: string | null;
}

/** A session that was taken out, with what stood before it, so that it can go back to its place. */
export interface TakenOut {
  readonly session: Session;
  readonly after: string | null;
}

export interface SessionPages {
  readonly store: Pick<Store<PagesState>, 'get' | 'subscribe'>;
  /** Shows this view; the one that is shown already is brought up to date, without getting shorter. */
  readonly show: (view: View, atLeast?: number) => Promise<void>;
  /** Loads what is to be shown, or brings it up to date. */
  readonly load: () => Promise<void>;
  readonly loadMore: () => Promise<void>;
  replace(id: string, session: Session): void;
  takeOut(ids: readonly string[]): readonly TakenOut[];
  putBack(taken: readonly TakenOut[]): void;
  /** No answer that was asked for before the work is done is shown; it is asked for again. */
  working(work: () => Promise<void>): Promise<void>;
}

export interface PagesPorts {
  readonly api: Pick<GalleryApi, 'listSessions'>;
  readonly trashed?: boolean;
  /** Ends when what was edited elsewhere on the page is on the server. */
  readonly settled?: (() => Promise<void>) | undefined;
}

const PAGE = 96;
/** The most that the server gives at once. */
const LARGEST_PAGE = 200;
export const FIRST_VIEW: View = { q: '', sort: 'activity' };

const NOTHING_YET: PagesState = {
  phase: 'loading',
  shown: FIRST_VIEW,
  turning: false,
  sessions: [],
  total: 0,
  nextCursor: null,
  loadingMore: false,
  moreProblem: null,
  damaged: [],
  problem: null,
};

export function createSessionPages({ api, trashed = false, settled }: PagesPorts): SessionPages {
  const store = createStore<PagesState>(NOTHING_YET);
  let wanted = FIRST_VIEW;
  /** The load under way. */
  let asking: AbortController | null = null;
  /** Next pages asked for before this number changed are not added. */
  let generation = 0;
  /** How many changes are on their way, and whether an answer was asked for before they were done. */
  let working = 0;
  let missed = false;

  /** How many of the view that is wanted are there. */
  const present = (): number => {
    const { shown, sessions } = store.get();
    return isSame(shown, wanted) ? sessions.length : 0;
  };

  const ask = (limit: number, cursor: string | null, signal?: AbortSignal) =>
    api.listSessions(
      {
        limit,
        ...(wanted.q === '' ? {} : { q: wanted.q }),
        ...(wanted.sort === 'activity' ? {} : { sort: wanted.sort }),
        ...(trashed ? { trashed } : {}),
        ...(cursor === null ? {} : { cursor }),
      },
      signal,
    );

  /** One page, or as many as were there before: a list that is read must not get shorter. */
  const askUpTo = async (count: number, signal: AbortSignal) => {
    let page = await ask(Math.min(Math.max(count, PAGE), LARGEST_PAGE), null, signal);
    const sessions = [...page.sessions];
    while (sessions.length < count && page.next_cursor !== null) {
      page = await ask(LARGEST_PAGE, page.next_cursor, signal);
      sessions.push(...newOnes(sessions, page.sessions));
    }
    return { ...page, sessions };
  };

  const stop = (): void => {
    asking?.abort();
    asking = null;
    generation += 1;
  };

  const load = async (count: number): Promise<void> => {
    stop();
    missed ||= working > 0;
    const mine = (asking = new AbortController());
    const view = wanted;
    try {
      await settled?.();
      if (mine !== asking) return;
      const page = await askUpTo(count, mine.signal);
      if (mine !== asking) return;
      store.set((before) => ({ ...NOTHING_YET, ...answer(before, page), shown: view }));
    } catch (error) {
      if (mine === asking && !isAbort(error)) failed(sentence(error));
    } finally {
      if (mine === asking) asking = null;
    }
  };

  /** A list that is shown and only should have been brought up to date stays as it is. */
  const failed = (problem: string): void => {
    const { phase, turning } = store.get();
    if (phase !== 'ready' || turning) store.set({ phase: 'failed', turning: false, problem });
  };

  return {
    store,
    show(view, atLeast = 0) {
      wanted = view;
      store.set(({ shown }) => ({ turning: !isSame(shown, view) }));
      return load(Math.max(present(), atLeast));
    },
    load: () => load(present()),
    async loadMore() {
      const { nextCursor: cursor, loadingMore } = store.get();
      if (cursor === null || loadingMore || asking !== null) return;
      const mine = generation;
      store.set({ loadingMore: true, moreProblem: null });
      try {
        const page = await ask(PAGE, cursor);
        if (mine !== generation) return;
        store.set(({ sessions }) => ({
          sessions: [...sessions, ...newOnes(sessions, page.sessions)],
          nextCursor: page.next_cursor,
          total: page.total,
        }));
      } catch (error) {
        if (mine === generation) store.set({ moreProblem: sentence(error) });
      } finally {
        store.set({ loadingMore: false });
      }
    },
    replace: (id, session) =>
      store.set(({ sessions }) => ({
        sessions: sessions.map((one) => (one.id === id ? session : one)),
      })),
    takeOut(ids) {
      const gone = new Set(ids);
      const { sessions } = store.get();
      const taken = sessions.flatMap((session, place) =>
        gone.has(session.id) ? [{ session, after: sessions[place - 1]?.id ?? null }] : [],
      );
      store.set(({ total }) => ({
        sessions: sessions.filter((one) => !gone.has(one.id)),
        total: total - taken.length,
      }));
      return taken;
    },
    putBack(taken) {
      const missing = taken.filter(
        ({ session }) => !store.get().sessions.some((one) => one.id === session.id),
      );
      store.set(({ sessions, total }) => ({
        sessions: missing.reduce(inPlace, sessions),
        total: total + missing.length,
      }));
    },
    async working(work) {
      missed ||= asking !== null;
      stop();
      working += 1;
      await work();
      working -= 1;
      if (!missed || working > 0) return;
      missed = false;
      await load(present());
    },
  };
}

function answer(before: PagesState, page: SessionPage): Partial<PagesState> {
  const { total, damaged, next_cursor: nextCursor } = page;
  const sessions = kept(before.sessions, page.sessions);
  return { phase: 'ready', sessions, total, damaged, nextCursor, loadingMore: before.loadingMore };
}

function isSame(one: View, other: View): boolean {
  return one.q === other.q && one.sort === other.sort;
}

function inPlace(sessions: readonly Session[], { session, after }: TakenOut): readonly Session[] {
  const place = after === null ? 0 : sessions.findIndex((one) => one.id === after) + 1;
  return [...sessions.slice(0, place), session, ...sessions.slice(place)];
}

function newOnes(known: readonly Session[], more: readonly Session[]): Session[] {
  const ids = new Set(known.map((session) => session.id));
  return more.filter((session) => !ids.has(session.id));
}

/** The same objects where nothing changed, so that nothing is drawn again. */
function kept(before: readonly Session[], after: readonly Session[]): readonly Session[] {
  const known = new Map(before.map((session) => [session.id, session]));
  return after.map((session) => {
    const old = known.get(session.id);
    return old !== undefined && JSON.stringify(old) === JSON.stringify(session) ? old : session;
  });
}

/** “Morning”, or how many. */
export function named(some: readonly TakenOut[]): string {
  const [first] = some;
  if (first !== undefined && some.length === 1) return `“${first.session.name}”`;
  return `${some.length.toLocaleString()} sessions`;
}
