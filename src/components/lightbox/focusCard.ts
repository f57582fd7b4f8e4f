/** Back from the large view: the focus goes to the card of the picture that was shown last. */
import { toRect } from '../../canvas/placement.ts';
import type { Px } from '../../canvas/units.ts';
import type { Card } from '../../state/sessionState.ts';

/** So many frames a card that was out of sight has to come into the page. */
const PATIENCE = 20;

export function focusCard(card: Card | null, canvasWidth: Px): void {
  if (card === null) focusWall();
  else if (!focusIn(card)) {
    scrollTo(card, canvasWidth);
    wait(card, PATIENCE);
  }
}

function wait(card: Card, frames: number): void {
  requestAnimationFrame(() => {
    if (focusIn(card)) return;
    if (frames > 0) wait(card, frames - 1);
    else focusWall();
  });
}

function focusIn(card: Card): boolean {
  const name = CSS.escape(card.imageId ?? card.key);
  const found = document.querySelector<HTMLElement>(`.card[data-card="${name}"] .card-picture`);
  found?.focus();
  return found !== null;
}

function focusWall(): void {
  document.getElementById('wall')?.focus({ preventScroll: true });
}

/** Cards far away are not in the page; they come when the wall is scrolled there. */
function scrollTo(card: Card, canvasWidth: Px): void {
  const cards = document.querySelector<HTMLElement>('.cards');
  const wall = document.getElementById('wall');
  if (cards === null || wall === null) return;
  const corner = cards.getBoundingClientRect();
  const scale = cards.offsetWidth > 0 ? corner.width / cards.offsetWidth : 1;
  const rect = toRect(card.placement, canvasWidth);
  const view = wall.getBoundingClientRect();
  const isOwnScroller = getComputedStyle(wall).overflowY === 'auto';
  const height = isOwnScroller ? view.height : window.innerHeight;
  const down = corner.top + rect.top * scale - (isOwnScroller ? view.top : 0) - height / 4;
  wall.scrollLeft += corner.left + rect.left * scale - view.left - view.width / 4;
  if (isOwnScroller) wall.scrollTop += down;
  else window.scrollBy({ top: down, behavior: 'instant' });
}
