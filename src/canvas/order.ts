/** In which order cards are read, and which lies over which. */
import type { Rect } from './placement.ts';

interface Lying {
  readonly placement: { readonly z: number };
}

/** Cards whose tops differ by less than this share of a height hang in one row. */
const ROW_SHARE = 0.5;

/** The indices of `rects` as one reads a wall: row by row from the top, each from the left. */
export function readingOrder(rects: readonly Rect[]): number[] {
  const byTop = rects.map((rect, index) => ({ rect, index }));
  byTop.sort((a, b) => a.rect.top - b.rect.top || a.rect.left - b.rect.left);
  const order: number[] = [];
  let row: typeof byTop = [];
  const endRow = (): void => {
    order.push(...row.sort((a, b) => a.rect.left - b.rect.left).map(({ index }) => index));
    row = [];
  };
  for (const one of byTop) {
    const first = row[0]?.rect;
    if (first !== undefined && one.rect.top > first.top + first.height * ROW_SHARE) endRow();
    row.push(one);
  }
  endRow();
  return order;
}

/** For each card how many lie under it; of equal height, those made later lie over the earlier. */
export function stacking(cards: readonly Lying[]): number[] {
  const order = cards.map((_, index) => index);
  const z = (index: number): number => cards[index]?.placement.z ?? 0;
  order.sort((a, b) => z(a) - z(b) || a - b);
  const ranks = new Array<number>(cards.length);
  order.forEach((index, rank) => (ranks[index] = rank));
  return ranks;
}

/** Heights that put these cards over all others, or under them, in the order they lie now. */
export function restacked(
  cards: readonly Lying[],
  chosen: readonly number[],
  to: 'front' | 'back',
): Map<number, number> {
  const ranks = stacking(cards);
  const own = new Set(chosen);
  const others = cards.flatMap((card, index) => (own.has(index) ? [] : [card.placement.z]));
  if (others.length === 0) return new Map();
  const inOrder = chosen.toSorted((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0));
  const from =
    to === 'front'
      ? Math.floor(Math.max(...others)) + 1
      : Math.ceil(Math.min(...others)) - inOrder.length;
  return new Map(inOrder.map((index, position) => [index, from + position]));
}
