/** Moving, removing and bringing back the cards of one canvas. */
import { type Rect, clampToCanvas, moveBy, toPlacement, toRect } from '../canvas/placement.ts';
import type { GalleryImage } from '../services/galleryApi.ts';
import type { ImageSaver, SaveEvent, SaveJob } from '../services/imageSaver.ts';
import { type ImageEdits, placementFields } from './imageEdits.ts';
import type { Card, SessionState } from './sessionState.ts';
import type { Store } from './store.ts';
import type { Toasts } from './toasts.ts';

export interface CardActions {
  moveTo(key: string, rect: Rect): void;
  nudge(key: string, dx: number, dy: number): void;
  /** Takes the card down, with a toast that offers to take that back. */
  remove(key: string): void;
  /** Hangs a card again that was removed, where it was. */
  bringBack(key: string): void;
  /** The server has this picture no more. */
  takeDown(imageId: string): void;
  onSave(event: SaveEvent): void;
}

export interface CardPorts {
  readonly saver: ImageSaver;
  readonly toasts: Toasts;
  readonly store: Store<SessionState>;
  readonly edits: ImageEdits;
}

interface Removed {
  readonly card: Card;
  readonly index: number;
}

/** A browser may still be reading a picture from its local address when it is saved. */
const KEEP_LOCAL_URL_MS = 20_000;

export function createCardActions(ports: CardPorts): CardActions {
  const { store, edits } = ports;
  const jobs = new Map<string, SaveJob>();
  const removed = new Map<string, Removed>();

  const find = (key: string): Card | undefined =>
    store.get().cards.find((card) => card.key === key);

  const change = (key: string, update: (card: Card) => Card): void =>
    store.set(({ cards }) => ({
      cards: cards.map((card) => (card.key === key ? update(card) : card)),
    }));

  const moveTo = (key: string, rect: Rect): void => {
    const { canvasWidth } = store.get();
    const z = find(key)?.placement.z ?? 0;
    const placement = toPlacement(clampToCanvas(rect, canvasWidth), canvasWidth, z);
    change(key, (card) => ({ ...card, placement }));
    const imageId = find(key)?.imageId ?? null;
    if (imageId !== null) edits.place(imageId, placement);
  };

  const bringBack = (key: string): void => {
    const gone = removed.get(key);
    if (gone === undefined) return;
    removed.delete(key);
    const job = jobs.get(key);
    if (gone.card.imageId !== null) edits.restore(gone.card.imageId);
    else if (job !== undefined) ports.saver.add(job);
    store.set(({ cards }) => ({ cards: cards.toSpliced(gone.index, 0, gone.card) }));
  };

  /** Saved after it had been removed: take it away on the server too. */
  const savedTooLate = (key: string, image: GalleryImage): void => {
    const gone = removed.get(key);
    if (gone === undefined) return;
    removed.set(key, { ...gone, card: saved(gone.card, image, Date.now()) });
    edits.remove(image.id);
  };

  const onSaved = (job: SaveJob, image: GalleryImage, at: number): void => {
    jobs.delete(job.key);
    const card = find(job.key);
    if (card === undefined) {
      savedTooLate(job.key, image);
      return;
    }
    const local = card.url;
    // A list of the server may have shown it before this answer came.
    store.set(({ cards }) => ({
      cards: cards.filter((one) => one.imageId !== image.id || one.key === job.key),
    }));
    change(job.key, (now) => saved(now, image, at));
    store.set({ lastSavedAt: at });
    if (wasMoved(card, job)) edits.place(image.id, card.placement);
    if (local?.startsWith('blob:') === true)
      setTimeout(() => URL.revokeObjectURL(local), KEEP_LOCAL_URL_MS);
  };

  return {
    moveTo,
    nudge(key, dx, dy) {
      const card = find(key);
      const { canvasWidth } = store.get();
      if (card?.stage !== 'made') return;
      moveTo(key, moveBy(toRect(card.placement, canvasWidth), dx, dy, canvasWidth));
    },
    remove(key) {
      const card = find(key);
      if (card === undefined) return;
      const index = store.get().cards.indexOf(card);
      removed.set(key, { card, index });
      store.set(({ cards }) => ({ cards: cards.filter((one) => one.key !== key) }));
      if (card.stage !== 'made') return;
      if (card.imageId === null) ports.saver.drop(key);
      else edits.remove(card.imageId);
      ports.toasts.show('Picture taken down.', () => bringBack(key));
    },
    bringBack,
    takeDown: (imageId) =>
      store.set(({ cards }) => ({ cards: cards.filter((card) => card.imageId !== imageId) })),
    onSave({ job, state, image }) {
      if (image !== null && state.status === 'saved') onSaved(job, image, state.at);
      else {
        jobs.set(job.key, job);
        change(job.key, (card) => ({ ...card, save: state }));
      }
    },
  };
}

function saved(card: Card, image: GalleryImage, at: number): Card {
  return {
    ...card,
    imageId: image.id,
    url: image.url,
    createdAt: image.created_at,
    size: image.size,
    save: { status: 'saved', at },
  };
}

function wasMoved(card: Card, job: SaveJob): boolean {
  const now = placementFields(card.placement);
  return Object.entries(now).some(([name, value]) => job.fields[name as 'x'] !== value);
}
