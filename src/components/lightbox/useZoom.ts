import { type RefObject, useEffect, useState } from 'react';
import {
  type Extent,
  type Point,
  type View,
  ZOOM_STEP,
  fitted,
  isFitted,
  panned,
  zoomedTo,
} from './pictureView.ts';

export interface Zoom {
  readonly view: View;
  readonly extent: Extent;
  readonly isFitted: boolean;
  readonly pan: (by: Point) => void;
  readonly by: (factor: number, at?: Point) => void;
  readonly in: () => void;
  readonly out: () => void;
  /** The whole picture. */
  readonly fit: () => void;
  /** One picture pixel on one pixel of the page. */
  readonly full: () => void;
  /** Between the whole picture and its full size. */
  readonly toggle: (at: Point) => void;
}

const CENTRE: Point = { x: 0, y: 0 };

/** The view of one picture on the stage; another picture starts whole. */
export function useZoom(of: string, extent: Extent, stage: Extent): Zoom {
  const [chosen, setChosen] = useState<{ of: string; view: View } | null>(null);
  const whole = fitted(extent, stage);
  /** The stage may have changed since the view was chosen. */
  const legal = (view: View): View => zoomedTo(view, view.scale, CENTRE, extent, stage);
  const view = chosen?.of === of ? legal(chosen.view) : whole;

  const change = (next: (view: View) => View): void =>
    setChosen((now) => ({ of, view: next(now?.of === of ? legal(now.view) : whole) }));
  const to = (scale: number, at = CENTRE): void =>
    change((now) => zoomedTo(now, scale, at, extent, stage));
  const by = (factor: number, at = CENTRE): void =>
    change((now) => zoomedTo(now, now.scale * factor, at, extent, stage));

  return {
    view,
    extent,
    isFitted: isFitted(view, extent, stage),
    pan: (distance) => change((now) => panned(now, distance, extent, stage)),
    by,
    in: () => by(ZOOM_STEP),
    out: () => by(1 / ZOOM_STEP),
    fit: () => to(0),
    full: () => to(1),
    toggle: (at) => to(isFitted(view, extent, stage) ? Math.max(1, whole.scale * 2) : 0, at),
  };
}

/** The size of an element, as it changes. */
export function useExtent(element: RefObject<HTMLElement | null>): Extent {
  const [extent, setExtent] = useState<Extent>({ width: 0, height: 0 });
  useEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setExtent(entry.contentRect);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return extent;
}
