/** Chance that is the same at every run. */
export interface Seeded {
  /** From 0 to before 1. */
  next(): number;
  /** A whole number from 0 to before `end`. */
  below(end: number): number;
  of<Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item;
}

export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return { next, below, of: (items) => items[below(items.length)] as (typeof items)[number] };
}
