import { useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { readingOrder } from '../../canvas/order.ts';
import type { Rect } from '../../canvas/placement.ts';
import type { Card } from '../../state/session/sessionState.ts';

interface Reading {
  /** Indices of the cards, in the order in which Tab goes through them. */
  readonly order: readonly number[];
  onFocus(): void;
  onBlur(): void;
  /** Tab is pressed: the order is that of the wall as it hangs now. */
  onTab(): void;
}

/**
 * Top to bottom, left to right. While a card has the focus the order rests: a card that is moved
 * in the page would be told to screen readers anew at each step of the arrow keys.
 */
export function useReadingOrder(cards: readonly Card[], rects: readonly Rect[]): Reading {
  const natural = useMemo(() => readingOrder(rects), [rects]);
  const [resting, setResting] = useState<readonly string[] | null>(null);
  const keysNow = (): string[] => natural.flatMap((index) => cards[index]?.key ?? []);
  const order = useMemo(
    () => (resting === null ? natural : keptOrder(resting, natural, cards)),
    [resting, natural, cards],
  );
  return {
    order,
    onFocus: () => setResting((now) => now ?? keysNow()),
    onBlur: () => setResting(null),
    onTab: () => flushSync(() => setResting(keysNow())),
  };
}

function keptOrder(
  resting: readonly string[],
  natural: readonly number[],
  cards: readonly Card[],
): number[] {
  const indexOf = new Map(cards.map((card, index) => [card.key, index]));
  const known = new Set(resting);
  const kept = resting.flatMap((key) => indexOf.get(key) ?? []);
  return [...kept, ...natural.filter((index) => !known.has(cards[index]?.key ?? ''))];
}
