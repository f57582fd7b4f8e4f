/** Back from the large view: the focus goes to the card of the picture that was shown last. */
import { toRect } from '../../canvas/placement.ts';
import type { Px } from '../../canvas/units.ts';
import type { Card } from '../../state/session/sessionState.ts';

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
  const stage = document.querySelector<HTMLElement>('.canvas .stage');
  const scroller = stage?.closest<HTMLElement>('.canvas-scroller');
  if (stage === null || !scroller) return;
  const corner = stage.getBoundingClientRect();
  const zoom = stage.offsetWidth > 0 ? corner.width / stage.offsetWidth : 1;
  const rect = toRect(card.placement, canvasWidth);
  const view = scroller.getBoundingClientRect();
  const left = corner.left + rect.left * zoom - view.left - view.width / 4;
  scroller.scrollLeft += left;
  const top = corner.top + rect.top * zoom;
  // On a narrow screen the page scrolls, and the wall only sideways.
  if (getComputedStyle(scroller).overflowY === 'auto')
    scroller.scrollTop += top - view.top - view.height / 4;
  else window.scrollBy({ top: top - window.innerHeight / 4, behavior: 'instant' });
}
