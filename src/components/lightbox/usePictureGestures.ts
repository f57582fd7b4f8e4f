import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { Point } from './pictureView.ts';

/** What hands do to the picture; points are measured from the stage's centre. */
export interface Gestures {
  /** Whether the whole picture is in view: then one finger leafs instead of moving it. */
  readonly isFitted: boolean;
  onPan(by: Point): void;
  onZoom(factor: number, at: Point): void;
  onLeaf(by: 1 | -1): void;
}

const LEAF_PX = 48;
const WHEEL_ZOOM = 0.0016;
/** A pinch on a trackpad comes as a wheel with Ctrl, in smaller numbers. */
const PINCH_ZOOM = 0.01;
const LINE_PX = 16;

export function usePictureGestures(stage: RefObject<HTMLElement | null>, gestures: Gestures) {
  const now = useRef(gestures);
  const fingers = useRef(new Map<number, Point>());
  const start = useRef<Point | null>(null);
  useEffect(() => {
    now.current = gestures;
  });

  useEffect(() => {
    const element = stage.current;
    if (element === null) return;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
      const rate = event.ctrlKey ? PINCH_ZOOM : WHEEL_ZOOM;
      now.current.onZoom(Math.exp(-event.deltaY * lines * rate), fromCentre(element, event));
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [stage]);

  const down = (event: PointerEvent<HTMLElement>): void => {
    const held = fingers.current;
    const isTouch = event.pointerType === 'touch';
    if (event.button !== 0 || (!isTouch && now.current.isFitted)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    held.set(event.pointerId, fromCentre(event.currentTarget, event));
    start.current = held.size === 1 ? fromCentre(event.currentTarget, event) : null;
  };

  const move = (event: PointerEvent<HTMLElement>): void => {
    const held = fingers.current;
    const before = held.get(event.pointerId);
    if (before === undefined) return;
    const at = fromCentre(event.currentTarget, event);
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    held.set(event.pointerId, at);
    if (other !== undefined) pinch(now.current, before, at, other);
    else if (!now.current.isFitted) now.current.onPan({ x: at.x - before.x, y: at.y - before.y });
    else if (start.current !== null) follow(event.currentTarget, at.x - start.current.x);
  };

  const up = (event: PointerEvent<HTMLElement>): void => {
    const known = fingers.current.delete(event.pointerId);
    const from = start.current;
    start.current = null;
    follow(event.currentTarget, 0);
    if (!known || from === null || !now.current.isFitted || event.type === 'pointercancel') return;
    const at = fromCentre(event.currentTarget, event);
    const [dx, dy] = [at.x - from.x, at.y - from.y];
    if (Math.abs(dx) > LEAF_PX && Math.abs(dx) > 1.5 * Math.abs(dy))
      now.current.onLeaf(dx < 0 ? 1 : -1);
  };

  return { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: up };
}

export function fromCentre(
  element: HTMLElement,
  event: { readonly clientX: number; readonly clientY: number },
): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
}

function pinch(gestures: Gestures, before: Point, at: Point, other: Point): void {
  const distance = (a: Point): number => Math.hypot(a.x - other.x, a.y - other.y);
  const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
  gestures.onPan({ x: (at.x - before.x) / 2, y: (at.y - before.y) / 2 });
  if (distance(before) > 0) gestures.onZoom(distance(at) / distance(before), middle);
}

/** The picture goes a little with the finger that leafs. */
function follow(stage: HTMLElement, dx: number): void {
  stage.style.setProperty('--leaf', `${Math.round(dx * 0.4)}px`);
}
