import { beforeEach, describe, expect, it, vi } from 'vitest';
import { overlaps, toRect } from '../../canvas/placement.ts';
import { px } from '../../canvas/units.ts';
import { anImage } from '../../testing/fakeApi.ts';
import { type CardActions, createCardActions } from './cardActions.ts';
import type { ImageEdits } from '../session/imageEdits.ts';
import { EMPTY_STATE, type SessionState, cardFromImage } from '../session/sessionState.ts';
import { type Store, createStore } from '../store.ts';
import { createToasts } from '../toasts.ts';

const WIDTH = px(1080);

let store: Store<SessionState>;
let cards: CardActions;
let told: string[];

beforeEach(() => {
  told = [];
  const tell = (what: string) => (id: string) => void told.push(`${what} ${id}`);
  const edits = {
    place: tell('place'),
    remove: tell('remove'),
    restore: tell('restore'),
    hold: (id: string) => (tell('hold')(id), () => tell('release')(id)),
  } as unknown as ImageEdits;
  const saver = { add: vi.fn(), drop: vi.fn() } as never;
  const hung = [0, 1, 2].map((n) =>
    cardFromImage(anImage('gal-1', `img-${n}`, { x: n * 25, y: 0 }), WIDTH),
  );
  store = createStore<SessionState>({ ...EMPTY_STATE, canvasWidth: WIDTH, cards: hung });
  cards = createCardActions({ saver, toasts: createToasts(), store, edits });
});

const keys = (): string[] => store.get().cards.map((card) => card.key);
const place = (key: string) => {
  const card = store.get().cards.find((one) => one.key === key);
  if (card === undefined) throw new Error(`no card ${key}`);
  return { ...toRect(card.placement, WIDTH), z: card.placement.z };
};

describe('C49: what is done to cards can be undone and done again', () => {
  it('moving several as one', () => {
    const before = [place('img-0'), place('img-1')];
    cards.nudge(['img-0', 'img-1'], 0, 64);
    expect([place('img-0').top, place('img-1').top]).toEqual([64, 64]);
    expect(cards.history.label('undo')).toBe('moving 2 pictures');
    cards.history.step('undo');
    expect([place('img-0'), place('img-1')]).toEqual(before);
    expect(told.filter((line) => line === 'place img-0')).toHaveLength(2);
    cards.history.step('redo');
    expect(place('img-0').top).toBe(64);
  });

  it('resizing, in the shape of the picture', () => {
    const before = place('img-0');
    cards.grow(['img-0'], 1.5);
    expect(place('img-0').width).toBeCloseTo(270);
    expect(place('img-0').height / place('img-0').width).toBeCloseTo(before.height / before.width);
    cards.history.step('undo');
    expect(place('img-0')).toEqual(before);
  });

  it('bringing to the front and sending to the back', () => {
    cards.stack(['img-0'], 'front');
    cards.stack(['img-1', 'img-2'], 'back');
    expect(['img-0', 'img-1', 'img-2'].map((key) => place(key).z)).toEqual([1, -1, 0]);
    cards.history.step('undo');
    cards.history.step('undo');
    expect(['img-0', 'img-1', 'img-2'].map((key) => place(key).z)).toEqual([0, 0, 0]);
  });

  it('tidying up', () => {
    cards.place(new Map([['img-1', place('img-0')]]), 'move');
    cards.tidy(['img-0', 'img-1']);
    expect(overlaps(place('img-0'), place('img-1'))).toBe(false);
    cards.history.step('undo');
    expect(overlaps(place('img-0'), place('img-1'))).toBe(true);
  });

  it('taking several down', () => {
    cards.remove(['img-0', 'img-2']);
    expect(keys()).toEqual(['img-1']);
    cards.history.step('undo');
    expect(keys().toSorted()).toEqual(['img-0', 'img-1', 'img-2']);
    expect(told).toEqual(['remove img-0', 'remove img-2', 'restore img-0', 'restore img-2']);
    cards.history.step('redo');
    expect(keys()).toEqual(['img-1']);
  });

  it('hanging new ones, which undo takes down', () => {
    cards.hang([cardFromImage(anImage('gal-1', 'img-9', { x: 0, y: 600 }), WIDTH)]);
    cards.history.step('undo');
    expect(keys()).not.toContain('img-9');
    cards.history.step('redo');
    expect(keys()).toContain('img-9');
  });
});

describe('C51: undo passes over', () => {
  it('what was taken back otherwise, and cards that others took down', () => {
    cards.nudge('img-1', 8, 0);
    cards.remove('img-0');
    cards.bringBack('img-0');
    expect(cards.history.label('undo')).toBe('moving a picture');
    cards.takeDown('img-1');
    expect(cards.history.label('undo')).toBeNull();
    expect(cards.history.step('undo')).toBeNull();
  });
});

describe('C41: a picture that comes back', () => {
  it('hangs where it hung, also over a card that it had covered', () => {
    cards.place(new Map([['img-1', place('img-0')]]), 'move');
    const before = place('img-1');
    cards.remove('img-1');
    cards.bringBack('img-1');
    expect(place('img-1')).toEqual(before);
  });

  it('hangs near where it hung when another hangs there now', () => {
    const before = place('img-0');
    cards.remove('img-0');
    cards.place(new Map([['img-1', before]]), 'move');
    cards.bringBack('img-0');
    expect(overlaps(place('img-0'), place('img-1'))).toBe(false);
    expect(told).toContain('place img-0');
  });

  it('C54: also from an earlier visit', () => {
    const gone = anImage('gal-1', 'img-7', { x: 0, y: 20 });
    cards.hangAgain([gone]);
    expect(told).toContain('restore img-7');
    expect(overlaps(place('img-7'), place('img-0'))).toBe(false);
    cards.history.step('undo');
    expect(keys()).not.toContain('img-7');
  });
});

describe('C52: the chosen cards', () => {
  it('are forgotten when they are taken down', () => {
    cards.selection.set(['img-0', 'img-1']);
    cards.remove('img-0');
    expect(cards.selection.with('img-1')).toEqual(['img-1']);
  });

  it('are held while they are in a hand', () => {
    const release = cards.hold(['img-0', 'img-1']);
    release();
    expect(told).toEqual(['hold img-0', 'hold img-1', 'release img-0', 'release img-1']);
  });
});
