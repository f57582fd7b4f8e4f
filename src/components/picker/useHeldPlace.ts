import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Session } from '../../services/galleryApi.ts';
import { type Anchor, type Grid, anchorAt, offsetOf } from './grid.ts';
import { offsetIn, onScroll, scrollListTo } from './scroller.ts';

interface Held {
  readonly id: string;
  readonly part: number;
}

interface Options {
  readonly sessions: readonly Session[];
  readonly view: string;
  readonly startAt: Anchor | null;
  readonly onPlace: (place: Anchor | null) => void;
}

/** The entry at the upper edge stays there, whatever comes or goes above it and however wide the page. */
export function useHeldPlace(
  list: RefObject<HTMLElement | null>,
  grid: Grid | null,
  { sessions, view, startAt, onPlace }: Options,
): void {
  const held = useRef<Held | null>(null);
  const start = useRef(startAt);
  const shownView = useRef(view);

  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || grid === null || sessions.length === 0) return;
    if (shownView.current !== view) {
      shownView.current = view;
      held.current = null;
      if (offsetIn(element) > 0) scrollListTo(element, -marginAbove(element));
    }
    const left = start.current;
    start.current = null;
    if (left !== null) held.current = holding(sessions, left);
    const { id, part } = held.current ?? { id: null, part: 0 };
    const index = id === null ? -1 : sessions.findIndex((one) => one.id === id);
    if (index < 0) return;
    const wanted = offsetOf(grid, { index, part });
    if (Math.abs(offsetIn(element) - wanted) >= 1) scrollListTo(element, wanted);
  }, [list, grid, sessions, view]);

  useEffect(() => {
    const element = list.current;
    if (element === null || grid === null) return;
    return onScroll(() => {
      const offset = offsetIn(element);
      const place = offset > 0 ? anchorAt(grid, offset) : null;
      held.current = place === null ? null : holding(sessions, place);
      onPlace(place);
    });
  }, [list, grid, sessions, onPlace]);
}

function holding(sessions: readonly Session[], { index, part }: Anchor): Held | null {
  const session = sessions[Math.min(index, sessions.length - 1)];
  return session === undefined ? null : { id: session.id, part };
}

/** What stands over the list while it scrolls. */
function marginAbove(list: HTMLElement): number {
  return parseFloat(getComputedStyle(list).scrollMarginTop) || 0;
}
