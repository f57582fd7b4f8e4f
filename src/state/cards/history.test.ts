import { describe, expect, it } from 'vitest';
import type { Placement } from '../../canvas/placement.ts';
import { percent, px } from '../../canvas/units.ts';
import { type Change, EMPTY_HISTORY, type History, nextLabel, record, step } from './history.ts';

const at = (x: number): Placement => ({
  x: percent(x),
  y: px(0),
  width: px(180),
  height: px(220),
  canvasWidth: px(1000),
  z: 0,
});
const move = (key: string, from: number, to: number): Change => ({
  kind: 'placed',
  verb: 'move',
  moves: [{ key, before: at(from), after: at(to) }],
});
const ALL = { has: () => true, canReturn: () => true };
const only = (...keys: string[]) => ({
  has: (key: string) => keys.includes(key),
  canReturn: () => false,
});
const done = (...changes: Change[]): History =>
  changes.reduce((history, change, n) => record(history, change, n * 10_000), EMPTY_HISTORY);

describe('C49: undo and redo', () => {
  it('goes back one change at a time, and forth again', () => {
    const history = done(move('a', 0, 10), { kind: 'removed', keys: ['b'] });
    const first = step(history, 'undo', { has: () => false, canReturn: () => true });
    expect(first?.change).toEqual({ kind: 'removed', keys: ['b'] });
    const second = step(first?.history ?? EMPTY_HISTORY, 'undo', ALL);
    expect(second?.change).toEqual(move('a', 0, 10));
    expect(step(second?.history ?? EMPTY_HISTORY, 'undo', ALL)).toBeNull();
    const again = step(second?.history ?? EMPTY_HISTORY, 'redo', ALL);
    expect(again?.change).toEqual(move('a', 0, 10));
  });

  it('forgets what could be redone when something new is done', () => {
    const undone = step(done(move('a', 0, 10)), 'undo', ALL)?.history ?? EMPTY_HISTORY;
    expect(record(undone, move('b', 0, 5), 0).future).toEqual([]);
  });

  it('keeps a hundred', () => {
    const many = Array.from({ length: 120 }, (_, n) => move('a', n, n + 1));
    expect(done(...many).past).toHaveLength(100);
  });

  it('does not keep what changed nothing', () => {
    expect(done(move('a', 5, 5), { kind: 'removed', keys: [] })).toEqual(EMPTY_HISTORY);
  });
});

describe('C50: many presses of a key are one change', () => {
  const press = (history: History, from: number, to: number, ms: number): History =>
    record(history, move('a', from, to), ms, true);

  it('within a second of each other', () => {
    const history = press(press(press(EMPTY_HISTORY, 0, 1, 0), 1, 2, 900), 2, 3, 1800);
    expect(history.past).toHaveLength(1);
    expect(step(history, 'undo', ALL)?.change).toEqual(move('a', 0, 3));
  });

  it('but not later, nor for another card, nor after an undo', () => {
    expect(press(press(EMPTY_HISTORY, 0, 1, 0), 1, 2, 1000).past).toHaveLength(2);
    expect(record(press(EMPTY_HISTORY, 0, 1, 0), move('b', 0, 1), 10, true).past).toHaveLength(2);
    const undone = step(press(EMPTY_HISTORY, 0, 1, 0), 'undo', ALL)?.history ?? EMPTY_HISTORY;
    const redone = step(undone, 'redo', ALL)?.history ?? EMPTY_HISTORY;
    expect(press(redone, 1, 2, 20).past).toHaveLength(2);
  });
});

describe('C51: what concerns cards that are gone is passed over', () => {
  it('as a whole, or for those that are gone', () => {
    const history = done(move('a', 0, 10), move('gone', 0, 10));
    expect(step(history, 'undo', only('a'))?.change).toEqual(move('a', 0, 10));
    const both: Change = {
      kind: 'placed',
      verb: 'tidy',
      moves: ['a', 'gone'].map((key) => ({ key, before: at(0), after: at(1) })),
    };
    expect(step(done(both), 'undo', only('a'))?.change).toMatchObject({ moves: [{ key: 'a' }] });
    expect(step(done({ kind: 'removed', keys: ['gone'] }), 'undo', only('a'))).toBeNull();
  });

  it('says what would be undone', () => {
    const history = done(move('a', 0, 10), { kind: 'added', keys: ['b', 'c'] });
    expect(nextLabel(history, 'undo', ALL)).toBe('hanging 2 pictures');
    expect(nextLabel(history, 'undo', only('a'))).toBe('moving a picture');
    expect(nextLabel(history, 'redo', ALL)).toBeNull();
  });
});
