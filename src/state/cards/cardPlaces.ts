/** Where the cards of one canvas hang, and over which others: every way to change it. */
import { type Corner, allowedOffset, resized, shifted } from '../../canvas/group.ts';
import { readingOrder, restacked } from '../../canvas/order.ts';
import { type Placement, type Rect, toPlacement, toRect } from '../../canvas/placement.ts';
import { tidied } from '../../canvas/room.ts';
import type { Change, Direction, Move, PlaceVerb } from './history.ts';
import type { ImageEdits } from '../session/imageEdits.ts';
import { type Card, type SessionState, rectsOf } from '../session/sessionState.ts';
import type { Store } from '../store.ts';

export interface CardPlaces {
  /** Hangs cards at these places, as one change. */
  place(rects: ReadonlyMap<string, Rect>, verb: PlaceVerb, joins?: boolean): void;
  /** Moves cards as one, in CSS pixels of the canvas. */
  nudge(keys: readonly string[], dx: number, dy: number): void;
  /** Makes cards larger or smaller by a factor. */
  grow(keys: readonly string[], factor: number): void;
  stack(keys: readonly string[], to: 'front' | 'back'): void;
  /** Hangs cards in rows, so that none covers another. */
  tidy(keys: readonly string[]): void;
  carryOut(change: Extract<Change, { kind: 'placed' }>, direction: Direction): void;
}

export interface PlacePorts {
  readonly store: Store<SessionState>;
  readonly edits: Pick<ImageEdits, 'place'>;
  readonly record: (change: Change, joins?: boolean) => void;
}

const DOWN_RIGHT: Corner = { x: 1, y: 1 };
const DOWN_LEFT: Corner = { x: -1, y: 1 };

export function createCardPlaces({ store, edits, record }: PlacePorts): CardPlaces {
  const chosen = (keys: readonly string[]): { card: Card; rect: Rect; index: number }[] => {
    const { cards, canvasWidth } = store.get();
    const wanted = new Set(keys);
    return cards.flatMap((card, index) =>
      wanted.has(card.key) && card.stage === 'made'
        ? [{ card, index, rect: toRect(card.placement, canvasWidth) }]
        : [],
    );
  };

  const apply = (placements: ReadonlyMap<string, Placement>): void => {
    store.set(({ cards }) => ({
      cards: cards.map((card) => {
        const placement = placements.get(card.key);
        return placement === undefined ? card : { ...card, placement };
      }),
    }));
    for (const { key, imageId } of store.get().cards) {
      const placement = placements.get(key);
      if (placement !== undefined && imageId !== null) edits.place(imageId, placement);
    }
  };

  const change = (
    placements: ReadonlyMap<string, Placement>,
    verb: PlaceVerb,
    joins?: boolean,
  ): void => {
    const moves: Move[] = store.get().cards.flatMap((card) => {
      const after = placements.get(card.key);
      return after === undefined ? [] : [{ key: card.key, before: card.placement, after }];
    });
    if (moves.length === 0) return;
    apply(placements);
    record({ kind: 'placed', verb, moves }, joins);
  };

  const place: CardPlaces['place'] = (rects, verb, joins) => {
    const { canvasWidth } = store.get();
    const placed = chosen([...rects.keys()]).map(({ card, rect: before }) => {
      const rect = rects.get(card.key) ?? before;
      return [card.key, toPlacement(rect, canvasWidth, card.placement.z)] as const;
    });
    change(new Map(placed), verb, joins);
  };

  return {
    place,
    nudge(keys, dx, dy) {
      const group = chosen(keys);
      const rects = group.map(({ rect }) => rect);
      const offset = allowedOffset(rects, { dx, dy }, store.get().canvasWidth);
      if (offset.dx === 0 && offset.dy === 0) return;
      place(
        new Map(group.map(({ card, rect }) => [card.key, shifted(rect, offset)])),
        'move',
        true,
      );
    },
    grow(keys, factor) {
      const group = chosen(keys);
      const rects = group.map(({ rect }) => rect);
      const by = (corner: Corner): Rect[] =>
        resized(rects, corner, factor, store.get().canvasWidth);
      const right = by(DOWN_RIGHT);
      // At the right edge of the wall it grows to the left.
      const next = right[0]?.width === rects[0]?.width ? by(DOWN_LEFT) : right;
      const placed = group.map(({ card, rect }, n) => [card.key, next[n] ?? rect] as const);
      place(new Map(placed), 'resize', true);
    },
    stack(keys, to) {
      const group = chosen(keys);
      const heights = restacked(
        store.get().cards,
        group.map(({ index }) => index),
        to,
      );
      const placed = group.flatMap(({ card, index }) => {
        const z = heights.get(index);
        return z === undefined ? [] : [[card.key, { ...card.placement, z }] as const];
      });
      change(new Map(placed), to);
    },
    tidy(keys) {
      const { cards, canvasWidth } = store.get();
      const group = chosen(keys);
      const order = readingOrder(group.map(({ rect }) => rect));
      const inOrder = order.flatMap((index) => group[index] ?? []);
      const own = new Set(group.map(({ card }) => card.key));
      const others = cards.filter((card) => !own.has(card.key));
      const rects = inOrder.map(({ rect }) => rect);
      const next = tidied(rects, rectsOf(others, canvasWidth), canvasWidth);
      const placed = inOrder.map(({ card, rect }, n) => [card.key, next[n] ?? rect] as const);
      place(new Map(placed), 'tidy');
    },
    carryOut: ({ moves }, direction) =>
      apply(
        new Map(
          moves.flatMap((move) => {
            const now = store.get().cards.find(({ key }) => key === move.key)?.placement;
            return now === undefined ? [] : [[move.key, stepped(now, move, direction)] as const];
          }),
        ),
      ),
  };
}

/** What was changed goes back; what others changed of the card since stays. */
function stepped(now: Placement, { before, after }: Move, direction: Direction): Placement {
  const [from, to] = direction === 'undo' ? [after, before] : [before, after];
  const changed = Object.entries(to).filter(([name, value]) => from[name as 'z'] !== value);
  return { ...now, ...Object.fromEntries(changed) };
}
