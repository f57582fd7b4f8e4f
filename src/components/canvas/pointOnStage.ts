import type { Point } from '../../canvas/zoom.ts';

/** Where on the canvas a point of the screen lies; null when it lies beside the wall, or there is none. */
export function pointOnStage(at: { clientX: number; clientY: number }): Point | null {
  const stage = document.querySelector<HTMLElement>('.stage');
  const wall = stage?.closest('.canvas-scroller')?.getBoundingClientRect();
  if (stage === null || wall === undefined) return null;
  const inside = at.clientX >= wall.left && at.clientX <= wall.right && at.clientY >= wall.top;
  if (!inside) return null;
  const { left, top, width } = stage.getBoundingClientRect();
  const zoom = width / stage.offsetWidth;
  return { x: (at.clientX - left) / zoom, y: (at.clientY - top) / zoom };
}
