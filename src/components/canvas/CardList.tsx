import {
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useLayoutEffect,
  useMemo,
} from 'react';
import { loadingWidth } from '../../canvas/culling.ts';
import { stacking } from '../../canvas/order.ts';
import { type Rect, overlaps } from '../../canvas/placement.ts';
import type { SessionController } from '../../state/session/sessionController.ts';
import { useStore } from '../../state/useStore.ts';
import { PictureCard } from '../PictureCard.tsx';
import { useKeptFocus } from './useKeptFocus.ts';
import { useReadingOrder } from './useReadingOrder.ts';
import type { VisibleWindow } from './useVisibleWindow.ts';

interface Props {
  controller: SessionController;
  onShow: (key: string) => void;
  stage: RefObject<HTMLElement | null>;
  rects: readonly Rect[];
  visible: VisibleWindow;
  /** Cards that stay in the page wherever they are. */
  pinned: readonly string[];
}

/** The cards that are on the screen or near it, in reading order. */
export function CardList({ controller, onShow, stage, rects, visible, pinned }: Props) {
  const cards = useStore(controller.store, (state) => state.cards);
  const canvasWidth = useStore(controller.store, (state) => state.canvasWidth);
  const chosen = useStore(controller.cards.selection.store, (state) => state.keys);
  const ranks = useMemo(() => stacking(cards), [cards]);
  const reading = useReadingOrder(cards, rects);
  const { order } = reading;
  const keys = useMemo(() => order.flatMap((index) => cards[index]?.key ?? []), [order, cards]);
  const { focused, onFocus } = useKeptFocus(stage, keys);
  const kept = useMemo(() => withNeighbours(keys, focused, pinned), [keys, focused, pinned]);

  const isShown = (key: string, rect: Rect): boolean =>
    kept.has(key) || (visible.rect !== null && overlaps(rect, visible.rect));
  const focus = ({ target }: FocusEvent): void => {
    const key = target.closest<HTMLElement>('.card')?.dataset['key'];
    reading.onFocus();
    if (key !== undefined) onFocus(key);
  };
  const blur = ({ currentTarget, relatedTarget }: FocusEvent): void => {
    if (!currentTarget.contains(relatedTarget)) reading.onBlur();
  };
  const press = ({ key }: KeyboardEvent): void => {
    if (key === 'Tab') reading.onTab();
  };
  const { restingZoom } = visible;
  const point = ({ target }: PointerEvent): void => {
    if (target instanceof Element) unzoom(target.closest('.card'), restingZoom);
  };
  useLayoutEffect(() => {
    const held = stage.current?.querySelectorAll(HELD) ?? [];
    for (const card of held) unzoom(card, restingZoom);
  }, [stage, restingZoom, chosen, focused]);
  return (
    <ul
      className="cards"
      onFocus={focus}
      onBlur={blur}
      onKeyDownCapture={press}
      onPointerOver={point}
    >
      {order.map((index) => {
        const [card, rect] = [cards[index], rects[index]];
        if (card === undefined || rect === undefined || !isShown(card.key, rect)) return null;
        return (
          <PictureCard
            key={card.key}
            card={card}
            number={index + 1}
            rank={ranks[index] ?? 0}
            selected={chosen.has(card.key)}
            loadingWidth={loadingWidth(rect.width, restingZoom)}
            canvasWidth={canvasWidth}
            controller={controller}
            onShow={onShow}
          />
        );
      })}
    </ul>
  );
}

const HELD = '.card:hover, .card:focus-within, .card[data-selected="true"]';

/**
 * What one takes hold of is as large on the screen at any zoom. Said only to the cards that show it:
 * said to all, the style of everything on the wall would be worked out anew after each zoom.
 */
function unzoom(card: Element | null, zoom: number): void {
  if (card instanceof HTMLElement) card.style.setProperty('--unzoom', String(1 / zoom));
}

/** Tab finds the next card only if it is there. */
function withNeighbours(
  keys: readonly string[],
  focused: string | null,
  pinned: readonly string[],
): ReadonlySet<string> {
  const at = focused === null ? -1 : keys.indexOf(focused);
  const near = at < 0 ? [] : keys.slice(Math.max(0, at - 1), at + 2);
  return new Set([...near, ...pinned]);
}
