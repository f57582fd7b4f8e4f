/** Moving and resizing one card or many as a whole. */
import type { Rect } from './placement.ts';
import { type Px, px } from './units.ts';

/** No side of a card gets shorter by hand. */
export const SHORTEST_SIDE = 48;

/** The corner that is pulled: -1 is left or top, 1 is right or bottom. */
export interface Corner {
  readonly x: -1 | 1;
  readonly y: -1 | 1;
}

export interface Offset {
  readonly dx: number;
  readonly dy: number;
}

/** The smallest rectangle around all of them. */
export function boundsOf(rects: readonly Rect[]): Rect {
  const left = Math.min(...rects.map((rect) => rect.left));
  const top = Math.min(...rects.map((rect) => rect.top));
  return {
    left: px(left),
    top: px(top),
    width: px(Math.max(...rects.map((rect) => rect.left + rect.width)) - left),
    height: px(Math.max(...rects.map((rect) => rect.top + rect.height)) - top),
  };
}

/** How far these cards go when pushed so far: together, and none off the canvas. */
export function allowedOffset(rects: readonly Rect[], wanted: Offset, canvasWidth: Px): Offset {
  if (rects.length === 0) return { dx: 0, dy: 0 };
  const { left, top, width } = boundsOf(rects);
  const right = Math.max(0, canvasWidth - width);
  return {
    dx: Math.min(Math.max(left + wanted.dx, 0), right) - left,
    dy: Math.max(top + wanted.dy, 0) - top,
  };
}

export function shifted(rect: Rect, { dx, dy }: Offset): Rect {
  return { ...rect, left: px(rect.left + dx), top: px(rect.top + dy) };
}

/**
 * By which factor a pull on one corner of `card` resizes it: the picture keeps its shape, and the
 * further of the two directions counts.
 */
export function pullFactor(card: Rect, corner: Corner, { dx, dy }: Offset): number {
  const wide = (corner.x * dx) / card.width;
  const high = (corner.y * dy) / card.height;
  return 1 + (Math.abs(wide) > Math.abs(high) ? wide : high);
}

/** Resizes all by one factor; the corner of the whole that lies opposite stays where it is. */
export function resized(
  rects: readonly Rect[],
  corner: Corner,
  factor: number,
  canvasWidth: Px,
): Rect[] {
  if (rects.length === 0) return [];
  const whole = boundsOf(rects);
  const anchorX = corner.x === 1 ? whole.left : whole.left + whole.width;
  const anchorY = corner.y === 1 ? whole.top : whole.top + whole.height;
  const scale = allowedFactor(rects, whole, corner, factor, canvasWidth);
  return rects.map((rect) => ({
    left: px(anchorX + (rect.left - anchorX) * scale),
    top: px(anchorY + (rect.top - anchorY) * scale),
    width: px(rect.width * scale),
    height: px(rect.height * scale),
  }));
}

function allowedFactor(
  rects: readonly Rect[],
  whole: Rect,
  corner: Corner,
  factor: number,
  canvasWidth: Px,
): number {
  const shortest = Math.min(...rects.map((rect) => Math.min(rect.width, rect.height)));
  // A card that is smaller already may stay so, but gets no smaller.
  const least = Math.min(1, SHORTEST_SIDE / shortest);
  const roomX = corner.x === 1 ? canvasWidth - whole.left : whole.left + whole.width;
  const roomY = corner.y === 1 ? Infinity : whole.top + whole.height;
  const most = Math.max(1, Math.min(roomX / whole.width, roomY / whole.height));
  return Math.max(least, Math.min(most, factor));
}
