/** The room that cards need on the wall, and where there is some left. */
import { type Hang, type Rect, clampToCanvas, hangFor, overlaps, roomOf } from './placement.ts';
import { type Px, px } from './units.ts';

/** Wall between a card and the next, where a free place is looked for. */
const BETWEEN = 16;

/** How far around a wanted place a free one is looked for, before the wall's end will do. */
const REACHES = [160, 480, 1400] as const;

/** Whether a card can hang here without covering another or its label. */
export function isFree(rect: Rect, taken: readonly Rect[]): boolean {
  const room = roomOf(rect);
  return !taken.some((other) => overlaps(room, roomOf(other)));
}

/** The wanted place, or the nearest one where nothing hangs. */
export function findNear(taken: readonly Rect[], wanted: Rect, canvasWidth: Px): Rect {
  const start = fitted(wanted, canvasWidth);
  if (isFree(start, taken)) return start;
  for (const reach of REACHES) {
    const free = freeWithin(reach, start, taken.map(roomOf), canvasWidth);
    if (free !== undefined) return { ...start, ...free };
  }
  return atTheEnd(taken, start);
}

/**
 * New places for `rects`, in rows from where the first of them hung, in their reading order; none
 * covers another or any of `others`.
 */
export function tidied(
  rects: readonly Rect[],
  others: readonly Rect[],
  canvasWidth: Px,
  hang: Hang = hangFor(canvasWidth, rects),
): Rect[] {
  const left = Math.min(...rects.map((rect) => rect.left));
  const right = Math.max(...rects.map((rect) => rect.left + rect.width));
  const widest = Math.max(...rects.map((rect) => rect.width));
  const row = (widest + hang.gap) * Math.ceil(Math.sqrt(rects.length)) - hang.gap;
  const end = Math.min(canvasWidth, Math.max(right, left + row));
  const start = Math.max(0, Math.min(left, end - widest));
  const placed: Rect[] = [];
  let [x, y, rowEnd] = [start, Math.min(...rects.map((rect) => rect.top)), 0];
  for (const rect of rects) {
    if (x > start && x + rect.width > end) [x, y] = [start, rowEnd + hang.gap / 2];
    const wanted = { ...rect, left: px(x), top: px(y) };
    placed.push(findNear([...others, ...placed], wanted, canvasWidth));
    x += rect.width + hang.gap;
    rowEnd = Math.max(rowEnd, y + roomOf(rect).height);
  }
  return placed;
}

function fitted(rect: Rect, canvasWidth: Px): Rect {
  const scale = Math.min(1, canvasWidth / rect.width);
  const { width, height } = rect;
  return clampToCanvas(
    { ...rect, width: px(width * scale), height: px(height * scale) },
    canvasWidth,
  );
}

function freeWithin(
  reach: number,
  wanted: Rect,
  rooms: readonly Rect[],
  canvasWidth: Px,
): { left: Px; top: Px } | undefined {
  const room = roomOf(wanted);
  const near = rooms.filter((other) => distance(other, room) < reach + BETWEEN);
  const lefts = edges(wanted.left, room.width, near, 'left', 'width').filter(
    (left) =>
      Math.abs(left - wanted.left) <= reach && left >= 0 && left + wanted.width <= canvasWidth,
  );
  const tops = edges(wanted.top, room.height, near, 'top', 'height').filter(
    (top) => Math.abs(top - wanted.top) <= reach && top >= 0,
  );
  return nearestFirst(lefts, tops, wanted).find(
    ({ left, top }) => !near.some((other) => overlaps({ ...room, left, top }, other)),
  );
}

/** A nearest free place touches others, or lies straight beside, above or below the wanted one. */
function edges(
  wanted: number,
  size: number,
  near: readonly Rect[],
  side: 'left' | 'top',
  length: 'width' | 'height',
): number[] {
  const found = near.flatMap((other) => [
    other[side] - size - BETWEEN,
    other[side],
    other[side] + other[length] + BETWEEN,
  ]);
  return [...new Set([wanted, ...found])];
}

function nearestFirst(
  lefts: readonly number[],
  tops: readonly number[],
  { left: x, top: y }: Rect,
): { left: Px; top: Px }[] {
  return lefts
    .flatMap((left) => tops.map((top) => ({ left: px(left), top: px(top) })))
    .map((place) => ({ place, far: (place.left - x) ** 2 + (place.top - y) ** 2 }))
    .sort((a, b) => a.far - b.far)
    .map(({ place }) => place);
}

function atTheEnd(taken: readonly Rect[], rect: Rect): Rect {
  const lowest = Math.max(0, ...taken.map(roomOf).map((other) => other.top + other.height));
  return { ...rect, top: px(lowest + BETWEEN) };
}

function distance(a: Rect, b: Rect): number {
  const dx = Math.max(a.left - (b.left + b.width), b.left - (a.left + a.width), 0);
  const dy = Math.max(a.top - (b.top + b.height), b.top - (a.top + a.height), 0);
  return Math.max(dx, dy);
}
