/** How much a wall is magnified, and which part of it then lies where. */

export const LEAST_ZOOM = 0.1;
export const MOST_ZOOM = 4;

/** The steps of the buttons and keys. */
const STEPS = [0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4] as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function clampZoom(zoom: number): number {
  return Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom));
}

/** The next step in or out. */
export function zoomStep(zoom: number, direction: 1 | -1): number {
  if (direction === 1) return STEPS.find((step) => step > zoom * 1.01) ?? MOST_ZOOM;
  return STEPS.findLast((step) => step < zoom * 0.99) ?? LEAST_ZOOM;
}

/** The zoom after a turn of the wheel by so many pixels; a pinch on a touch pad comes as one too. */
export function wheelZoom(zoom: number, deltaY: number): number {
  const turn = Math.max(-60, Math.min(60, deltaY));
  return clampZoom(zoom * Math.exp(-turn / 180));
}

/** The largest zoom at which a wall of this size is seen whole; never larger than life. */
export function fitZoom(
  wall: { width: number; height: number },
  screen: { width: number; height: number },
): number {
  if (wall.width <= 0 || wall.height <= 0) return 1;
  const zoom = Math.min(1, screen.width / wall.width, screen.height / wall.height);
  return clampZoom(Math.floor(zoom * 1000) / 1000);
}

/** How far to scroll, so that what lay under `pointer` lies there still; `before` and `after` say where the stage begins. */
export function scrollToKeep(
  pointer: Point,
  before: Point & { zoom: number },
  after: Point & { zoom: number },
): Point {
  const grown = after.zoom / before.zoom;
  return {
    x: after.x + (pointer.x - before.x) * grown - pointer.x,
    y: after.y + (pointer.y - before.y) * grown - pointer.y,
  };
}

/** Where a wall of this length may begin on a screen: a longer one leaves no gap at either end. */
export function heldWithin(start: number, length: number, screen: number): number {
  return Math.min(0, Math.max(screen - length, start));
}
