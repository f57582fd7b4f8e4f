/** Taking the cards of one canvas down, and hanging them again where there is room. */
import { overlaps, toPlacement, toRect } from '../../canvas/placement.ts';
import { findNear, isFree } from '../../canvas/room.ts';
import type { Px } from '../../canvas/units.ts';
import type { GalleryImage } from '../../services/galleryApi.ts';
import type { ImageSaver, SaveJob } from '../../services/imageSaver.ts';
import type { ImageEdits } from '../session/imageEdits.ts';
import { type Card, type SessionState, cardFromImage } from '../session/sessionState.ts';
import type { Store } from '../store.ts';

export interface CardRemoval {
  /** Takes cards down; tells which of them were pictures, and so can come back. */
  remove(keys: readonly string[]): string[];
  bringBack(keys: readonly string[]): void;
  canReturn(key: string): boolean;
  /** Hangs pictures of an earlier visit again; tells their keys. */
  hangAgain(images: readonly GalleryImage[]): string[];
  /** The card, as far as it was taken down in this page. */
  find(key: string): Card | undefined;
  /** The card became another while it was down. */
  update(card: Card): void;
}

export interface RemovalPorts {
  readonly saver: Pick<ImageSaver, 'add' | 'drop'>;
  readonly store: Store<SessionState>;
  readonly edits: Pick<ImageEdits, 'remove' | 'restore' | 'place'>;
  /** What is to be saved of a card that the server does not have yet. */
  readonly job: (key: string) => SaveJob | undefined;
}

interface Removed {
  readonly card: Card;
  readonly index: number;
  /** The cards it lay over or under: it may do so again. */
  readonly touched: ReadonlySet<string>;
}

export function createCardRemoval({ saver, store, edits, job }: RemovalPorts): CardRemoval {
  const removed = new Map<string, Removed>();

  const note = (card: Card, index: number): void => {
    const { cards, canvasWidth } = store.get();
    const rect = toRect(card.placement, canvasWidth);
    const touched = cards.filter((other) => overlaps(rect, toRect(other.placement, canvasWidth)));
    removed.set(card.key, { card, index, touched: new Set(touched.map(({ key }) => key)) });
  };

  const hang = ({ card, index, touched }: Removed): void => {
    const { cards, canvasWidth } = store.get();
    const others = cards.filter(({ key }) => !touched.has(key));
    const placed = withRoom(card, others, canvasWidth);
    store.set({ cards: cards.toSpliced(index, 0, placed) });
    const waiting = job(card.key);
    if (card.imageId !== null) edits.restore(card.imageId);
    else if (waiting !== undefined) saver.add(waiting);
    if (card.imageId !== null && placed !== card) edits.place(card.imageId, placed.placement);
  };

  const bringBack = (keys: readonly string[]): void => {
    for (const key of keys) {
      const gone = removed.get(key);
      removed.delete(key);
      if (gone !== undefined) hang(gone);
    }
  };

  return {
    remove(keys) {
      const { cards } = store.get();
      const wanted = new Set(keys);
      const gone = cards.filter(({ key }) => wanted.has(key));
      for (const card of gone) note(card, cards.indexOf(card));
      store.set({ cards: cards.filter(({ key }) => !wanted.has(key)) });
      const made = gone.filter((card) => card.stage === 'made');
      for (const { key, imageId } of made) {
        if (imageId === null) saver.drop(key);
        else edits.remove(imageId);
      }
      return made.map(({ key }) => key);
    },
    bringBack,
    canReturn: (key) => removed.get(key)?.card.stage === 'made',
    hangAgain: (images) =>
      images.map((image) => {
        const here = [...removed.values()].find(({ card }) => card.imageId === image.id);
        const { cards, canvasWidth } = store.get();
        if (here !== undefined) bringBack([here.card.key]);
        else if (!cards.some((card) => card.imageId === image.id)) {
          const card = cardFromImage(image, canvasWidth);
          hang({ card, index: cards.length, touched: new Set() });
        }
        return here?.card.key ?? image.id;
      }),
    find: (key) => removed.get(key)?.card,
    update(card) {
      const gone = removed.get(card.key);
      if (gone !== undefined) removed.set(card.key, { ...gone, card });
    },
  };
}

/** The card where it hung, or at the nearest free place when others hang there now. */
function withRoom(card: Card, others: readonly Card[], canvasWidth: Px): Card {
  const rect = toRect(card.placement, canvasWidth);
  const taken = others.map((other) => toRect(other.placement, canvasWidth));
  if (isFree(rect, taken)) return card;
  const near = findNear(taken, rect, canvasWidth);
  return { ...card, placement: toPlacement(near, canvasWidth, card.placement.z) };
}
