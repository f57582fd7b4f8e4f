/** Undo and redo on one canvas: which change comes next, and who carries it out. */
import {
  type Change,
  type Direction,
  EMPTY_HISTORY,
  type History,
  type Present,
  nextLabel,
  record,
  step,
} from './history.ts';
import { createStore } from '../store.ts';

export interface CardHistory {
  record(change: Change, joins?: boolean): void;
  /** Undoes or redoes one change and says which; null when there is none. */
  step(direction: Direction): Change | null;
  /** What `step` would do, in words that follow "Undo" or "Redo"; null when there is nothing. */
  label(direction: Direction): string | null;
  subscribe(listener: () => void): () => void;
}

export interface HistoryPorts {
  readonly present: Present;
  carryOut(change: Change, direction: Direction): void;
}

export function createCardHistory(ports: HistoryPorts): CardHistory {
  const store = createStore<{ history: History }>({ history: EMPTY_HISTORY });
  return {
    record: (change, joins) =>
      store.set(({ history }) => ({ history: record(history, change, Date.now(), joins) })),
    step(direction) {
      const next = step(store.get().history, direction, ports.present);
      if (next === null) return null;
      store.set({ history: next.history });
      ports.carryOut(next.change, direction);
      return next.change;
    },
    label: (direction) => nextLabel(store.get().history, direction, ports.present),
    subscribe: (listener) => store.subscribe(listener),
  };
}
