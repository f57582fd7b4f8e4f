import { useCallback, useMemo, useState } from 'react';
import type { Session } from '../../services/galleryApi.ts';
import { NOTHING_PICKED, reaching, toggled } from '../../state/sessions/pickedEntries.ts';
import type { Selecting } from './Check.tsx';

export interface Picked {
  readonly ids: ReadonlySet<string>;
  /** Those of them that are in the list, in its order. */
  readonly sessions: readonly Session[];
  readonly select: (id: string, how: Selecting) => void;
  readonly clear: () => void;
  /** All that is selected, if this one is; else this one. */
  readonly with: (id: string) => readonly string[];
}

export function usePicked(sessions: readonly Session[]): Picked {
  const [selection, setSelection] = useState(NOTHING_PICKED);
  const { ids } = selection;
  const chosen = useMemo(
    () => (ids.size === 0 ? [] : sessions.filter(({ id }) => ids.has(id))),
    [ids, sessions],
  );
  const select = useCallback(
    (id: string, how: Selecting): void =>
      setSelection((now) => (how === 'one' ? toggled(now, id) : reaching(now, id, sessions))),
    [sessions],
  );
  const clear = useCallback(() => setSelection(NOTHING_PICKED), []);
  return {
    ids,
    sessions: chosen,
    select,
    clear,
    with: (id) => (ids.has(id) ? chosen.map((one) => one.id) : [id]),
  };
}
