import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';

/** How far a pointer may slip and still have clicked. */
const SLIP_PX = 4;
/** How long a finger rests on a card before it picks it up instead of scrolling. */
const HOLD_MS = 350;

interface Gesture {
  dragging: boolean;
  dx: number;
  dy: number;
  hold: ReturnType<typeof setTimeout> | undefined;
}

interface Drag {
  /** Goes on the element that is taken hold of. */
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  /** Whether this click only ended a gesture that was a drag, or was given up. */
  readonly endedDrag: (click: MouseEvent) => boolean;
}

/**
 * Drags the nearest `.card` around the pressed element. While it is held, only its style changes,
 * so that a canvas of a thousand cards stays smooth; `onDrop` tells how far it came, in CSS pixels.
 */
export function useDrag(onDrop: (dx: number, dy: number) => void): Drag {
  const drop = useRef(onDrop);
  const handled = useRef(false);
  const end = useRef<(() => void) | null>(null);
  useEffect(() => {
    drop.current = onDrop;
  });
  useEffect(() => () => end.current?.(), []);

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    handled.current = false;
    const handle = event.currentTarget;
    const card = handle.closest<HTMLElement>('.card');
    if (event.button !== 0 || !event.isPrimary || card === null) return;
    end.current?.();
    end.current = follow(event.nativeEvent, handle, card, {
      onDrop(dx, dy) {
        handled.current = true;
        drop.current(dx, dy);
      },
      onGivenUp: () => (handled.current = true),
    });
  };
  // A click of the keyboard (detail 0) ends no gesture.
  return { onPointerDown, endedDrag: ({ detail }) => detail !== 0 && handled.current };
}

function follow(
  down: globalThis.PointerEvent,
  handle: HTMLElement,
  card: HTMLElement,
  ends: { onDrop: (dx: number, dy: number) => void; onGivenUp: () => void },
): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  /** Measured on the canvas, so that scrolling while dragging carries the card along. */
  const onCanvas = (event: globalThis.PointerEvent): { x: number; y: number } => {
    const box = card.parentElement?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const start = onCanvas(down);
  const gesture: Gesture = {
    dragging: false,
    dx: 0,
    dy: 0,
    hold: undefined,
  };

  const pickUp = (): void => {
    gesture.dragging = true;
    handle.setPointerCapture(down.pointerId);
    card.classList.add('is-dragging');
  };
  const finish = (): void => {
    clearTimeout(gesture.hold);
    listening.abort();
    card.classList.remove('is-dragging');
    card.style.translate = '';
    if (handle.hasPointerCapture(down.pointerId)) handle.releasePointerCapture(down.pointerId);
  };
  const giveUp = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    finish();
    ends.onGivenUp();
  };
  const move = (event: globalThis.PointerEvent): void => {
    const now = onCanvas(event);
    gesture.dx = now.x - start.x;
    gesture.dy = now.y - start.y;
    const far = Math.hypot(gesture.dx, gesture.dy) > SLIP_PX;
    if (!gesture.dragging && far) {
      // A finger that moves at once wants to scroll.
      if (down.pointerType === 'touch') clearTimeout(gesture.hold);
      else pickUp();
    }
    if (gesture.dragging) card.style.translate = `${gesture.dx}px ${gesture.dy}px`;
  };
  const up = (): void => {
    const { dragging, dx, dy } = gesture;
    finish();
    if (dragging && (dx !== 0 || dy !== 0)) ends.onDrop(dx, dy);
  };

  if (down.pointerType === 'touch') gesture.hold = setTimeout(pickUp, HOLD_MS);
  // On the window: a fast mouse has left the card before it was picked up.
  window.addEventListener('pointermove', move, { signal });
  window.addEventListener('pointerup', up, { signal });
  window.addEventListener('pointercancel', finish, { signal });
  window.addEventListener('keydown', giveUp, { signal });
  handle.addEventListener(
    'touchmove',
    (event) => {
      if (gesture.dragging) event.preventDefault();
    },
    { signal, passive: false },
  );
  return finish;
}
