/**
 * The camera over the wall: it follows the pictures as they come, shows some of those before, and
 * at the end steps back. A track is made once for a script and a window; where the camera is at a
 * time is found by bisection, so that seeking is exact. Pure.
 */
import { countUntil } from './bisect.ts';
import { clamp, easeBoth, mix } from './easing.ts';
import { type Script, TAIL, WALL_WIDTH, type WallRect } from './script.ts';

/** The wall's point in the middle of the window, and pixels for one unit of the wall. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** The window in CSS pixels. */
export interface View {
  readonly width: number;
  readonly height: number;
}

interface Move {
  readonly at: number;
  readonly lasts: number;
  readonly from: Camera;
  readonly to: Camera;
}

export interface CameraTrack {
  readonly start: Camera;
  readonly moves: readonly Move[];
  readonly times: readonly number[];
}

/** So many of the latest pictures are kept in sight, where they fit. */
const COMPANY = 7;
/** Share of the window that is left free around what is shown. */
const MARGIN = 0.07;
/** Cards are not shown narrower than this in pixels, unless there are too many at the end. */
const NARROWEST = 72;
const NARROWEST_AT_THE_END = 34;
/** The share of the window's height that one card may take on the wall. */
const TALLEST = 0.46;
const SHORTEST_PAN = 500;
const LONGEST_PAN = 1_500;
const STEP_BACK = 1_900;

export function trackCamera(script: Script, view: View): CameraTrack {
  const sizes = usualCard(script);
  const rects = new Map<number, WallRect>();
  const moves: Move[] = [];
  const go = (at: number, lasts: number, to: Camera): void => {
    const before = moves.at(-1);
    moves.push({ at, lasts, from: before === undefined ? to : along(before, at), to });
  };
  for (const beat of script.beats) {
    if (beat.kind === 'write') continue;
    if (beat.to === null) rects.delete(beat.card);
    else {
      // The latest is the last in the map.
      if (beat.kind !== 'move') rects.delete(beat.card);
      rects.set(beat.card, beat.to);
      const resting = moves.at(-1)?.to;
      if (resting !== undefined && isComfortable(resting, beat.to, view, sizes)) continue;
      const company = latest(rects, beat.card, COMPANY);
      go(beat.at, clamp(beat.lasts * 0.9, SHORTEST_PAN, LONGEST_PAN), fit(company, view, sizes));
    }
  }
  if (rects.size > 0) {
    const all = [...rects.values()].toReversed();
    go(script.duration - TAIL, STEP_BACK, fit(all, view, sizes, NARROWEST_AT_THE_END));
  }
  const start = moves[0]?.to ?? { x: WALL_WIDTH / 2, y: 0, scale: view.width / WALL_WIDTH };
  return { start, moves, times: moves.map((move) => move.at) };
}

/** Where the camera is; `cuts`: it jumps instead of travelling. */
export function cameraAt(track: CameraTrack, time: number, cuts = false): Camera {
  const move = track.moves[countUntil(track.times, time) - 1];
  if (move === undefined) return track.start;
  return cuts ? move.to : along(move, time);
}

function along({ at, lasts, from, to }: Move, time: number): Camera {
  const share = easeBoth((time - at) / lasts);
  const scale = from.scale * (to.scale / from.scale) ** share;
  // The middle travels so that what is looked at does not swing about while the scale changes.
  const even = Math.abs(to.scale - from.scale) < 1e-9;
  const way = even ? share : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
  return { x: mix(from.x, to.x, way), y: mix(from.y, to.y, way), scale };
}

interface Sizes {
  readonly width: number;
  readonly height: number;
}

function usualCard(script: Script): Sizes {
  const rects = script.hangs.flatMap((beat) => (beat.to === null ? [] : [beat.to]));
  return { width: middle(rects.map((r) => r.width)), height: middle(rects.map((r) => r.height)) };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 180;
}

/** The camera that shows as many of these as fit, the first of them always. */
function fit(rects: readonly WallRect[], view: View, sizes: Sizes, narrowest = NARROWEST): Camera {
  const most = Math.min(
    (view.height * TALLEST) / sizes.height,
    (view.width * (1 - 2 * MARGIN)) / sizes.width,
  );
  let box = rects[0] ?? { left: 0, top: 0, width: WALL_WIDTH, height: 1 };
  const least = Math.min(most, narrowest / sizes.width, scaleFor(box, view));
  for (const rect of rects) {
    const larger = around(box, rect);
    if (scaleFor(larger, view) < least) continue;
    box = larger;
  }
  const scale = clamp(scaleFor(box, view), least, most);
  return { x: box.left + box.width / 2, y: box.top + box.height / 2, scale };
}

function scaleFor(box: WallRect, view: View): number {
  const room = 1 - 2 * MARGIN;
  return Math.min((view.width * room) / box.width, (view.height * room) / box.height);
}

/** Whether a card is in sight already, so that the camera may rest. */
function isComfortable(camera: Camera, rect: WallRect, view: View, sizes: Sizes): boolean {
  const [halfWidth, halfHeight] = [view.width / 2 / camera.scale, view.height / 2 / camera.scale];
  const most = (view.height * TALLEST) / sizes.height;
  if (camera.scale > most * 1.01) return false;
  const edge = 0.8;
  return (
    rect.left >= camera.x - halfWidth * (2 * edge - 0.6) &&
    rect.left + rect.width <= camera.x + halfWidth * (2 * edge - 0.6) &&
    rect.top >= camera.y - halfHeight * edge &&
    rect.top + rect.height <= camera.y + halfHeight * edge
  );
}

/** The cards hung last, the latest first; `card` before all others. */
function latest(rects: ReadonlyMap<number, WallRect>, card: number, most: number): WallRect[] {
  const own = rects.get(card);
  const others: WallRect[] = [];
  const keys = [...rects.keys()];
  for (let index = keys.length - 1; index >= 0 && others.length < most - 1; index--) {
    const key = keys[index];
    const rect = key === undefined || key === card ? undefined : rects.get(key);
    if (rect !== undefined) others.push(rect);
  }
  return own === undefined ? others : [own, ...others];
}

function around(one: WallRect, other: WallRect): WallRect {
  const left = Math.min(one.left, other.left);
  const top = Math.min(one.top, other.top);
  return {
    left,
    top,
    width: Math.max(one.left + one.width, other.left + other.width) - left,
    height: Math.max(one.top + one.height, other.top + other.height) - top,
  };
}
