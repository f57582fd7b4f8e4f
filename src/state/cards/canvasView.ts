/** How one canvas is looked at; lasts as long as the page. */
import { type Store, createStore } from '../store.ts';

export interface CanvasView {
  readonly store: Store<{ zoom: number }>;
  /** How far the wall was scrolled when it was left, in screen pixels. */
  scrolled: { left: number; top: number } | null;
}

export function createCanvasView(): CanvasView {
  return { store: createStore({ zoom: 1 }), scrolled: null };
}
