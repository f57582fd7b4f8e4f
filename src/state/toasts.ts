import { type Store, createStore } from './store.ts';

/** A short notice; with `undo` it offers to take back what it tells of. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo: (() => void) | null;
}

export interface Toasts {
  readonly store: Store<{ list: readonly Toast[] }>;
  show(text: string, undo?: () => void): void;
  close(id: number): void;
}

const MOST_AT_ONCE = 3;

export function createToasts(): Toasts {
  const store = createStore<{ list: readonly Toast[] }>({ list: [] });
  let next = 1;
  return {
    store,
    show(text, undo) {
      const toast: Toast = { id: next++, text, undo: undo ?? null };
      store.set(({ list }) => ({ list: [...list, toast].slice(-MOST_AT_ONCE) }));
    },
    close: (id) => store.set(({ list }) => ({ list: list.filter((toast) => toast.id !== id) })),
  };
}
