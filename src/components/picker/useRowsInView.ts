import { type RefObject, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Grid, gridOf, rowsOf, stride } from './grid.ts';
import { heightOfView, noteOffset, offsetIn, onScroll } from './scroller.ts';

/** The rows that are drawn: those in view, and some around them. `end` is not among them. */
export interface RowsInView {
  readonly first: number;
  readonly end: number;
  /** How many fit into the view. */
  readonly whole: number;
}

/** Rows above and below that are drawn too, so that Tab and a flick find something there. */
const AROUND = 2;
const NONE: RowsInView = { first: 0, end: 0, whole: 1 };

/** The grid for the list's width, known before the first paint. */
export function useGrid(list: RefObject<HTMLElement | null>): Grid | null {
  const [grid, setGrid] = useState<Grid | null>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const measure = (): void => {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      const next = gridOf(element.clientWidth, rem);
      setGrid((now) => (now !== null && isSame(now, next) ? now : next));
    };
    measure();
    const observer = new ResizeObserver(() => flushSync(measure));
    observer.observe(element);
    return () => observer.disconnect();
  }, [list]);
  return grid;
}

/** Which rows of the list to draw; follows scrolling in the same frame, so that nothing is blank. */
export function useRowsInView(
  list: RefObject<HTMLElement | null>,
  grid: Grid | null,
  count: number,
): RowsInView {
  const [rows, setRows] = useState(NONE);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || grid === null) return;
    const measure = (): void => {
      const next = rowsAt(grid, count, offsetIn(element), heightOfView(element));
      setRows((now) => (isSame(now, next) ? now : next));
    };
    const follow = (): void => {
      noteOffset(offsetIn(element));
      flushSync(measure);
    };
    measure();
    const stop = onScroll(follow);
    window.addEventListener('resize', follow);
    return () => {
      stop();
      window.removeEventListener('resize', follow);
    };
  }, [list, grid, count]);
  return rows;
}

export function rowsAt(grid: Grid, count: number, offset: number, height: number): RowsInView {
  const last = rowsOf(grid, count);
  const first = Math.floor(offset / stride(grid)) - AROUND;
  const end = Math.ceil((offset + height) / stride(grid)) + AROUND;
  return {
    first: Math.min(Math.max(first, 0), Math.max(last - 1, 0)),
    end: Math.min(Math.max(end, 1 + AROUND), last),
    whole: Math.max(1, Math.floor(height / stride(grid))),
  };
}

function isSame<Some extends object>(one: Some, other: Some): boolean {
  return (Object.keys(one) as (keyof Some)[]).every((key) => one[key] === other[key]);
}
