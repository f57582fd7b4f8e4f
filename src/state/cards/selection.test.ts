import { describe, expect, it } from 'vitest';
import { rect } from '../../testing/geometry.ts';
import { chosenBy, createSelection } from './selection.ts';

describe('C52: choosing cards', () => {
  it('adds and takes away one by one', () => {
    const selection = createSelection();
    selection.toggle('a');
    selection.toggle('b');
    selection.toggle('a');
    expect([...selection.store.get().keys]).toEqual(['b']);
    selection.clear();
    expect(selection.has('b')).toBe(false);
  });

  it('acts on all chosen for a chosen card, and on another card alone', () => {
    const selection = createSelection();
    selection.set(['a', 'b']);
    expect(selection.with('a')).toEqual(['a', 'b']);
    expect(selection.with('c')).toEqual(['c']);
  });

  it('forgets cards that are gone, and tells only when something changed', () => {
    const selection = createSelection();
    selection.set(['a', 'b']);
    let told = 0;
    selection.store.subscribe(() => told++);
    selection.keepOnly(() => true);
    selection.set(['b', 'a']);
    expect(told).toBe(0);
    selection.keepOnly((key) => key === 'a');
    expect([...selection.store.get().keys]).toEqual(['a']);
    expect(told).toBe(1);
  });

  it('takes by a marquee what it touches, on top of what was held', () => {
    const cards = ['a', 'b', 'c'].map((key, n) => ({ key, rect: rect(n * 200, 0, 100, 100) }));
    expect(chosenBy(rect(50, 50, 200, 10), cards, new Set())).toEqual(new Set(['a', 'b']));
    expect(chosenBy(rect(450, 50, 5, 5), cards, new Set(['a']))).toEqual(new Set(['a', 'c']));
    expect(chosenBy(rect(110, 0, 50, 50), cards, new Set())).toEqual(new Set());
  });
});
