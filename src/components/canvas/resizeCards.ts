/** Pulling a corner of a card: it grows or shrinks, and all that are chosen with it. */
import { type Corner, pullFactor, resized } from '../../canvas/group.ts';
import type { Rect } from '../../canvas/placement.ts';
import { follow } from './follow.ts';
import { type GesturePorts, type HeldCard, slipped, take } from './gesture.ts';

export function resizeCards(
  ports: GesturePorts,
  down: PointerEvent,
  key: string,
  corner: Corner,
): void {
  const { wall, controller } = ports;
  const { cards } = controller;
  const start = wall.toCanvas({ x: down.clientX, y: down.clientY });
  const { rects, inPage } = take(ports, cards.selection.with(key));
  const own = rects.get(key);
  if (own === undefined) return;
  const release = cards.hold([...rects.keys()]);
  const restore = inPage.map(keepStyle);
  let placed: Map<string, Rect> | null = null;
  ports.pin(inPage.map((held) => held.key));

  follow(down, {
    move(event) {
      if (placed === null && !slipped(down, event)) return;
      const now = wall.toCanvas({ x: event.clientX, y: event.clientY });
      const factor = pullFactor(own, corner, { dx: now.x - start.x, dy: now.y - start.y });
      const { canvasWidth } = controller.store.get();
      const next = resized([...rects.values()], corner, factor, canvasWidth);
      placed = new Map([...rects.keys()].map((one, n) => [one, next[n] ?? own]));
      for (const held of inPage) draw(held, placed.get(held.key) ?? held.rect);
    },
    end() {
      if (placed !== null) cards.place(placed, 'resize');
    },
    finish() {
      ports.swallowClick();
      release();
      restore.forEach((one) => one());
      ports.pin([]);
    },
  });
}

function draw({ element }: HeldCard, rect: Rect): void {
  element.classList.add('is-held');
  element.style.left = `${rect.left}px`;
  element.style.top = `${rect.top}px`;
  element.style.width = `${rect.width}px`;
  element.style.setProperty('--picture-height', `${rect.height}px`);
}

/** The page draws the card again only where it changed, so all else must be as it was. */
function keepStyle({ element }: HeldCard): () => void {
  const { left, top, width } = element.style;
  const height = element.style.getPropertyValue('--picture-height');
  return () => {
    element.classList.remove('is-held');
    Object.assign(element.style, { left, top, width });
    element.style.setProperty('--picture-height', height);
  };
}
