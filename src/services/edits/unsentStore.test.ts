import { describe, expect, it } from 'vitest';
import { type UnsentEdits, createUnsentStore } from './unsentStore.ts';

const NAME = 'dynamic-gallery:unsent:gal-1:page-1';
const unsent: UnsentEdits = {
  fields: { user_composition: { base: 'a', mine: 'b', doubts: [{ value: 'c', version: '1' }] } },
  images: { 'img-1': { removed: { base: false, mine: true, doubts: [] } } },
};

function storageOf(items = new Map<string, string>(), room = Infinity) {
  return {
    items,
    get length() {
      return items.size;
    },
    key: (index: number) => [...items.keys()][index] ?? null,
    getItem: (name: string) => items.get(name) ?? null,
    setItem(name: string, value: string) {
      const used = [...items.values()].reduce((sum, text) => sum + text.length, 0);
      if (used + value.length > room) throw new DOMException('full', 'QuotaExceededError');
      items.set(name, value);
    },
    removeItem: (name: string) => void items.delete(name),
  };
}

describe('the unsent edits of the pages', () => {
  it('C26: are kept under each page of its own, and forgotten when all is confirmed', () => {
    const store = createUnsentStore(storageOf());
    expect(store.write('gal-1', 'page-1', unsent)).toBe(true);
    store.write('gal-1', 'page-2', { fields: null, images: unsent.images });
    expect(store.pages('gal-1')).toEqual(['page-1', 'page-2']);
    expect(store.sessions()).toEqual(['gal-1']);
    expect(store.read('gal-1', 'page-1')).toEqual(unsent);
    store.write('gal-1', 'page-1', { fields: null, images: null });
    expect(store.pages('gal-1')).toEqual(['page-2']);
  });

  it.each([
    ['no JSON', '{'],
    ['a newer schema', JSON.stringify({ schema: 9, at: 1, ...unsent })],
    [
      'an edit of something unknown',
      kept({ fields: { id: { base: 'a', mine: 'b', doubts: [] } } }),
    ],
    ['a text for a list', kept({ fields: { saved_products: { mine: 'b', doubts: [] } } })],
    ['an edit without doubts', kept({ fields: { name: { base: null, mine: 'b' } } })],
    ['a place without measures', kept({ images: { 'img-1': { lie: { mine: {}, doubts: [] } } } })],
  ])('C26: cost only themselves when they are damaged: %s', (_what, text) => {
    const storage = storageOf(new Map([[NAME, text]]));
    expect(createUnsentStore(storage).read('gal-1', 'page-1')).toBeNull();
    expect(storage.items.has(NAME)).toBe(true);
  });

  it('C26: go before what can be had again when there is no room', () => {
    const storage = storageOf(new Map([['canvas', 'x'.repeat(300)]]), 400);
    const makeRoom = () => storage.items.delete('canvas');
    expect(createUnsentStore(storage, makeRoom).write('gal-1', 'page-1', unsent)).toBe(true);
    expect(createUnsentStore(storageOf(new Map(), 10)).write('gal-1', 'page-1', unsent)).toBe(
      false,
    );
    expect(createUnsentStore(null).write('gal-1', 'page-1', unsent)).toBe(false);
  });
});

function kept(edits: object): string {
  return JSON.stringify({ schema: 1, at: Date.now(), ...edits });
}
