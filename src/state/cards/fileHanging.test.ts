import { beforeAll, describe, expect, it, vi } from 'vitest';
import { overlaps, roomOf, toRect } from '../../canvas/placement.ts';
import { px } from '../../canvas/units.ts';
import type { SaveJob } from '../../services/imageSaver.ts';
import { anImage } from '../../testing/fakeApi.ts';
import { createFileHanging } from './fileHanging.ts';
import {
  type Card,
  EMPTY_STATE,
  type SessionState,
  altOf,
  cardFromImage,
} from '../session/sessionState.ts';
import { createStore } from '../store.ts';

const WIDTH = px(1080);

beforeAll(() => {
  URL.createObjectURL = () => 'blob:test';
});

function wall() {
  const there = cardFromImage(anImage('gal-1', 'img-1', { x: 30, y: 200 }), WIDTH);
  const store = createStore<SessionState>({ ...EMPTY_STATE, canvasWidth: WIDTH, cards: [there] });
  const jobs: SaveJob[] = [];
  let keys = 0;
  const hanging = createFileHanging({
    store,
    saver: { add: (job) => void jobs.push(job) },
    cards: { hang: (cards) => store.set((state) => ({ cards: [...state.cards, ...cards] })) },
    newKey: () => `key-${++keys}`,
    canvas: () => 'gal-1',
    read: vi.fn((file: File) =>
      Promise.resolve(
        file.name.endsWith('.heic')
          ? { name: file.name, reason: 'is a HEIC photo.' }
          : { name: file.name, blob: new Blob(['x']), pixelWidth: 300, pixelHeight: 600 },
      ),
    ),
  });
  return { store, jobs, hanging };
}

const files = (...names: string[]): File[] => names.map((name) => new File(['x'], name));
const rectOf = (card: Card) => roomOf(toRect(card.placement, WIDTH));

describe('C53: files that are hung', () => {
  it('hang near the pointer, over no card and not over each other', async () => {
    const { store, hanging } = wall();
    await hanging.hang(files('a.png', 'b.png', 'c.png'), { x: 400, y: 300 });
    const { cards } = store.get();
    expect(cards).toHaveLength(4);
    cards.forEach((card, n) => {
      const rest = cards.toSpliced(n, 1);
      expect(rest.filter((other) => overlaps(rectOf(card), rectOf(other)))).toEqual([]);
      expect(Math.abs(rectOf(card).left - 310)).toBeLessThan(500);
    });
  });

  it('keep their shape and their name, and are saved like generated ones', async () => {
    const { store, jobs, hanging } = wall();
    await hanging.hang(files('holiday.jpg'), null);
    const card = store.get().cards[1];
    expect(card).toMatchObject({ stage: 'made', generator: { name: 'file', file: 'holiday.jpg' } });
    expect(card === undefined ? 0 : card.placement.height / card.placement.width).toBeCloseTo(2);
    expect(card === undefined ? '' : altOf(card)).toBe('holiday.jpg');
    expect(jobs).toMatchObject([{ key: 'key-1', canvas: 'gal-1', fields: { directive: '' } }]);
  });

  it('and of each that cannot be hung it is said why, until it was read', async () => {
    const { store, jobs, hanging } = wall();
    await hanging.hang(files('a.heic', 'b.png', 'c.heic'), null);
    expect(store.get().cards).toHaveLength(2);
    expect(jobs).toHaveLength(1);
    expect(hanging.store.get()).toEqual({
      reading: 0,
      problems: ['a.heic', 'c.heic'].map((name) => ({ name, reason: 'is a HEIC photo.' })),
    });
    hanging.dismiss();
    expect(hanging.store.get().problems).toEqual([]);
  });
});
