/** What a pointer pressed on the wall begins: carrying, resizing, choosing, or moving the wall. */
import type { Corner } from '../../canvas/group.ts';
import { dragCards } from './dragCards.ts';
import type { GesturePorts } from './gesture.ts';
import { drawMarquee } from './marquee.ts';
import { panWall, zoomByPinch, zoomByWheel } from './panAndPinch.ts';
import { resizeCards } from './resizeCards.ts';

export interface WallPointerPorts extends Omit<GesturePorts, 'swallowClick'> {
  /** Whether Space is held, with which one moves the wall. */
  spaceHeld(): boolean;
  onPanned(): void;
}

export function listenToPointer(ports: WallPointerPorts): () => void {
  const { scroller } = ports.wall;
  const listening = new AbortController();
  const { signal } = listening;
  let swallow = false;
  const gesture: GesturePorts = {
    wall: ports.wall,
    controller: ports.controller,
    pin: (keys) => ports.pin(keys),
    swallowClick: () => (swallow = true),
  };

  scroller.addEventListener(
    'pointerdown',
    (event) => {
      swallow = false;
      if (event.button === 1 || (event.button === 0 && ports.spaceHeld())) {
        event.preventDefault();
        swallow = true;
        ports.onPanned();
        panWall(ports.wall, event);
      } else if (event.button === 0 && event.isPrimary) begin(gesture, event);
    },
    { signal },
  );
  // A click of the keyboard (detail 0) ends no gesture.
  scroller.addEventListener(
    'click',
    (event) => {
      if (!swallow || event.detail === 0) return;
      event.stopPropagation();
      event.preventDefault();
    },
    { signal, capture: true },
  );
  // Windows scrolls by itself after a press of the middle button.
  scroller.addEventListener('mousedown', (event) => event.button === 1 && event.preventDefault(), {
    signal,
  });
  zoomByWheel(ports.wall, signal);
  zoomByPinch(ports.wall, signal);
  return () => listening.abort();
}

function begin(ports: GesturePorts, down: PointerEvent): void {
  if (!(down.target instanceof Element)) return;
  const card = down.target.closest<HTMLElement>('.card[data-stage="made"]');
  const key = card?.dataset['key'];
  const corner = down.target.closest<HTMLElement>('.card-corner');
  if (key !== undefined && corner !== null) {
    down.preventDefault();
    resizeCards(ports, down, key, cornerOf(corner));
  } else if (key !== undefined && down.target.closest('.card-picture') !== null)
    dragCards(ports, down, key);
  else if (isBareWall(down.target, down, ports.wall.scroller) && down.pointerType !== 'touch')
    drawMarquee(ports, down);
}

function cornerOf(element: HTMLElement): Corner {
  const [x, y] = [element.dataset['x'], element.dataset['y']];
  return { x: x === '-1' ? -1 : 1, y: y === '-1' ? -1 : 1 };
}

function isBareWall(target: Element, down: PointerEvent, scroller: HTMLElement): boolean {
  if (target.closest('.card, button, a, summary') !== null) return false;
  const { left, top } = scroller.getBoundingClientRect();
  // Beyond these is a scroll bar.
  const [right, bottom] = [left + scroller.clientWidth, top + scroller.clientHeight];
  return down.clientX < right && down.clientY < bottom;
}
