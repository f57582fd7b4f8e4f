/** Choosing cards by drawing a rectangle on the bare wall. */
import type { Rect } from '../../canvas/placement.ts';
import { px } from '../../canvas/units.ts';
import type { Point } from '../../canvas/zoom.ts';
import { chosenBy } from '../../state/cards/selection.ts';
import { follow } from './follow.ts';
import { type GesturePorts, scrollAtEdge, slipped } from './gesture.ts';

/** What was chosen before stays so with Shift, Ctrl or Command held; a plain click chooses nothing. */
export function drawMarquee(ports: GesturePorts, down: PointerEvent): void {
  const { wall, controller } = ports;
  const { selection } = controller.cards;
  const adds = down.shiftKey || down.ctrlKey || down.metaKey;
  const before = selection.store.get().keys;
  const held = adds ? before : new Set<string>();
  const start = wall.toCanvas({ x: down.clientX, y: down.clientY });
  const cards = [...controller.cards.rects()].map(([key, rect]) => ({ key, rect }));
  const frame = document.createElement('div');
  frame.className = 'marquee';
  let done = false;

  const following = follow(down, {
    move(event) {
      if (!frame.isConnected && !slipped(down, event)) return;
      if (!frame.isConnected) wall.stage.append(frame);
      const scrolled = scrollAtEdge(wall, event);
      const rect = between(start, wall.toCanvas({ x: event.clientX, y: event.clientY }));
      Object.assign(frame.style, {
        translate: `${rect.left}px ${rect.top}px`,
        width: `${rect.width}px`,
        height: `${rect.height}px`,
      });
      selection.set(chosenBy(rect, cards, held));
      if (scrolled) following.again();
    },
    end() {
      done = true;
      if (!frame.isConnected && !adds) selection.clear();
    },
    finish() {
      if (!done) selection.set(before);
      frame.remove();
    },
  });
}

function between(a: Point, b: Point): Rect {
  return {
    left: px(Math.min(a.x, b.x)),
    top: px(Math.min(a.y, b.y)),
    width: px(Math.abs(a.x - b.x)),
    height: px(Math.abs(a.y - b.y)),
  };
}
