/** From the wall to the screen and back. Pure; the screen is in CSS pixels of the stage. */
import type { Camera, View } from '../camera.ts';
import { mix } from '../easing.ts';
import type { WallRect } from '../script.ts';

/** A rectangle on the stage. */
export interface StageRect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The share of the window that a picture takes when it is held up. */
const HELD_HEIGHT = 0.88;
const HELD_WIDTH = 0.84;

export function onStage(rect: WallRect, camera: Camera, window: StageRect): StageRect {
  return {
    left: window.left + window.width / 2 + (rect.left - camera.x) * camera.scale,
    top: window.top + window.height / 2 + (rect.top - camera.y) * camera.scale,
    width: rect.width * camera.scale,
    height: rect.height * camera.scale,
  };
}

/** Where a card of this shape is held up for everybody to see. */
export function heldUp(rect: WallRect, window: StageRect): StageRect {
  const scale = Math.min(
    (window.width * HELD_WIDTH) / rect.width,
    (window.height * HELD_HEIGHT) / rect.height,
  );
  const [width, height] = [rect.width * scale, rect.height * scale];
  return {
    left: window.left + (window.width - width) / 2,
    top: window.top + (window.height - height) / 2,
    width,
    height,
  };
}

export function between(from: StageRect, to: StageRect, share: number): StageRect {
  return {
    left: mix(from.left, to.left, share),
    top: mix(from.top, to.top, share),
    width: mix(from.width, to.width, share),
    height: mix(from.height, to.height, share),
  };
}

/** Whether a card is in sight, or nearer to it than `reach` windows. */
export function inSight(rect: WallRect, camera: Camera, view: View, reach: number): boolean {
  const halfWidth = (view.width / camera.scale) * (0.5 + reach);
  const halfHeight = (view.height / camera.scale) * (0.5 + reach);
  return (
    rect.left < camera.x + halfWidth &&
    rect.left + rect.width > camera.x - halfWidth &&
    rect.top < camera.y + halfHeight &&
    rect.top + rect.height > camera.y - halfHeight
  );
}

/** The widths in which pictures are asked for, so that a slow zoom does not ask for each pixel. */
const WIDTHS = [160, 320, 640, 1280, 2560] as const;

export function usualWidth(width: number): number {
  return WIDTHS.find((known) => known >= width * 0.9) ?? WIDTHS[WIDTHS.length - 1] ?? width;
}
