import { useCallback, useSyncExternalStore } from 'react';
import type { Direction } from '../../state/cards/history.ts';
import type { SessionController } from '../../state/session/sessionController.ts';

/** What would be undone or redone next; it depends on the history and on what still hangs. */
export function useHistoryLabel(
  { cards, store }: SessionController,
  direction: Direction,
): string | null {
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [cards.history.subscribe(listener), store.subscribe(listener)];
      return () => stops.forEach((stop) => stop());
    },
    [cards, store],
  );
  return useSyncExternalStore(subscribe, () => cards.history.label(direction));
}
