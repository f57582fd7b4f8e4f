import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { reaches, sameRect, screenOf, windowAround } from '../../canvas/culling.ts';
import type { Rect } from '../../canvas/placement.ts';
import type { CanvasView } from '../../state/cards/canvasView.ts';
import { type WallView, ZOOM_REST_MS } from './wallView.ts';

export interface VisibleWindow {
  /** The part of the canvas whose cards are in the page; null before it was measured. */
  readonly rect: Rect | null;
  /** The zoom for which pictures are loaded: that of a wall at rest. */
  readonly restingZoom: number;
}

/** What is on the screen is waited for so long before more is loaded. */
const FIRST_LOOK_MS = 1500;

/** What of the canvas is on the screen or near it, whichever element scrolls. */
export function useVisibleWindow(
  wall: RefObject<WallView | null>,
  view: CanvasView,
  /** Measures again when this changes. */
  size: unknown,
): VisibleWindow {
  const [rect, setRect] = useState<Rect | null>(null);
  const [restingZoom, setRestingZoom] = useState(view.store.get().zoom);

  const looked = useRef(false);

  useLayoutEffect(() => {
    let frame = 0;
    let resting: ReturnType<typeof setTimeout> | undefined;
    const measure = (): void => {
      frame = 0;
      const shown = wall.current;
      if (shown === null) return;
      const [seen, zoom] = [shown.seen(), shown.zoom()];
      const next = looked.current ? windowAround(seen, zoom) : screenOf(seen, zoom);
      setRect((now) => {
        // While it is magnified each frame would be another window.
        const stays = resting !== undefined && now !== null && reaches(now, seen, zoom);
        return now !== null && (stays || sameRect(now, next)) ? now : next;
      });
    };
    const soon = (): void => {
      looked.current = true;
      frame ||= requestAnimationFrame(measure);
    };
    const stopWaiting = looked.current ? null : onceLoaded(wall.current?.stage, soon);
    const rest = (): void => {
      resting = undefined;
      setRestingZoom(view.store.get().zoom);
      measure();
    };
    const zoomed = (): void => {
      soon();
      clearTimeout(resting);
      resting = setTimeout(rest, ZOOM_REST_MS);
    };
    measure();
    const stopListening = view.store.subscribe(zoomed);
    document.addEventListener('scroll', soon, { capture: true, passive: true });
    window.addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(frame);
      stopWaiting?.();
      clearTimeout(resting);
      stopListening();
      document.removeEventListener('scroll', soon, { capture: true });
      window.removeEventListener('resize', soon);
    };
  }, [wall, view, size]);
  return { rect, restingZoom };
}

/** Calls back when all pictures that are in the page have been loaded, or it takes too long. */
function onceLoaded(stage: HTMLElement | undefined, then: () => void): () => void {
  const listening = new AbortController();
  const stop = (): void => {
    clearTimeout(late);
    listening.abort();
  };
  const done = (): void => {
    stop();
    then();
  };
  const late = setTimeout(done, FIRST_LOOK_MS);
  const check = (): void => {
    if ([...(stage?.querySelectorAll('img') ?? [])].every((image) => image.complete)) done();
  };
  for (const event of ['load', 'error'])
    stage?.addEventListener(event, check, { capture: true, signal: listening.signal });
  return stop;
}
