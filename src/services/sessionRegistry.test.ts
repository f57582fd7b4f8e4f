import { describe, expect, it } from 'vitest';
import { percent, px } from '../canvas/units.ts';
import { type CanvasMemory, type StorageLike, createSessionRegistry } from './sessionRegistry.ts';

class FakeStorage implements StorageLike {
  readonly items = new Map<string, string>();
  room: number;

  constructor(room = Infinity) {
    this.room = room;
  }

  get length(): number {
    return this.items.size;
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }

  getItem(name: string): string | null {
    return this.items.get(name) ?? null;
  }

  setItem(name: string, value: string): void {
    const others = [...this.items].filter(([other]) => other !== name);
    const used = others.reduce((sum, [, text]) => sum + text.length, 0);
    if (used + value.length > this.room) throw new DOMException('full', 'QuotaExceededError');
    this.items.set(name, value);
  }

  removeItem(name: string): void {
    this.items.delete(name);
  }
}

const memory: CanvasMemory = {
  name: 'Morning Demo',
  autoNamed: false,
  confirmedAt: 1_733_500_000_000,
  composition: 'Looking for elegant evening wear...',
  savedProducts: ['product-0'],
  featured: [],
  cards: [
    {
      imageId: 'img-001',
      url: '/api/gallery/session/gal-1/images/img-001',
      directive: 'Explore serene atmosphere with urban streets',
      productId: 'product-0',
      productName: 'Neverfull MM',
      productBrand: 'Louis Vuitton',
      createdAt: '2024-12-06T10:00:00Z',
      pixelWidth: 864,
      pixelHeight: 1056,
      placement: {
        x: percent(44),
        y: px(280),
        width: px(180),
        height: px(220),
        canvasWidth: px(1440),
        z: 0,
      },
    },
  ],
};

describe('the registry', () => {
  it('remembers a canvas', () => {
    const storage = new FakeStorage();
    createSessionRegistry(storage).save('gal-1', memory);
    expect(createSessionRegistry(storage).load('gal-1')).toMatchObject(memory);
    createSessionRegistry(storage).forget('gal-1');
    expect(createSessionRegistry(storage).load('gal-1')).toBeNull();
  });

  it('C27: leaves what a newer release remembers alone', () => {
    const storage = new FakeStorage();
    storage.items.set('dynamic-gallery:canvas:gal-1', '{"schema":99,"at":1}');
    const registry = createSessionRegistry(storage);
    expect(registry.load('gal-1')).toBeNull();
    registry.save('gal-1', memory);
    expect(storage.items.get('dynamic-gallery:canvas:gal-1')).toBe('{"schema":99,"at":1}');
  });

  it('C27: never replaces a newer memory by an older one', () => {
    const registry = createSessionRegistry(new FakeStorage());
    registry.save('gal-1', memory);
    registry.save('gal-1', { ...memory, name: 'Old', confirmedAt: memory.confirmedAt - 1 });
    expect(registry.load('gal-1')?.name).toBe('Morning Demo');
    registry.save('gal-1', { ...memory, name: 'New', confirmedAt: memory.confirmedAt + 1 });
    expect(registry.load('gal-1')?.name).toBe('New');
  });

  it('works without storage', () => {
    const registry = createSessionRegistry(null);
    registry.save('gal-1', memory);
    expect(registry.load('gal-1')).toBeNull();
  });

  it('works with storage that throws at everything', () => {
    const closed = new Proxy({} as StorageLike, {
      get: () => () => {
        throw new DOMException('closed', 'SecurityError');
      },
    });
    expect(createSessionRegistry(closed).load('gal-1')).toBeNull();
  });

  it.each([
    ['no JSON', '{'],
    ['another schema', JSON.stringify({ ...memory, schema: 1 })],
    ['a missing field', JSON.stringify({ schema: 3, name: 'x' })],
    ['a text for a number', damaged({ x: '44' })],
    ['null for a number', damaged({ y: null })],
    ['a list of nothing', JSON.stringify({ ...memory, schema: 3, cards: [null] })],
  ])('C27: ignores and forgets %s', (_what, text) => {
    const storage = new FakeStorage();
    storage.items.set('dynamic-gallery:canvas:gal-1', text);
    expect(createSessionRegistry(storage).load('gal-1')).toBeNull();
    expect(storage.length).toBe(0);
  });

  it('makes room by forgetting the oldest', () => {
    const one = JSON.stringify({ schema: 3, at: 1, ...memory }).length;
    const storage = new FakeStorage(one * 2 + 20);
    let clock = 0;
    const registry = createSessionRegistry(storage, () => ++clock);
    ['a', 'b', 'c'].forEach((id) => registry.save(id, memory));
    expect(registry.load('a')).toBeNull();
    expect(registry.load('c')).toMatchObject(memory);
  });

  it('gives up quietly when one canvas is too large', () => {
    const registry = createSessionRegistry(new FakeStorage(10));
    registry.save('gal-1', memory);
    expect(registry.load('gal-1')).toBeNull();
  });

  it('keeps at most two dozen sessions', () => {
    const storage = new FakeStorage();
    let clock = 0;
    const registry = createSessionRegistry(storage, () => ++clock);
    for (let number = 0; number < 40; number++) registry.save(`gal-${number}`, memory);
    expect(storage.length).toBe(24);
    expect(registry.load('gal-39')).not.toBeNull();
  });
});

function damaged(change: Record<string, unknown>): string {
  const cards = memory.cards.map((card) => ({
    ...card,
    placement: { ...card.placement, ...change },
  }));
  return JSON.stringify({ ...memory, schema: 3, cards });
}
