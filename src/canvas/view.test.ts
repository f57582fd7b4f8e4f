import { describe, expect, it } from 'vitest';
import { overlaps } from './placement.ts';
import { rect } from '../testing/geometry.ts';
import { loadingWidth, reaches, sameRect, windowAround } from './culling.ts';
import { clampZoom, fitZoom, scrollToKeep, wheelZoom, zoomStep } from './zoom.ts';

describe('C47: only what is near the screen is in the page', () => {
  const wall = Array.from({ length: 1000 }, (_, n) =>
    rect((n % 10) * 400, Math.floor(n / 10) * 300, 216, 260),
  );

  it.each([0.1, 0.5, 1, 4])('in both directions, at zoom %d', (zoom) => {
    const seen = { left: 1600 * zoom, top: 9000 * zoom, width: 1440, height: 900 };
    const kept = windowAround(seen, zoom);
    const visible = rect(1600, 9000, 1440 / zoom, 900 / zoom);
    const inPage = wall.filter((card) => overlaps(card, kept));
    expect(inPage.filter((card) => overlaps(card, visible)).length).toBe(
      wall.filter((card) => overlaps(card, visible)).length,
    );
    if (zoom >= 1) expect(inPage.length).toBeLessThan(120);
  });

  it('stays the same while one scrolls a little', () => {
    const at = (top: number) => windowAround({ left: 0, top, width: 1440, height: 900 }, 1);
    expect(sameRect(at(351), at(699))).toBe(true);
    expect(sameRect(at(351), at(701))).toBe(false);
  });

  it('reaches all that is seen, until one has zoomed out a good deal', () => {
    const kept = windowAround({ left: 0, top: 900, width: 1440, height: 900 }, 1);
    expect(reaches(kept, { left: 0, top: 900, width: 1440, height: 900 }, 1)).toBe(true);
    expect(reaches(kept, { left: 0, top: 720, width: 1440, height: 900 }, 0.8)).toBe(true);
    expect(reaches(kept, { left: 0, top: 180, width: 1440, height: 900 }, 0.2)).toBe(false);
  });

  it('asks for pictures in the size they have on the screen, in steps', () => {
    expect([0.1, 0.5, 1, 1.4, 2, 4].map((zoom) => loadingWidth(216, zoom))).toEqual([
      40, 160, 320, 320, 640, 1280,
    ]);
    expect(loadingWidth(1000, 4)).toBe(2560);
  });
});

describe('C48: zoom', () => {
  it('stays between a tenth and four times', () => {
    expect([clampZoom(0), clampZoom(9), wheelZoom(4, -500), wheelZoom(0.1, 500)]).toEqual([
      0.1, 4, 4, 0.1,
    ]);
    expect([zoomStep(1, 1), zoomStep(1, -1), zoomStep(0.93, 1), zoomStep(4, 1)]).toEqual([
      1.25, 0.8, 1, 4,
    ]);
  });

  it('turns back as far as it came', () => {
    expect(wheelZoom(wheelZoom(0.7, 40), -40)).toBeCloseTo(0.7);
  });

  it('keeps what lies under the pointer there', () => {
    const before = { x: 300, y: -400, zoom: 1 };
    const pointer = { x: 500, y: 200 };
    const after = { x: 300, y: -400, zoom: 2 };
    const scroll = scrollToKeep(pointer, before, after);
    const onWall = (stage: { x: number; y: number; zoom: number }, moved = { x: 0, y: 0 }) => [
      (pointer.x - stage.x + moved.x) / stage.zoom,
      (pointer.y - stage.y + moved.y) / stage.zoom,
    ];
    expect(onWall(after, scroll)).toEqual(onWall(before));
  });

  it('fits the whole wall, never larger than life', () => {
    expect(fitZoom({ width: 1080, height: 2000 }, { width: 1080, height: 1000 })).toBe(0.5);
    expect(fitZoom({ width: 300, height: 200 }, { width: 1080, height: 1000 })).toBe(1);
    expect(fitZoom({ width: 0, height: 0 }, { width: 1080, height: 1000 })).toBe(1);
  });
});
