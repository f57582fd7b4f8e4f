/** What all gestures on the wall share. */
import type { Rect } from '../../canvas/placement.ts';
import type { SessionController } from '../../state/session/sessionController.ts';
import type { WallView } from './wallView.ts';

export interface GesturePorts {
  readonly wall: WallView;
  readonly controller: SessionController;
  /** These cards stay in the page, however far away one scrolls. */
  pin(keys: readonly string[]): void;
  /** The click that follows belongs to a gesture, and opens nothing. */
  swallowClick(): void;
}

/** How far a pointer may slip and still have clicked. */
export const SLIP_PX = 4;
/** How long a finger rests on a card before it picks it up instead of scrolling. */
export const HOLD_MS = 350;

export interface HeldCard {
  readonly key: string;
  readonly element: HTMLElement;
  readonly rect: Rect;
}

export interface Taken {
  readonly rects: ReadonlyMap<string, Rect>;
  /** Those of them that are in the page. */
  readonly inPage: readonly HeldCard[];
}

export function take({ controller, wall }: GesturePorts, keys: readonly string[]): Taken {
  const rects = controller.cards.rects(keys);
  const inPage = [...rects].flatMap(([key, rect]) => {
    const element = cardElement(wall.stage, key);
    return element === null ? [] : [{ key, rect, element }];
  });
  return { rects, inPage };
}

export function cardElement(stage: HTMLElement, key: string): HTMLElement | null {
  return stage.querySelector<HTMLElement>(`.card[data-key="${CSS.escape(key)}"]`);
}

export function slipped(down: PointerEvent, now: PointerEvent): boolean {
  return Math.hypot(now.clientX - down.clientX, now.clientY - down.clientY) > SLIP_PX;
}

/** So near an edge of the wall it scrolls while something is in the hand, so fast at most. */
const EDGE_PX = 56;
const FASTEST_PX = 22;

/** Scrolls the wall when the pointer is at its edge; says whether it did. */
export function scrollAtEdge(wall: WallView, { clientX, clientY }: PointerEvent): boolean {
  const box = wall.box();
  const dx = pull(clientX, box.left, box.right);
  const dy = pull(clientY, box.top, box.bottom);
  if (dx !== 0 || dy !== 0) wall.scrollBy(dx, dy);
  return dx !== 0 || dy !== 0;
}

function pull(at: number, start: number, end: number): number {
  const depth = Math.min(EDGE_PX, (end - start) / 4);
  const before = Math.min(1, Math.max(0, (start + depth - at) / depth));
  const after = Math.min(1, Math.max(0, (at - (end - depth)) / depth));
  return Math.round((after - before) * FASTEST_PX);
}
