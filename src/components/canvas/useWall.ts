import { type RefObject, useLayoutEffect, useRef } from 'react';
import { type Px, px } from '../../canvas/units.ts';
import type { SessionController } from '../../state/session/sessionController.ts';
import { type WallView, createWallView } from './wallView.ts';

export interface WallParts {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly sizer: RefObject<HTMLDivElement | null>;
  readonly stage: RefObject<HTMLDivElement | null>;
}

/** Keeps the wall as large as its canvas, and the canvas as wide as the wall (but not too narrow). */
export function useWall(
  controller: SessionController,
  { scroller, sizer, stage }: WallParts,
  minWidth: Px,
  { width, height }: { width: Px; height: Px },
): RefObject<WallView | null> {
  const wall = useRef<WallView | null>(null);
  const { view } = controller;

  useLayoutEffect(() => {
    if (scroller.current === null || sizer.current === null || stage.current === null) return;
    const elements = { scroller: scroller.current, sizer: sizer.current, stage: stage.current };
    wall.current = createWallView(elements, view);
  }, [view, scroller, sizer, stage]);

  useLayoutEffect(() => wall.current?.resize(width, height), [width, height]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    if (view.scrolled !== null) element.scrollTo(view.scrolled);
    return () => {
      view.scrolled = { left: element.scrollLeft, top: element.scrollTop };
    };
  }, [view, scroller]);

  // Before the first paint: cards hung for another width would be drawn twice.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = (): void => {
      const wide = Math.round(element.clientWidth);
      if (wide > 0) controller.setCanvasWidth(px(Math.max(wide, minWidth)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [controller, scroller, minWidth]);

  return wall;
}
