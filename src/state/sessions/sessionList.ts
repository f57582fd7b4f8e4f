/** The list of sessions: looked through, renamed, discarded and brought back. */
import { sentence } from '../../services/apiError.ts';
import type { GalleryApi } from '../../services/galleryApi.ts';
import { inTurns } from './inTurns.ts';
import { type SessionPages, type TakenOut, createSessionPages, named } from './sessionPages.ts';
import type { Toasts } from '../toasts.ts';
import { type Trash, createTrash } from './trash.ts';

export interface SessionList extends Pick<SessionPages, 'store' | 'show' | 'load' | 'loadMore'> {
  readonly trash: Trash;
  /** An empty name makes it automatic again. */
  rename(id: string, name: string): Promise<void>;
  /** Into the trash, all at once, with one offer to undo. */
  discard(...ids: readonly string[]): Promise<void>;
  /** Brings back what was discarded last; false when there is nothing left to bring back. */
  undo(): boolean;
}

export interface ListPorts {
  readonly onDiscarded: (id: string) => void;
  /** Ends when what was edited elsewhere on the page is on the server. */
  readonly settled?: () => Promise<void>;
}

/** What was discarded in one go, once the server has told. */
interface Discard {
  readonly taken: Promise<readonly TakenOut[]>;
}

type Api = Pick<GalleryApi, 'listSessions' | 'changeSession' | 'discardSession' | 'restoreSession'>;

export function createSessionList(api: Api, toasts: Toasts, ports: ListPorts): SessionList {
  const pages = createSessionPages({ api, settled: ports.settled });
  /** What can be undone, in the order in which it was done, also while it is on its way. */
  const discards: Discard[] = [];

  const discardAll = async (taken: readonly TakenOut[]): Promise<readonly TakenOut[]> => {
    const { done, failed } = await inTurns(taken, async (one) => {
      await api.discardSession(one.session.id);
      ports.onDiscarded(one.session.id);
      return one;
    });
    if (failed.length > 0) {
      const left = failed.map(({ item }) => item);
      pages.putBack(left);
      toasts.show(`${named(left)} could not be discarded. ${sentence(failed[0]?.error)}`);
    }
    return done;
  };

  const restoreAll = async (taken: readonly TakenOut[]): Promise<void> => {
    const { done, failed } = await inTurns(taken, async ({ session, after }) => ({
      session: await api.restoreSession(session.id),
      after,
    }));
    pages.putBack(done);
    if (failed.length === 0) return;
    const left = failed.map(({ item }) => item);
    const again = { taken: Promise.resolve(left) };
    discards.push(again);
    toasts.show(
      `${named(left)} could not be brought back. ${sentence(failed[0]?.error)}`,
      () => void bringBack(again),
    );
  };

  const bringBack = async (discard: Discard): Promise<void> => {
    if (!forget(discard)) return;
    await pages.working(async () => restoreAll(await discard.taken));
  };

  /** False when it was undone already. */
  const forget = (discard: Discard): boolean => {
    const place = discards.indexOf(discard);
    if (place >= 0) discards.splice(place, 1);
    return place >= 0;
  };

  return {
    store: pages.store,
    show: pages.show,
    load: pages.load,
    loadMore: pages.loadMore,
    trash: createTrash(api, toasts),
    async rename(id, name) {
      const before = pages.store.get().sessions.find((session) => session.id === id);
      const trimmed = name.trim();
      if (before === undefined || trimmed === before.name) return;
      if (trimmed !== '') pages.replace(id, { ...before, name: trimmed });
      await pages.working(async () => {
        try {
          const change = { name: trimmed === '' ? null : trimmed };
          pages.replace(id, (await api.changeSession(id, change)).value);
        } catch (error) {
          pages.replace(id, before);
          toasts.show(`The session keeps its name. ${sentence(error)}`);
        }
      });
    },
    async discard(...ids) {
      const taken = pages.takeOut(ids);
      if (taken.length === 0) return;
      await pages.working(async () => {
        const discard = { taken: discardAll(taken) };
        discards.push(discard);
        const done = await discard.taken;
        if (done.length === 0) forget(discard);
        else if (discards.includes(discard))
          toasts.show(`${named(done)} discarded.`, () => void bringBack(discard));
      });
    },
    undo() {
      const latest = discards.at(-1);
      if (latest !== undefined) void bringBack(latest);
      return latest !== undefined;
    },
  };
}
