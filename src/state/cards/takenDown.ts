/** What was taken down of one canvas and can be hung again, also after a reload. */
import { sentence } from '../../services/apiError.ts';
import type { GalleryApi, GalleryImage } from '../../services/galleryApi.ts';
import type { CardActions } from './cardActions.ts';
import type { SessionState } from '../session/sessionState.ts';
import { type Store, createStore } from '../store.ts';

export interface TakenDownState {
  /** As the server last told, newest removal first. */
  readonly images: readonly GalleryImage[];
  readonly problem: string | null;
}

export interface TakenDown {
  readonly store: Pick<Store<TakenDownState>, 'get' | 'subscribe'>;
  /** Asks the server; answers that were overtaken by a later question are dropped. */
  look(): Promise<void>;
  bringBack(images: readonly GalleryImage[]): void;
}

export interface TakenDownPorts {
  readonly api: Pick<GalleryApi, 'listRemoved'>;
  readonly store: Store<SessionState>;
  readonly cards: Pick<CardActions, 'hangAgain'>;
}

export function createTakenDown({ api, store, cards }: TakenDownPorts): TakenDown {
  const state = createStore<TakenDownState>({ images: [], problem: null });
  let questions = 0;
  return {
    store: state,
    async look() {
      const id = store.get().sessionId;
      if (id === null) return;
      const question = ++questions;
      try {
        const { images } = await api.listRemoved(id);
        if (question === questions) state.set({ images, problem: null });
      } catch (error) {
        if (question === questions) state.set({ problem: sentence(error) });
      }
    },
    bringBack(images) {
      questions += 1;
      cards.hangAgain(images);
      const back = new Set(images.map((image) => image.id));
      state.set(({ images: all }) => ({ images: all.filter((image) => !back.has(image.id)) }));
    },
  };
}
