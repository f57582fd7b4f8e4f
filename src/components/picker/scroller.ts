/** What scrolls around an element: the wall where it has a scroll bar of its own, else the page. */

/** How far the top of the list is above the top edge of what is seen; negative while it is below. */
export function offsetIn(list: HTMLElement): number {
  return topOf(scrollerOf(list)) - list.getBoundingClientRect().top;
}

export function heightOfView(list: HTMLElement): number {
  return scrollerOf(list)?.clientHeight ?? window.innerHeight;
}

export function scrollListTo(list: HTMLElement, offset: number): void {
  const by = offset - offsetIn(list);
  (scrollerOf(list) ?? window).scrollBy({ top: by, behavior: 'instant' });
}

/** Calls back whenever it may have been scrolled. Scroll events do not bubble, but are captured. */
export function onScroll(listener: () => void): () => void {
  const options = { capture: true, passive: true };
  document.addEventListener('scroll', listener, options);
  return () => document.removeEventListener('scroll', listener, options);
}

/** Faster than this, in pixels a millisecond, nobody sees pictures pass. */
const FLYING = 4;
const PAUSE_MS = 200;
let last = { at: 0, offset: 0, flying: false };

/** Whether the list is being scrolled past rather than looked at. */
export function isFlying(): boolean {
  return last.flying && performance.now() - last.at < PAUSE_MS;
}

/** Tells where the list is now, for its speed. */
export function noteOffset(offset: number): void {
  const at = performance.now();
  const passed = at - last.at;
  const flying = passed < PAUSE_MS && Math.abs(offset - last.offset) > FLYING * passed;
  last = { at, offset, flying };
}

function scrollerOf(list: HTMLElement): HTMLElement | null {
  const wall = list.closest<HTMLElement>('.wall');
  const scrolls = wall !== null && /auto|scroll/.test(getComputedStyle(wall).overflowY);
  return scrolls ? wall : null;
}

function topOf(scroller: HTMLElement | null): number {
  return scroller === null ? 0 : scroller.getBoundingClientRect().top;
}
