import { describe, expect, it } from 'vitest';
import { rect } from '../testing/geometry.ts';
import { readingOrder, restacked, stacking } from './order.ts';

const lying = (...zs: number[]) => zs.map((z) => ({ placement: { z } }));

describe('C45: the order of reading', () => {
  it('goes from the top to the bottom, and in a row from left to right', () => {
    const wall = [
      rect(600, 20, 180, 220),
      rect(0, 0, 180, 220),
      rect(300, 500, 180, 220),
      rect(300, 40, 180, 220),
      rect(0, 480, 180, 220),
    ];
    expect(readingOrder(wall)).toEqual([1, 3, 0, 4, 2]);
    expect(readingOrder([])).toEqual([]);
  });
});

describe('C46: which card lies over which', () => {
  it('follows z, and the order of making where z is the same', () => {
    expect(stacking(lying(0, 0, 0))).toEqual([0, 1, 2]);
    expect(stacking(lying(2, -1, 0, 2))).toEqual([2, 0, 1, 3]);
  });

  it('lifts cards over all others and keeps their order among each other', () => {
    expect(restacked(lying(5, 0, 1, 7.5), [0, 1], 'front')).toEqual(new Map([[1, 8], [0, 9]])); // prettier-ignore
    expect(restacked(lying(5, 0, 1, 7), [0, 3], 'back')).toEqual(new Map([[0, -2], [3, -1]])); // prettier-ignore
  });

  it('has nothing to do for all cards at once', () => {
    expect(restacked(lying(3, 4), [0, 1], 'front').size).toBe(0);
  });
});
