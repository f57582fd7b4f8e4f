import { sentence } from '../services/apiError.ts';
import type { GalleryApi, Product } from '../services/galleryApi.ts';
import { type Store, createStore } from './store.ts';

export interface ShelfState {
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly products: readonly Product[];
  readonly problem: string | null;
}

export interface ProductShelf {
  readonly store: Pick<Store<ShelfState>, 'get' | 'subscribe'>;
  load(): Promise<void>;
  product(id: string): Product | undefined;
}

export function createProductShelf(api: Pick<GalleryApi, 'listProducts'>): ProductShelf {
  const store = createStore<ShelfState>({ phase: 'loading', products: [], problem: null });
  return {
    store,
    async load() {
      try {
        store.set({ phase: 'ready', products: await api.listProducts(), problem: null });
      } catch (error) {
        store.set({ phase: 'failed', problem: sentence(error) });
      }
    },
    product: (id) => store.get().products.find((product) => product.id === id),
  };
}
