import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { Session } from '../../services/galleryApi.ts';
import type { EntriesHandle } from './Entries.tsx';

/** Lets entries go, and gives the focus to the neighbour: the next one that stays, else the one before. */
export function useGoing(
  sessions: readonly Session[],
  entries: RefObject<EntriesHandle | null>,
  whenEmpty: () => void,
): (ids: readonly string[], go: (ids: readonly string[]) => void) => void {
  const latest = useRef({ sessions, whenEmpty });
  useLayoutEffect(() => {
    latest.current = { sessions, whenEmpty };
  });
  return useCallback(
    (ids, go) => {
      const gone = new Set(ids);
      const { sessions: all } = latest.current;
      const from = all.findIndex(({ id }) => gone.has(id));
      const stays = ({ id }: Session): boolean => !gone.has(id);
      const next = all.slice(Math.max(0, from)).find(stays) ?? all.slice(0, from).findLast(stays);
      flushSync(() => go(ids));
      if (next === undefined) latest.current.whenEmpty();
      else entries.current?.focus(next.id);
    },
    [entries],
  );
}
