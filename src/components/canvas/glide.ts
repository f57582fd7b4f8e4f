/**
 * A wall that is being magnified: until it rests only the stage's transform changes. Sizes and the
 * place it is scrolled to would lay the page out anew in each frame.
 */
import { type Point, heldWithin } from '../../canvas/zoom.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Glide {
  /** The part of the screen in which the wall is seen. */
  readonly box: DOMRect;
  /** The stage's corner on the screen. */
  corner(): Point;
  /** Magnifies by this factor; what lies under `around` stays there, if the wall reaches so far. */
  grow(factor: number, around: Point, zoom: number): void;
  shift(dx: number, dy: number): void;
  /** How far the wall is to be scrolled when it rests. */
  scroll(): Point;
  /** Draws it at this zoom. */
  draw(zoom: number): void;
}

/** `zoom` is that at which the page is laid out; `size` that of the stage before it is magnified. */
export function beginGlide(
  scroller: HTMLElement,
  stage: HTMLElement,
  size: Size,
  box: DOMRect,
): Glide {
  const screen = { width: scroller.clientWidth, height: scroller.clientHeight };
  const begun = { left: scroller.scrollLeft, top: scroller.scrollTop };
  const laid = stage.getBoundingClientRect();
  const base = { x: laid.left - box.left, y: laid.top - box.top };
  let at = base;
  stage.style.willChange = 'transform';

  const held = ({ x, y }: Point, zoom: number): Point => {
    const width = size.width * zoom;
    return {
      x: width < screen.width ? (screen.width - width) / 2 : heldWithin(x, width, screen.width),
      y: heldWithin(y, Math.max(screen.height, size.height * zoom), screen.height),
    };
  };
  /** What was scrolled meanwhile, by another hand. */
  const scrolled = (): Point => ({
    x: scroller.scrollLeft - begun.left,
    y: scroller.scrollTop - begun.top,
  });
  let zoomNow = 1;

  return {
    box,
    corner: () => ({ x: box.left + at.x, y: box.top + at.y }),
    grow(factor, around, zoom) {
      const [x, y] = [around.x - box.left, around.y - box.top];
      zoomNow = zoom;
      at = held({ x: x - (x - at.x) * factor, y: y - (y - at.y) * factor }, zoom);
    },
    shift(dx, dy) {
      at = held({ x: at.x - dx, y: at.y - dy }, zoomNow);
    },
    scroll() {
      const { x, y } = scrolled();
      return { x: x - at.x, y: y - at.y };
    },
    draw(zoom) {
      stage.style.transform = `translate(${at.x - base.x}px, ${at.y - base.y}px) scale(${zoom})`;
    },
  };
}
