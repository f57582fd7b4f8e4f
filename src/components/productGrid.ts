/** From tile to tile by arrow keys, in rows as wide as the screen lets them be. */

export interface Tile {
  readonly left: number;
  readonly top: number;
}

/** The tile an arrow key leads to from one; the same where there is none further. */
export function tileAfter(tiles: readonly Tile[], index: number, key: string): number {
  const last = tiles.length - 1;
  switch (key) {
    case 'ArrowRight':
      return Math.min(last, index + 1);
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowDown':
      return nearest(tiles, index, (top, here) => top - here);
    case 'ArrowUp':
      return nearest(tiles, index, (top, here) => here - top);
    default:
      return index;
  }
}

/** The nearest tile of the next row; `ahead` is positive for rows in that direction. */
function nearest(
  tiles: readonly Tile[],
  index: number,
  ahead: (top: number, here: number) => number,
): number {
  const from = tiles[index];
  if (from === undefined) return index;
  const distance = (tile: Tile): number =>
    ahead(tile.top, from.top) * 1e4 + Math.abs(tile.left - from.left);
  const further = tiles.filter((tile) => ahead(tile.top, from.top) > 0);
  const best = further.toSorted((a, b) => distance(a) - distance(b))[0];
  return best === undefined ? index : tiles.indexOf(best);
}
