import { expect, it } from 'vitest';
import { tileAfter } from './productGrid.ts';

/** Three in a row: 0 1 2 / 3 4 5 / 6. */
const tiles = Array.from({ length: 7 }, (_, index) => ({
  left: (index % 3) * 90,
  top: Math.floor(index / 3) * 110,
}));

it.each([
  ['ArrowRight', 2, 3],
  ['ArrowLeft', 3, 2],
  ['ArrowDown', 1, 4],
  ['ArrowDown', 5, 6],
  ['ArrowUp', 6, 3],
  ['ArrowUp', 1, 1],
  ['ArrowDown', 6, 6],
  ['ArrowRight', 6, 6],
  ['Home', 5, 0],
  ['End', 0, 6],
  ['x', 4, 4],
])('C39: %s leads from product %i to %i', (key, from, to) => {
  expect(tileAfter(tiles, from, key)).toBe(to);
});

it('stays where there are no products', () => {
  expect(tileAfter([], 0, 'ArrowDown')).toBe(0);
});
