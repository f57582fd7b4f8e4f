import { type Store, createStore } from './store.ts';

/** What a notice offers to do, or a page it leads to. */
export type ToastAction =
  | { readonly label: string; readonly act: () => void }
  | { readonly label: string; readonly href: string };

/** A short notice; with `undo` it offers to take back what it tells of. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo: (() => void) | null;
  readonly actions: readonly ToastAction[];
  /** Until somebody closes it, or chooses. */
  readonly stays: boolean;
}

export interface Toasts {
  readonly store: Store<{ list: readonly Toast[] }>;
  show(text: string, offer?: (() => void) | ToastAction): void;
  /** Stays until somebody chooses or closes it; gives its id. */
  offer(text: string, actions: readonly ToastAction[]): number;
  close(id: number): void;
}

const MOST_AT_ONCE = 3;

export function createToasts(): Toasts {
  const store = createStore<{ list: readonly Toast[] }>({ list: [] });
  let next = 1;
  const add = (toast: Omit<Toast, 'id'>): number => {
    const id = next++;
    store.set(({ list }) => ({ list: newest([...list, { ...toast, id }]) }));
    return id;
  };
  return {
    store,
    show(text, offer) {
      const undo = typeof offer === 'function' ? offer : null;
      const actions = typeof offer === 'object' ? [offer] : [];
      add({ text, undo, actions, stays: false });
    },
    offer: (text, actions) => add({ text, undo: null, actions, stays: true }),
    close: (id) => store.set(({ list }) => ({ list: list.filter((toast) => toast.id !== id) })),
  };
}

/** The newest, but before those that wait for somebody the others go. */
function newest(list: readonly Toast[]): readonly Toast[] {
  const passing = list.filter(({ stays }) => !stays);
  const tooMany = new Set(passing.slice(0, Math.max(0, passing.length - MOST_AT_ONCE)));
  return list.filter((toast) => !tooMany.has(toast));
}
