import { describe, expect, it } from 'vitest';
import { rect } from '../testing/geometry.ts';
import { allowedOffset, pullFactor, resized, shifted } from './group.ts';
import { px } from './units.ts';

const WIDTH = px(1000);
const RIGHT_BOTTOM = { x: 1, y: 1 } as const;
const LEFT_TOP = { x: -1, y: -1 } as const;

describe('C43: a group moves as one', () => {
  const group = [rect(100, 50, 180, 220), rect(700, 400, 180, 220)];

  it('goes where it is pushed', () => {
    expect(allowedOffset(group, { dx: 40, dy: -20 }, WIDTH)).toEqual({ dx: 40, dy: -20 });
    expect(shifted(rect(1, 2, 3, 4), { dx: 10, dy: 20 })).toEqual(rect(11, 22, 3, 4));
  });

  it('stops as a whole where the first of it would leave the canvas', () => {
    expect(allowedOffset(group, { dx: 500, dy: -500 }, WIDTH)).toEqual({ dx: 120, dy: -50 });
    expect(allowedOffset(group, { dx: -500, dy: 900 }, WIDTH)).toEqual({ dx: -100, dy: 900 });
  });

  it('brings back what hangs beyond the edge', () => {
    expect(allowedOffset([rect(950, 0, 100, 100)], { dx: 5, dy: 0 }, WIDTH).dx).toBe(-50);
  });
});

describe('C44: resizing by a corner', () => {
  it('keeps the shape of the picture and the opposite corner', () => {
    const card = rect(100, 100, 200, 100);
    const factor = pullFactor(card, LEFT_TOP, { dx: -50, dy: -10 });
    expect(factor).toBeCloseTo(1.25);
    expect(resized([card], LEFT_TOP, factor, WIDTH)).toEqual([rect(50, 75, 250, 125)]);
  });

  it('makes no side shorter than 48 px, and nothing wider than the canvas', () => {
    const card = rect(100, 100, 200, 100);
    expect(resized([card], RIGHT_BOTTOM, 0.01, WIDTH)).toEqual([rect(100, 100, 96, 48)]);
    expect(resized([card], RIGHT_BOTTOM, 50, WIDTH)[0]).toMatchObject({ left: 100, width: 900 });
    const above = resized([card], LEFT_TOP, 50, WIDTH)[0];
    expect(above?.left).toBeCloseTo(0);
    expect(above?.top).toBeCloseTo(50);
  });

  it('leaves alone what was smaller before', () => {
    expect(resized([rect(0, 0, 30, 40)], RIGHT_BOTTOM, 0.5, WIDTH)).toEqual([rect(0, 0, 30, 40)]);
  });

  it('resizes a group about the corner of the whole', () => {
    const group = [rect(100, 100, 100, 100), rect(300, 300, 100, 100)];
    expect(resized(group, RIGHT_BOTTOM, 2, WIDTH)).toEqual([
      rect(100, 100, 200, 200),
      rect(500, 500, 200, 200),
    ]);
  });
});
