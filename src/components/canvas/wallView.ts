/** The wall on the screen: where it is scrolled, how much it is magnified, what of it is seen. */
import type { Seen } from '../../canvas/culling.ts';
import { type Point, clampZoom, fitZoom, scrollToKeep } from '../../canvas/zoom.ts';
import type { CanvasView } from '../../state/cards/canvasView.ts';
import { type Glide, beginGlide } from './glide.ts';

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
  /** Magnifies in a gesture; what lies under `around` stays there. Without it the middle does, and it rests at once. */
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
  let glide: Glide | null = null;
  const zoom = (): number => view.store.get().zoom;

  const lay = (): void => {
    sizer.style.width = `${size.width * zoom()}px`;
    sizer.style.height = `${size.height * zoom()}px`;
    stage.style.width = `${size.width}px`;
    stage.style.height = `${size.height}px`;
    stage.style.transform = zoom() === 1 ? '' : `scale(${zoom()})`;
  };

  const box = (): DOMRect => {
    if (glide !== null) return glide.box;
    const { left, top, right, bottom } = scroller.getBoundingClientRect();
    const [x, y] = [Math.max(0, left), Math.max(0, top)];
    const width = Math.max(0, Math.min(window.innerWidth, right) - x);
    return new DOMRect(x, y, width, Math.max(0, Math.min(window.innerHeight, bottom) - y));
  };

  const corner = (): Point => {
    if (glide !== null) return glide.corner();
    const { left, top } = stage.getBoundingClientRect();
    return { x: left, y: top };
  };

  const scrollBy = (dx: number, dy: number): void => {
    if (glide !== null) {
      glide.shift(dx, dy);
      glide.draw(zoom());
      return;
    }
    scroller.scrollLeft += dx;
    // On a narrow screen the page scrolls, and the wall only sideways.
    if (scrollsItself(scroller)) scroller.scrollTop += dy;
    else window.scrollBy({ top: dy, behavior: 'instant' });
  };

  /** While it is magnified the browser scales what is painted already; at rest it paints it sharp. */
  const rest = (): void => {
    clearTimeout(resting);
    stage.style.willChange = '';
    if (glide === null) return;
    const { x, y } = glide.scroll();
    glide = null;
    lay();
    scroller.scrollTo({ left: x, top: y, behavior: 'instant' });
  };
  const restSoon = (): void => {
    clearTimeout(resting);
    resting = setTimeout(rest, ZOOM_REST_MS);
  };
  scroller.addEventListener('scroll', () => glide !== null && rest(), { passive: true });

  /** Where the page scrolls, and not the wall, each step is laid out. */
  const zoomLaid = (next: number, around: Point): void => {
    const before = { ...corner(), zoom: zoom() };
    stage.style.willChange = 'transform';
    view.store.set({ zoom: next });
    lay();
    const { x, y } = scrollToKeep(around, before, { ...corner(), zoom: next });
    scrollBy(x, y);
  };

  const zoomTo = (wanted: number, around?: Point): void => {
    const next = clampZoom(wanted);
    if (next === zoom()) return;
    const seen = box();
    const point = around ?? { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 };
    restSoon();
    if (glide === null && !scrollsItself(scroller)) {
      zoomLaid(next, point);
      return;
    }
    glide ??= beginGlide(scroller, stage, size, seen);
    glide.grow(next / zoom(), point, next);
    view.store.set({ zoom: next });
    glide.draw(next);
    if (around === undefined) rest();
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
      rest();
      const seen = box();
      const { x, y } = corner();
      scrollBy(x - seen.x, y - seen.y);
    },
    resize(width, height) {
      rest();
      size = { width, height };
      lay();
    },
  };
}

function scrollsItself(scroller: HTMLElement): boolean {
  return getComputedStyle(scroller).overflowY === 'auto';
}
