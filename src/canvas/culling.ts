/** Which part of a wall is worth having in the page, and in which size its pictures. */
import type { Rect } from './placement.ts';
import { px } from './units.ts';

/** How much beyond the screen is kept ready, in screen pixels. */
const BEYOND = 700;
/** The window moves in steps of so many screen pixels, so that most scrolling changes nothing. */
const STEP = 350;

/** What is seen: a place on the stage as it is on the screen, in screen pixels. */
export interface Seen {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Just what is on the screen, in pixels of the canvas. */
export function screenOf(seen: Seen, zoom: number): Rect {
  return {
    left: px(seen.left / zoom),
    top: px(seen.top / zoom),
    width: px(seen.width / zoom),
    height: px(seen.height / zoom),
  };
}

/** The part of the canvas, in its own pixels, whose cards are in the page. */
export function windowAround(seen: Seen, zoom: number): Rect {
  const start = (from: number): number => Math.floor(from / STEP) * STEP - BEYOND;
  const length = (size: number): number => (Math.ceil(size / STEP) + 1) * STEP + 2 * BEYOND;
  return {
    left: px(start(seen.left) / zoom),
    top: px(start(seen.top) / zoom),
    width: px(length(seen.width) / zoom),
    height: px(length(seen.height) / zoom),
  };
}

/** Whether all that is seen lies in this part of the canvas. */
export function reaches(part: Rect, seen: Seen, zoom: number): boolean {
  const [left, top] = [seen.left / zoom, seen.top / zoom];
  return (
    part.left <= left &&
    part.top <= top &&
    part.left + part.width >= left + seen.width / zoom &&
    part.top + part.height >= top + seen.height / zoom
  );
}

export function sameRect(a: Rect, b: Rect): boolean {
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;
}

/** Sizes of a card on the screen in steps, so that zooming seldom asks for another picture. */
const STEPS = [40, 80, 160, 320, 640, 1280, 2560] as const;

/** In which width a picture is asked for, in CSS pixels; the browser knows the screen's density. */
export function loadingWidth(cardWidth: number, zoom: number): number {
  const wanted = cardWidth * zoom;
  return STEPS.find((step) => step >= wanted * 0.95) ?? 2560;
}
