/** Carrying a card, or all that are chosen, to another place. */
import { type Offset, allowedOffset, shifted } from '../../canvas/group.ts';
import { type Following, follow } from './follow.ts';
import {
  type GesturePorts,
  HOLD_MS,
  type HeldCard,
  type Taken,
  scrollAtEdge,
  slipped,
  take,
} from './gesture.ts';

interface Hand extends Taken {
  release(): void;
}

/**
 * A mouse or a pen picks the card up when it moves, a finger by resting on it: one that moves at
 * once scrolls. While it is in the hand only styles change; the place is kept when it is let go.
 */
export function dragCards(ports: GesturePorts, down: PointerEvent, key: string): void {
  const { wall, controller } = ports;
  const { cards } = controller;
  const start = wall.toCanvas({ x: down.clientX, y: down.clientY });
  const touch = down.pointerType === 'touch';
  let hand: Hand | null = null;
  let offset: Offset = { dx: 0, dy: 0 };
  let hold: ReturnType<typeof setTimeout> | undefined;

  const pickUp = (): Hand => {
    const taken = take(ports, cards.selection.with(key));
    ports.pin(taken.inPage.map((held) => held.key));
    for (const { element } of taken.inPage) element.classList.add('is-held');
    return { ...taken, release: cards.hold([...taken.rects.keys()]) };
  };

  const move = (event: PointerEvent): void => {
    if (hand === null && slipped(down, event)) {
      if (touch) following.giveUp();
      else hand = pickUp();
    }
    if (hand === null) return;
    const scrolled = scrollAtEdge(wall, event);
    const now = wall.toCanvas({ x: event.clientX, y: event.clientY });
    const wanted = { dx: now.x - start.x, dy: now.y - start.y };
    const { canvasWidth } = controller.store.get();
    offset = allowedOffset([...hand.rects.values()], wanted, canvasWidth);
    for (const { element } of hand.inPage)
      element.style.translate = `${offset.dx}px ${offset.dy}px`;
    if (scrolled) following.again();
  };

  const drop = (): void => {
    if (hand === null) return;
    if (offset.dx !== 0 || offset.dy !== 0) {
      const moved = [...hand.rects].map(([one, rect]) => [one, shifted(rect, offset)] as const);
      cards.place(new Map(moved), 'move');
    } else if (touch) cards.selection.toggle(key);
  };

  const following: Following = follow(down, {
    move,
    end: drop,
    finish() {
      clearTimeout(hold);
      stopTouch.abort();
      if (hand === null) return;
      ports.swallowClick();
      hand.release();
      putDown(hand.inPage);
      ports.pin([]);
    },
  });
  const stopTouch = keepFromScrolling(down, () => hand !== null);
  if (touch) hold = setTimeout(() => (hand = pickUp()), HOLD_MS);
}

function putDown(held: readonly HeldCard[]): void {
  for (const { element } of held) {
    element.classList.remove('is-held');
    element.style.translate = '';
  }
}

/** A finger that has picked something up, and a pen, do not scroll. */
function keepFromScrolling(down: PointerEvent, isHeld: () => boolean): AbortController {
  const listening = new AbortController();
  down.target?.addEventListener(
    'touchmove',
    (event) => {
      if (event.cancelable && (isHeld() || down.pointerType === 'pen')) event.preventDefault();
    },
    { signal: listening.signal, passive: false },
  );
  return listening;
}
