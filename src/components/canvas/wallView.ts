/** The wall on the screen: where it is scrolled, how much it is magnified, what of it is seen. */
import type { Seen } from '../../canvas/culling.ts';
import { type Point, clampZoom, fitZoom, scrollToKeep } from '../../canvas/zoom.ts';
import type { CanvasView } from '../../state/canvasView.ts';

export interface WallView {
  readonly scroller: HTMLElement;
  readonly stage: HTMLElement;
  zoom(): number;
  /** Where on the canvas a point of the screen lies, in pixels of the canvas. */
  toCanvas(at: Point): Point;
  /** The part of the stage that is on the screen, in screen pixels from its corner. */
  seen(): Seen;
  /** The part of the screen in which the wall is seen. */
  box(): DOMRect;
  /** Magnifies; what lies under `around` (the middle of the wall) stays there. */
  zoomTo(zoom: number, around?: Point): void;
  /** Shows the whole wall. */
  fit(): void;
  scrollBy(dx: number, dy: number): void;
  /** The canvas has another size now. */
  resize(width: number, height: number): void;
}

/** So long after the last change of zoom the wall is at rest. */
export const ZOOM_REST_MS = 160;

interface Parts {
  readonly scroller: HTMLElement;
  /** As large as the magnified stage, so that the browser scrolls it. */
  readonly sizer: HTMLElement;
  readonly stage: HTMLElement;
}

export function createWallView({ scroller, sizer, stage }: Parts, view: CanvasView): WallView {
  let size = { width: 0, height: 0 };
  let resting: ReturnType<typeof setTimeout> | undefined;
  const zoom = (): number => view.store.get().zoom;

  const draw = (): void => {
    sizer.style.width = `${size.width * zoom()}px`;
    sizer.style.height = `${size.height * zoom()}px`;
    stage.style.width = `${size.width}px`;
    stage.style.height = `${size.height}px`;
    stage.style.transform = zoom() === 1 ? '' : `scale(${zoom()})`;
  };

  const box = (): DOMRect => {
    const { left, top, right, bottom } = scroller.getBoundingClientRect();
    const [x, y] = [Math.max(0, left), Math.max(0, top)];
    const width = Math.max(0, Math.min(window.innerWidth, right) - x);
    return new DOMRect(x, y, width, Math.max(0, Math.min(window.innerHeight, bottom) - y));
  };

  const scrollBy = (dx: number, dy: number): void => {
    scroller.scrollLeft += dx;
    // On a narrow screen the page scrolls, and the wall only sideways.
    if (scrollsItself(scroller)) scroller.scrollTop += dy;
    else window.scrollBy({ top: dy, behavior: 'instant' });
  };

  /** While it is magnified the browser scales what is painted already; at rest it paints it sharp. */
  const glide = (): void => {
    stage.style.willChange = 'transform';
    clearTimeout(resting);
    resting = setTimeout(() => (stage.style.willChange = ''), ZOOM_REST_MS);
  };

  const corner = (): Point & { zoom: number } => {
    const { left, top } = stage.getBoundingClientRect();
    return { x: left, y: top, zoom: zoom() };
  };

  const zoomTo = (wanted: number, around?: Point): void => {
    const next = clampZoom(wanted);
    if (next === zoom()) return;
    const seen = box();
    const middle = { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 };
    const before = corner();
    glide();
    view.store.set({ zoom: next });
    draw();
    const { x, y } = scrollToKeep(around ?? middle, before, corner());
    scrollBy(x, y);
  };

  return {
    scroller,
    stage,
    zoom,
    box,
    scrollBy,
    zoomTo,
    toCanvas(at) {
      const { x, y } = corner();
      return { x: (at.x - x) / zoom(), y: (at.y - y) / zoom() };
    },
    seen() {
      const screen = box();
      const { x, y } = corner();
      return {
        left: screen.x - x,
        top: screen.y - y,
        width: screen.width,
        height: screen.height,
      };
    },
    fit() {
      zoomTo(fitZoom(size, { width: scroller.clientWidth, height: box().height }));
      const seen = box();
      const { x, y } = corner();
      scrollBy(x - seen.x, y - seen.y);
    },
    resize(width, height) {
      size = { width, height };
      draw();
    },
  };
}

function scrollsItself(scroller: HTMLElement): boolean {
  return getComputedStyle(scroller).overflowY === 'auto';
}
