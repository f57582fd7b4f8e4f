/** The trash: sessions that were discarded, until they are restored or erased for good. */
import { sentence } from '../../services/apiError.ts';
import type { GalleryApi } from '../../services/galleryApi.ts';
import { inTurns } from './inTurns.ts';
import { type SessionPages, createSessionPages, named } from './sessionPages.ts';
import { type Store, createStore } from '../store.ts';
import type { Toasts } from '../toasts.ts';

export interface Trash extends Pick<SessionPages, 'store' | 'show' | 'load' | 'loadMore'> {
  /** How far an emptying came; null when none is under way. */
  readonly emptying: Pick<Store<EmptyingState>, 'get' | 'subscribe'>;
  restore(...ids: readonly string[]): Promise<void>;
  /** For good: there is no way back. */
  erase(...ids: readonly string[]): Promise<void>;
  /** Erases all that is in the trash, also what is not loaded. */
  empty(): Promise<void>;
}

export interface EmptyingState {
  readonly erased: number | null;
}

type Api = Pick<GalleryApi, 'listSessions' | 'discardSession' | 'restoreSession'>;

const AT_A_TIME = 200;

export function createTrash(api: Api, toasts: Toasts): Trash {
  const pages = createSessionPages({ api, trashed: true });
  const emptying = createStore<EmptyingState>({ erased: null });

  /** Takes them out at once, and puts back those that the server kept. */
  const each = async (
    ids: readonly string[],
    work: (id: string) => Promise<unknown>,
    words: { readonly failed: string; readonly done: string | null },
  ): Promise<void> => {
    const taken = pages.takeOut(ids);
    await pages.working(async () => {
      const { done, failed } = await inTurns(taken, async (one) => {
        await work(one.session.id);
        return one;
      });
      const left = failed.map(({ item }) => item);
      if (left.length > 0) {
        pages.putBack(left);
        toasts.show(`${named(left)} could not be ${words.failed}. ${sentence(failed[0]?.error)}`);
      }
      if (done.length > 0 && words.done !== null) toasts.show(`${named(done)} ${words.done}.`);
    });
  };

  const empty = async (): Promise<void> => {
    if (emptying.get().erased !== null) return;
    emptying.set({ erased: 0 });
    let cursor: string | null = null;
    let problem: unknown = null;
    try {
      do {
        const page = await api.listSessions({
          trashed: true,
          limit: AT_A_TIME,
          ...(cursor === null ? {} : { cursor }),
        });
        cursor = page.next_cursor;
        const { failed } = await inTurns(page.sessions, async ({ id }) => {
          await api.discardSession(id, true);
          emptying.set(({ erased }) => ({ erased: (erased ?? 0) + 1 }));
        });
        problem = failed[0]?.error ?? null;
      } while (cursor !== null && problem === null);
    } catch (error) {
      problem = error;
    }
    if (problem !== null) toasts.show(`The trash could not be emptied. ${sentence(problem)}`);
    emptying.set({ erased: null });
    await pages.load();
  };

  return {
    store: pages.store,
    show: pages.show,
    load: pages.load,
    loadMore: pages.loadMore,
    emptying,
    restore: (...ids) =>
      each(ids, (id) => api.restoreSession(id), {
        failed: 'restored',
        done: 'restored',
      }),
    erase: (...ids) =>
      each(ids, (id) => api.discardSession(id, true), { failed: 'erased', done: null }),
    empty,
  };
}
