import { describe, expect, it } from 'vitest';
import {
  type Rect,
  canvasHeight,
  clampToCanvas,
  comfortableCanvas,
  findPlace,
  hangFor,
  overlaps,
  roomOf,
  toPlacement,
  toRect,
} from './placement.ts';
import { numbers, rect } from '../testing/geometry.ts';
import { percent, px } from './units.ts';

describe('placements on another canvas width', () => {
  const stored = {
    x: percent(44),
    y: px(280),
    width: px(180),
    height: px(220),
    canvasWidth: px(1440),
    z: 0,
  };

  it('are where they were on the same width', () => {
    const same = toRect(stored, px(1440));
    expect(same.left).toBeCloseTo(633.6);
    expect(same).toMatchObject({ top: 280, width: 180, height: 220 });
    expect(toPlacement(same, px(1440))).toEqual(stored);
  });

  it('scale by one factor, so that nothing comes to overlap', () => {
    const half = toRect(stored, px(720));
    expect(half.left).toBeCloseTo(316.8);
    expect(half).toMatchObject({ top: 140, width: 90, height: 110 });
  });
});

describe('C41: finding a place', () => {
  it.each([350, 390, 820, 1080, 1440, 2200])('never overlaps on a canvas of %i px', (width) => {
    const random = numbers(width);
    const taken: Rect[] = Array.from({ length: 5 }, () =>
      rect(random.next().value * (width - 170), random.next().value * 900, 160, 190),
    );
    const hung: Rect[] = [];
    for (let index = 0; index < 60; index++) {
      const all = [...taken, ...hung];
      const place = findPlace(
        all,
        px(width),
        hangFor(px(width), all),
        0.7 + random.next().value * 0.9,
      );
      expect(all.filter((other) => overlaps(roomOf(place), roomOf(other)))).toEqual([]);
      expect(place.left).toBeGreaterThanOrEqual(0);
      expect(place.left + place.width).toBeLessThanOrEqual(width + 0.001);
      hung.push(place);
    }
  });

  it('fills a row from the left before it starts the next', () => {
    const canvas = px(1100);
    const hung: Rect[] = [];
    for (let index = 0; index < 4; index++) hung.push(findPlace(hung, canvas, hangFor(canvas)));
    const lefts = hung.map((place) => place.left);
    expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
    expect(new Set(lefts).size).toBe(4);
  });

  it('uses a gap that a removed card left', () => {
    const canvas = px(1100);
    const hung: Rect[] = [];
    for (let index = 0; index < 12; index++) hung.push(findPlace(hung, canvas, hangFor(canvas)));
    const gone = hung[1];
    const rest = hung.filter((place) => place !== gone);
    expect(findPlace(rest, canvas, hangFor(canvas))).toEqual(gone);
  });

  it('gives new cards the size of those already there', () => {
    expect(hangFor(px(1000), [rect(0, 0, 120, 150), rect(0, 0, 120, 150)]).width).toBe(120);
    expect(hangFor(px(390)).width).toBeGreaterThan(140);
  });

  it('copes with a card wider than the canvas', () => {
    const place = findPlace([], px(300), { ...hangFor(px(300)), width: px(900) });
    expect(place.left + place.width).toBeLessThanOrEqual(300);
  });
});

describe('moving', () => {
  it('keeps a card on the canvas', () => {
    expect(clampToCanvas(rect(-50, -20, 180, 220), px(1000))).toMatchObject({ left: 0, top: 0 });
    expect(clampToCanvas(rect(900, 15, 180, 220), px(1000))).toMatchObject({ left: 820, top: 15 });
  });

  it('makes the canvas grow with its lowest card', () => {
    expect(canvasHeight([rect(0, 900, 180, 220), rect(0, 0, 1, 1)], 80)).toBe(1200);
    expect(canvasHeight([], 80)).toBe(80);
  });
});

describe('the narrowest useful canvas', () => {
  const hung = (width: number, canvasWidth: number) => ({
    ...toPlacement(rect(0, 0, width, width), px(canvasWidth)),
  });

  it('shows a wide wall so large that its cards can be used', () => {
    expect(comfortableCanvas([hung(216, 1080), hung(216, 1080)])).toBe(750);
  });

  it('is never wider than the wall it was hung on, and nothing for an empty one', () => {
    expect(comfortableCanvas([hung(60, 400)])).toBe(400);
    expect(comfortableCanvas([])).toBe(0);
  });
});
