import { describe, expect, it } from 'vitest';
import { numbers, rect } from '../testing/geometry.ts';
import { type Rect, overlaps, roomOf } from './placement.ts';
import { findNear, isFree, tidied } from './room.ts';
import { px } from './units.ts';

const WIDTH = px(1080);

function randomWall(seed: number, count: number): Rect[] {
  const random = numbers(seed);
  const next = (most: number): number => random.next().value * most;
  return Array.from({ length: count }, () =>
    rect(next(900), next(1500), 60 + next(160), 60 + next(200)),
  );
}

describe('C41: a place near the wanted one', () => {
  it('is the wanted one while nothing hangs there', () => {
    expect(findNear([rect(0, 0, 180, 220)], rect(400, 300, 180, 220), WIDTH)).toEqual(
      rect(400, 300, 180, 220),
    );
  });

  it.each([1, 2, 3, 4, 5, 6])('covers no card and no label (wall %i)', (seed) => {
    const taken = randomWall(seed, 40);
    for (const wanted of randomWall(seed + 100, 20)) {
      const place = findNear(taken, wanted, WIDTH);
      expect(isFree(place, taken)).toBe(true);
      expect(place.left).toBeGreaterThanOrEqual(0);
      expect(place.left + place.width).toBeLessThanOrEqual(WIDTH);
      expect(place.top).toBeGreaterThanOrEqual(0);
      expect([place.width, place.height]).toEqual([wanted.width, wanted.height]);
      taken.push(place);
    }
  });

  it('is the nearest: a gap of just its size is found', () => {
    const row = [0, 200, 600, 800].map((left) => rect(left, 0, 180, 220));
    const place = findNear(row, rect(560, 10, 180, 220), WIDTH);
    expect(place).toMatchObject({ top: 10 });
    expect(place.left).toBeGreaterThanOrEqual(380);
    expect(place.left).toBeLessThanOrEqual(404);
  });

  it('is beneath all where the wall is full far and wide', () => {
    const full = [rect(0, 0, 1080, 5000)];
    expect(findNear(full, rect(300, 200, 180, 220), WIDTH).top).toBeGreaterThan(5000);
  });

  it('makes what is wider than the wall fit, in its shape', () => {
    const place = findNear([], rect(50, 0, 2160, 1080), WIDTH);
    expect(place).toMatchObject({ left: 0, width: 1080, height: 540 });
  });
});

describe('C42: tidying up', () => {
  it.each([1, 2, 3])(
    'leaves none of the chosen over another or over the rest (wall %i)',
    (seed) => {
      const chosen = randomWall(seed, 24);
      const others = [rect(0, 700, 300, 300), rect(500, 0, 200, 200)];
      const placed = tidied(chosen, others, WIDTH);
      expect(placed.map(({ width, height }) => [width, height])).toEqual(
        chosen.map(({ width, height }) => [width, height]),
      );
      placed.forEach((place, index) => {
        const rest = [...placed.slice(0, index), ...placed.slice(index + 1), ...others];
        expect(rest.filter((other) => overlaps(roomOf(place), roomOf(other)))).toEqual([]);
      });
    },
  );

  it('hangs a heap in rows', () => {
    const heap = Array.from({ length: 4 }, (_, n) => rect(10 * n, 5 * n, 100, 120));
    const tops = tidied(heap, [], WIDTH).map((place) => place.top);
    expect(tops[0]).toBe(tops[1]);
    expect(tops[2]).toBe(tops[3]);
    expect(new Set(tops).size).toBe(2);
  });
});
