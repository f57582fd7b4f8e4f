import { useSyncExternalStore } from 'react';
import type { Store } from './store.ts';

/** Reads a part of a store; `select` must give the same object as long as that part is unchanged. */
export function useStore<State, Part>(
  store: Pick<Store<State>, 'get' | 'subscribe'>,
  select: (state: State) => Part,
): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
