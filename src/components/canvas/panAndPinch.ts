/** Moving the wall under the screen, and magnifying it with two fingers or the wheel. */
import { wheelZoom } from '../../canvas/zoom.ts';
import { follow } from './follow.ts';
import type { WallView } from './wallView.ts';

/** The wall goes with the pointer. */
export function panWall(wall: WallView, down: PointerEvent): void {
  let last = { x: down.clientX, y: down.clientY };
  wall.scroller.classList.add('is-panned');
  follow(down, {
    move({ clientX, clientY }) {
      wall.scrollBy(last.x - clientX, last.y - clientY);
      last = { x: clientX, y: clientY };
    },
    end: () => undefined,
    finish: () => wall.scroller.classList.remove('is-panned'),
  });
}

/** Ctrl (Command) with the wheel magnifies toward the pointer; touch pads send a pinch so too. */
export function zoomByWheel(wall: WallView, signal: AbortSignal): void {
  let turned = 0;
  let at = { x: 0, y: 0 };
  let frame = 0;
  const draw = (): void => {
    frame = 0;
    wall.zoomTo(wheelZoom(wall.zoom(), turned), at);
    turned = 0;
  };
  wall.scroller.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      turned += event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
      at = { x: event.clientX, y: event.clientY };
      frame ||= requestAnimationFrame(draw);
    },
    { signal, passive: false },
  );
}

/** Two fingers magnify and move the wall; one alone scrolls it, as everywhere. */
export function zoomByPinch(wall: WallView, signal: AbortSignal): void {
  const two = ({ touches }: TouchEvent) => {
    const [a, b] = [touches.item(0), touches.item(1)];
    if (a === null || b === null || touches.length !== 2) return null;
    return {
      apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
      middle: { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 },
    };
  };
  let last: ReturnType<typeof two> = null;
  const begin = (event: TouchEvent): void => {
    last = two(event);
    if (last !== null && event.cancelable) event.preventDefault();
  };
  const move = (event: TouchEvent): void => {
    const now = two(event);
    if (last === null || now === null) return;
    if (event.cancelable) event.preventDefault();
    wall.scrollBy(last.middle.x - now.middle.x, last.middle.y - now.middle.y);
    wall.zoomTo((wall.zoom() * now.apart) / Math.max(1, last.apart), now.middle);
    last = now;
  };
  wall.scroller.addEventListener('touchstart', begin, { signal, passive: false });
  wall.scroller.addEventListener('touchmove', move, { signal, passive: false });
  wall.scroller.addEventListener('touchend', (event) => (last = two(event)), { signal });
  wall.scroller.addEventListener('touchcancel', () => (last = null), { signal });
}
