/** The wall in its window: the cards in sight of the camera, and no others. */
import type { Camera, View } from '../camera.ts';
import type { Frame, MovingCard } from '../frame.ts';
import type { Script } from '../script.ts';
import type { HungCard } from '../wall.ts';
import { type CardElement, createCard, wordsOf } from './card.ts';
import { inSight } from './geometry.ts';
import type { Face } from './pictures.ts';

export interface Faces {
  /** The picture for a card on the wall. */
  face(card: number): Face | null;
  isMissing(card: number): boolean;
}

export interface WallView {
  readonly element: HTMLElement;
  draw(frame: Frame, camera: Camera, view: View): void;
  /** Pictures came: put them in. */
  fill(): void;
  /** The cards that are in the page, those that move among them. */
  inPage(): Iterable<number>;
  clear(): void;
}

/** Cards this many windows outside are in the page already when the camera comes. */
const REACH = 0.3;

export function createWallView(script: Script, faces: Faces): WallView {
  const element = document.createElement('div');
  element.className = 'replay-world';
  const cards = new Map<number, CardElement>();
  let drawn: { still: readonly HungCard[]; camera: Camera; view: View } | null = null;
  let moved: readonly number[] = [];
  let world = '';

  const cardOf = (card: number): CardElement => {
    let made = cards.get(card);
    if (made === undefined) {
      made = createCard('replay-card', wordsOf(script, card), '');
      made.fill(faces.face(card), faces.isMissing(card));
      cards.set(card, made);
      element.append(made.element);
    }
    return made;
  };

  /** Cards that came in sight are put in the page, others taken out of it. */
  const cull = (frame: Frame, camera: Camera, view: View): void => {
    const seen = frame.still.filter((card) => inSight(card.rect, camera, view, REACH));
    const keep = new Set(seen.map((card) => card.card));
    for (const card of onWall(frame)) keep.add(card.card);
    for (const [card, { element: gone }] of cards) {
      if (keep.has(card)) continue;
      gone.remove();
      cards.delete(card);
    }
    seen
      .toSorted((a, b) => a.z - b.z || a.card - b.card)
      .forEach((card, order) => {
        const made = cardOf(card.card);
        put(made, card);
        made.show(1);
        made.stack(order);
      });
    drawn = { still: frame.still, camera, view };
  };

  return {
    element,
    draw(frame, camera, view) {
      const moving = onWall(frame);
      const changed = moving.length !== moved.length || moving.some((c, i) => c.card !== moved[i]);
      if (changed || drawn === null || isElsewhere(drawn, frame, camera, view))
        cull(frame, camera, view);
      moved = moving.map((card) => card.card);
      for (const card of moving) {
        const made = cardOf(card.card);
        put(made, card);
        made.show(card.opacity);
        made.stack(frame.still.length + 1);
      }
      const next = worldTransform(camera, view);
      if (next !== world) element.style.transform = world = next;
    },
    fill() {
      for (const [card, made] of cards) made.fill(faces.face(card), faces.isMissing(card));
    },
    inPage: () => cards.keys(),
    clear() {
      cards.clear();
      element.replaceChildren();
      drawn = null;
    },
  };
}

/** Those under way that are drawn on the wall; the others fly before it. */
function onWall(frame: Frame): readonly MovingCard[] {
  return frame.moving.filter((card) => card.flight >= 1);
}

function put(card: CardElement, { rect }: HungCard): void {
  card.size(rect.width, rect.height);
  card.place(rect.left, rect.top, 1);
}

function isElsewhere(
  drawn: { still: readonly HungCard[]; camera: Camera; view: View },
  frame: Frame,
  camera: Camera,
  view: View,
): boolean {
  const before = drawn.camera;
  const way = Math.max(
    (Math.abs(camera.x - before.x) * camera.scale) / view.width,
    (Math.abs(camera.y - before.y) * camera.scale) / view.height,
  );
  return (
    drawn.still !== frame.still ||
    drawn.view !== view ||
    way > REACH / 2 ||
    Math.abs(Math.log(camera.scale / before.scale)) > 0.12
  );
}

function worldTransform(camera: Camera, view: View): string {
  const left = view.width / 2 - camera.x * camera.scale;
  const top = view.height / 2 - camera.y * camera.scale;
  return `translate(${left.toFixed(2)}px, ${top.toFixed(2)}px) scale(${camera.scale.toFixed(5)})`;
}
