/** How entries stand in rows. Pure; lengths are CSS pixels. */

export interface Grid {
  readonly columns: number;
  readonly entryWidth: number;
  readonly entryHeight: number;
  readonly columnGap: number;
  readonly rowGap: number;
}

export interface Place {
  readonly left: number;
  readonly top: number;
}

const NARROWEST_REM = 17;
const GAP_REM = 2.25;
const NARROW_GAP_REM = 1.5;
/** The plate below the covers: the name and a line of facts. */
const PLATE_REM = 4.5;
const COVERS_HEIGHT_PER_WIDTH = 0.64;

/** As many columns as fit into the width; `rem` is the size of the page's letters. */
export function gridOf(width: number, rem: number): Grid {
  const gap = (width < 40 * rem ? NARROW_GAP_REM : GAP_REM) * rem;
  const columns = Math.max(1, Math.floor((width + gap) / (NARROWEST_REM * rem + gap)));
  const entryWidth = Math.max(0, (width - gap * (columns - 1)) / columns);
  const entryHeight = Math.round(entryWidth * COVERS_HEIGHT_PER_WIDTH + PLATE_REM * rem);
  return { columns, entryWidth, entryHeight, columnGap: gap, rowGap: gap };
}

/** From one row's top to the next one's. */
export function stride(grid: Grid): number {
  return grid.entryHeight + grid.rowGap;
}

export function rowsOf(grid: Grid, count: number): number {
  return Math.ceil(count / grid.columns);
}

export function placeOf(grid: Grid, index: number): Place {
  return {
    left: (index % grid.columns) * (grid.entryWidth + grid.columnGap),
    top: Math.floor(index / grid.columns) * stride(grid),
  };
}

export function heightOf(grid: Grid, count: number): number {
  return Math.max(0, rowsOf(grid, count) * stride(grid) - grid.rowGap);
}

/** Where the offset stands in the list, in a way that holds when rows get longer or higher. */
export interface Anchor {
  readonly index: number;
  /** How much of that entry's row is above the edge, in rows. */
  readonly part: number;
}

export function anchorAt(grid: Grid, offset: number): Anchor {
  const row = Math.floor(offset / stride(grid));
  return { index: row * grid.columns, part: offset / stride(grid) - row };
}

export function offsetOf(grid: Grid, anchor: Anchor): number {
  return (Math.floor(anchor.index / grid.columns) + anchor.part) * stride(grid);
}

const STEPS: Readonly<Record<string, (grid: Grid, rowsInView: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: ({ columns }) => -columns,
  ArrowDown: ({ columns }) => columns,
  PageUp: ({ columns }, rows) => -columns * rows,
  PageDown: ({ columns }, rows) => columns * rows,
  Home: () => -Infinity,
  End: () => Infinity,
};

/** Which entry a key leads to; null for keys that lead nowhere. */
export function entryAfterKey(
  key: string,
  from: number,
  count: number,
  grid: Grid,
  rowsInView: number,
): number | null {
  const step = STEPS[key]?.(grid, Math.max(1, rowsInView));
  if (step === undefined) return null;
  const upOrDown = Number.isFinite(step) && Math.abs(step) >= grid.columns && grid.columns > 1;
  if (upOrDown && from + step < 0) return from % grid.columns;
  return Math.min(Math.max(from + step, 0), count - 1);
}
