import { describe, expect, it } from 'vitest';
import { fitted, isFitted, panned, zoomedTo } from './pictureView.ts';

const stage = { width: 800, height: 600 };
const picture = { width: 1600, height: 1200 };
const small = { width: 100, height: 50 };
const centre = { x: 0, y: 0 };

describe('the whole picture', () => {
  it('is as large as the stage takes it', () => {
    expect(fitted(picture, stage)).toEqual({ scale: 0.5, x: 0, y: 0 });
  });
  it('is never larger than it is', () => {
    expect(fitted(small, stage).scale).toBe(1);
  });
  it('is shown as it is while the stage has no size', () => {
    expect(fitted(picture, { width: 0, height: 0 }).scale).toBe(1);
    expect(fitted({ width: 0, height: 0 }, { width: 0, height: 0 }).scale).toBe(1);
  });
});

describe('zooming', () => {
  it('C35: keeps what lies under the pointer there', () => {
    const at = { x: 120, y: -80 };
    const before = zoomedTo(fitted(picture, stage), 1, centre, picture, stage);
    const after = zoomedTo(before, 2, at, picture, stage);
    const under = (view: typeof before) => [
      (at.x - view.x) / view.scale,
      (at.y - view.y) / view.scale,
    ];
    expect(under(after)).toEqual(under(before));
  });
  it('ends at the whole picture and at eight times its size', () => {
    const fit = fitted(picture, stage);
    expect(
      zoomedTo(zoomedTo(fit, 3, { x: 90, y: 9 }, picture, stage), 0.1, centre, picture, stage),
    ).toEqual(fit);
    expect(zoomedTo(fit, 99, centre, picture, stage).scale).toBe(8);
  });
  it('knows the whole picture when it sees it', () => {
    expect(isFitted(fitted(picture, stage), picture, stage)).toBe(true);
    expect(isFitted({ scale: 1, x: 0, y: 0 }, picture, stage)).toBe(false);
  });
});

describe('panning', () => {
  it('C35: shows no wall beside a picture that is larger than the stage', () => {
    const view = zoomedTo(fitted(picture, stage), 1, centre, picture, stage);
    expect(panned(view, { x: 5000, y: -5000 }, picture, stage)).toEqual({
      scale: 1,
      x: 400,
      y: -300,
    });
  });
  it('keeps a side that is smaller than the stage in the middle', () => {
    const wide = { width: 4000, height: 300 };
    const view = zoomedTo(fitted(wide, stage), 1, centre, wide, stage);
    expect(panned(view, { x: 50, y: 50 }, wide, stage)).toEqual({ scale: 1, x: 50, y: 0 });
  });
});
