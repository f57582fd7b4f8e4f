import { expect, it } from 'vitest';
import { gridOf, stride } from './grid.ts';
import { rowsAt } from './useRowsInView.ts';

const grid = gridOf(924, 16);
const row = stride(grid);

it.each([
  ['before it is reached', -2000, 0, 3],
  ['at its beginning', 0, 0, 5],
  ['in its midst', 100 * row, 98, 105],
  ['at its end', 3331 * row, 3329, 3334],
  ['beyond its end', 9999 * row, 3333, 3334],
])('draws a few rows %s', (_, offset, first, end) => {
  expect(rowsAt(grid, 10_000, offset, 3 * row)).toMatchObject({ first, end, whole: 3 });
});

it('draws nothing of nothing', () => {
  expect(rowsAt(grid, 0, 0, 900)).toMatchObject({ first: 0, end: 0 });
});
