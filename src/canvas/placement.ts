/**
 * Where cards hang. A placement is kept together with the canvas width it was made on; on another
 * width the whole wall is scaled by one factor, so that pictures keep their places to each other.
 */
import { type Percent, type Px, percent, px, toPercent, toPx } from './units.ts';

/** A card's place as it is stored: `x` in per cent of the canvas width, the rest in CSS pixels. */
export interface Placement {
  readonly x: Percent;
  readonly y: Px;
  readonly width: Px;
  readonly height: Px;
  /** The canvas width on which `y`, `width` and `height` were measured. */
  readonly canvasWidth: Px;
  /** Which card lies over which: the higher one in front; cards of one height in order of making. */
  readonly z: number;
}

/** A card's place on the canvas as it is now, all in CSS pixels. */
export interface Rect {
  readonly left: Px;
  readonly top: Px;
  readonly width: Px;
  readonly height: Px;
}

/** How big new cards are hung on a canvas, and how much wall is left between them. */
export interface Hang {
  readonly width: Px;
  readonly gap: Px;
  readonly margin: Px;
}

/** Height of a picture by its width before the picture is there (a card is 180 by 220 px). */
export const USUAL_ASPECT = 220 / 180;

/** How far each next card of the first row hangs below the top: a wall, not a table. */
const STAGGER = [0, 0.16, 0.05, 0.22, 0.1] as const;

export function toRect(placement: Placement, canvasWidth: Px): Rect {
  const scale = canvasWidth / placement.canvasWidth;
  return {
    left: toPx(placement.x, canvasWidth),
    top: px(placement.y * scale),
    width: px(placement.width * scale),
    height: px(placement.height * scale),
  };
}

export function toPlacement(rect: Rect, canvasWidth: Px, z = 0): Placement {
  return {
    x: percent(round(toPercent(rect.left, canvasWidth), 3)),
    y: px(round(rect.top, 1)),
    width: px(round(rect.width, 1)),
    height: px(round(rect.height, 1)),
    canvasWidth: px(round(canvasWidth, 1)),
    z,
  };
}

/** The size of new cards: that of the cards already there, else what suits the canvas. */
export function hangFor(canvasWidth: Px, existing: readonly Rect[] = []): Hang {
  const margin = px(canvasWidth < 560 ? 20 : Math.min(64, canvasWidth * 0.04));
  const columns = canvasWidth < 560 ? 2 : Math.max(3, Math.min(7, Math.floor(canvasWidth / 250)));
  const gap = px(canvasWidth < 560 ? 16 : 36);
  const fitting = (canvasWidth - 2 * margin - (columns - 1) * gap) / columns;
  const width = px(
    Math.floor(median(existing.map((rect) => rect.width)) ?? Math.min(fitting, 300)),
  );
  return { width, gap, margin };
}

/** Narrower cards carry no words, only the dot. */
const LABEL_FROM = 140;

/** How much wall a label takes under a picture: its words, or only its dot. */
const LABEL = 60;
const DOT = 8;

/** Cards narrower than this are too small to take hold of or to read. */
const COMFORTABLE_WIDTH = 150;

/**
 * The narrowest canvas on which these cards can still be used; on a narrower screen one pans. Never
 * wider than the canvas on which they were hung.
 */
export function comfortableCanvas(placements: readonly Placement[]): Px {
  const usual = median(placements.map((place) => place.width / place.canvasWidth));
  if (usual === undefined) return px(0);
  const hungOn = placements.reduce((widest, place) => Math.max(widest, place.canvasWidth), 0);
  return px(Math.min(hungOn, Math.round(COMFORTABLE_WIDTH / usual)));
}

/** A free place for a card of this aspect (height by width) that touches none of `taken`. */
export function findPlace(
  taken: readonly Rect[],
  canvasWidth: Px,
  hang: Hang,
  aspect = USUAL_ASPECT,
): Rect {
  const width = px(Math.min(hang.width, canvasWidth - 2 * hang.margin));
  const height = px(Math.round(width * aspect));
  let best: Rect | undefined;
  columnLefts(canvasWidth, hang, width).forEach((left, column) => {
    const start = px(hang.margin + (STAGGER[column % STAGGER.length] ?? 0) * width);
    const top = lowestFree(taken, { left, top: start, width, height }, hang);
    if (best === undefined || top < best.top - width / 2) best = { left, top, width, height };
  });
  return best ?? { left: hang.margin, top: hang.margin, width, height };
}

/** A picture together with the room of its label. */
export function roomOf(rect: Rect): Rect {
  return { ...rect, height: px(rect.height + (rect.width < LABEL_FROM ? DOT : LABEL)) };
}

export function overlaps(a: Rect, b: Rect): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

/** Keeps a card on the canvas: whole in width, and never above its top. */
export function clampToCanvas(rect: Rect, canvasWidth: Px): Rect {
  const left = Math.max(0, Math.min(rect.left, canvasWidth - rect.width));
  return { ...rect, left: px(left), top: px(Math.max(0, rect.top)) };
}

/** How tall the canvas must be to hold all cards with wall to spare beneath. */
export function canvasHeight(rects: readonly Rect[], spare: number): Px {
  return px(rects.reduce((lowest, rect) => Math.max(lowest, rect.top + rect.height), 0) + spare);
}

function columnLefts(canvasWidth: Px, hang: Hang, width: Px): Px[] {
  const room = canvasWidth - 2 * hang.margin;
  const columns = Math.max(1, Math.floor((room + hang.gap) / (width + hang.gap)));
  const step = columns === 1 ? 0 : (room - width) / (columns - 1);
  return Array.from({ length: columns }, (_, column) => px(hang.margin + column * step));
}

function lowestFree(taken: readonly Rect[], wanted: Rect, hang: Hang): Px {
  const room = roomOf(wanted);
  const inTheWay = taken
    .filter(
      (rect) =>
        rect.left < room.left + room.width + hang.gap / 2 &&
        room.left < rect.left + rect.width + hang.gap / 2,
    )
    .map(roomOf)
    .toSorted((a, b) => a.top - b.top);
  let top: number = room.top;
  for (const rect of inTheWay) {
    if (top + room.height + hang.gap / 2 <= rect.top) break;
    top = Math.max(top, rect.top + rect.height + hang.gap / 2);
  }
  return px(top);
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
