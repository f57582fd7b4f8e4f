import { type RefObject, useEffect, useState } from 'react';
import { sameRect, windowAround } from '../../canvas/culling.ts';
import type { Rect } from '../../canvas/placement.ts';
import type { CanvasView } from '../../state/canvasView.ts';
import type { WallView } from './wallView.ts';

export interface VisibleWindow {
  /** The part of the canvas whose cards are in the page; null before it was measured. */
  readonly rect: Rect | null;
  /** The zoom for which pictures are loaded: that of a wall at rest. */
  readonly restingZoom: number;
}

const REST_MS = 160;

/** What of the canvas is on the screen or near it, whichever element scrolls. */
export function useVisibleWindow(
  wall: RefObject<WallView | null>,
  view: CanvasView,
  /** Measures again when this changes. */
  size: unknown,
): VisibleWindow {
  const [rect, setRect] = useState<Rect | null>(null);
  const [restingZoom, setRestingZoom] = useState(view.store.get().zoom);

  useEffect(() => {
    let frame = 0;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const measure = (): void => {
      frame = 0;
      const shown = wall.current;
      if (shown === null) return;
      const next = windowAround(shown.seen(), shown.zoom());
      setRect((now) => (now !== null && sameRect(now, next) ? now : next));
    };
    const soon = (): void => {
      frame ||= requestAnimationFrame(measure);
    };
    const zoomed = (): void => {
      soon();
      clearTimeout(resting);
      resting = setTimeout(() => setRestingZoom(view.store.get().zoom), REST_MS);
    };
    measure();
    const stopListening = view.store.subscribe(zoomed);
    document.addEventListener('scroll', soon, { capture: true, passive: true });
    window.addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(resting);
      stopListening();
      document.removeEventListener('scroll', soon, { capture: true });
      window.removeEventListener('resize', soon);
    };
  }, [wall, view, size]);
  return { rect, restingZoom };
}
