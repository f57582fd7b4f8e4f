import { describe, expect, it } from 'vitest';
import { anchorAt, entryAfterKey, gridOf, heightOf, offsetOf, placeOf, stride } from './grid.ts';

const REM = 16;

describe('the grid of entries', () => {
  it.each([
    [320, 1],
    [342, 1],
    [924, 3],
    [2000, 6],
  ])('has as many columns as fit into %i pixels', (width, columns) => {
    const grid = gridOf(width, REM);
    expect(grid.columns).toBe(columns);
    expect(grid.entryWidth * columns + grid.columnGap * (columns - 1)).toBeCloseTo(width);
  });

  it('grows with the letters', () => {
    expect(gridOf(924, 2 * REM).columns).toBe(1);
  });

  it('places entries row by row', () => {
    const grid = gridOf(924, REM);
    expect(placeOf(grid, 0)).toEqual({ left: 0, top: 0 });
    expect(placeOf(grid, 4)).toEqual({
      left: grid.entryWidth + grid.columnGap,
      top: stride(grid),
    });
    expect(heightOf(grid, 4)).toBe(2 * stride(grid) - grid.rowGap);
    expect(heightOf(grid, 0)).toBe(0);
  });

  it('finds a place again when the columns changed', () => {
    const wide = gridOf(924, REM);
    const narrow = gridOf(342, REM);
    const anchor = anchorAt(wide, 10.25 * stride(wide));
    expect(anchor).toEqual({ index: 30, part: 0.25 });
    expect(offsetOf(narrow, anchor)).toBeCloseTo(30.25 * stride(narrow));
  });
});

describe('keys in the grid', () => {
  const grid = gridOf(924, REM);
  it.each([
    ['ArrowRight', 4, 5],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 4, 7],
    ['ArrowUp', 4, 1],
    ['ArrowUp', 1, 1],
    ['ArrowDown', 9, 10],
    ['PageDown', 0, 6],
    ['PageUp', 7, 1],
    ['Home', 7, 0],
    ['End', 2, 10],
  ])('%s leads from %i to %i', (key, from, to) => {
    expect(entryAfterKey(key, from, 11, grid, 2)).toBe(to);
  });

  it('other keys lead nowhere', () => {
    expect(entryAfterKey('a', 3, 11, grid, 2)).toBeNull();
    expect(entryAfterKey('Enter', 3, 11, grid, 2)).toBeNull();
  });
});
