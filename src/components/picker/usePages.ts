import { useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';
import type { PagesState, SessionPages } from '../../state/sessions/sessionPages.ts';
import { useStore } from '../../state/useStore.ts';
import type { PickerAddress } from './address.ts';
import type { Anchor } from './grid.ts';
import { keepPlaces, recallPlace, rememberPlace } from './placeMemory.ts';

export interface Pages {
  readonly state: PagesState;
  /** The view that the list shows, as a text that changes with it. */
  readonly view: string;
  readonly startAt: Anchor | null;
  readonly onPlace: (place: Anchor | null) => void;
  readonly onNearEnd: (() => void) | null;
}

/** Loads what the address asks for, keeps it up to date, and remembers where it was left. */
export function usePages(
  list: Pick<SessionPages, 'store' | 'show' | 'load' | 'loadMore'>,
  { q, sort }: PickerAddress,
): Pages {
  const state = useStore(list.store, (all) => all);
  const { key } = useLocation();
  const cameBack = useNavigationType() === NavigationType.Pop;
  const [startAt] = useState(() => (cameBack ? recallPlace(key) : null));
  const count = startAt?.count ?? 0;
  useLayoutEffect(() => void list.show({ q: q.trim(), sort }, count), [list, q, sort, count]);
  useWhenSeenAgain(list);

  const loaded = state.sessions.length;
  const onPlace = useCallback(
    (place: Anchor | null) => rememberPlace(key, place && { ...place, count: loaded }),
    [key, loaded],
  );
  const more = state.nextCursor !== null && !state.loadingMore && state.moreProblem === null;
  const onNearEnd = useCallback(() => void list.loadMore(), [list]);
  const view = `${state.shown.sort} ${state.shown.q}`;
  return { state, view, startAt, onPlace, onNearEnd: more ? onNearEnd : null };
}

/** Others may have worked here while the page was out of sight, or the network away. */
function useWhenSeenAgain(list: Pick<SessionPages, 'load'>): void {
  useEffect(() => {
    const seen = (): void => {
      if (document.visibilityState === 'visible') void list.load();
      else keepPlaces();
    };
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('online', seen);
    window.addEventListener('pagehide', keepPlaces);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('online', seen);
      window.removeEventListener('pagehide', keepPlaces);
      keepPlaces();
    };
  }, [list]);
}
