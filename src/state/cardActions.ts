/** Moving, removing and bringing back the cards of one canvas. */
import { type Rect, clampToCanvas, moveBy, toPlacement, toRect } from '../canvas/placement.ts';
import { sentence } from '../services/apiError.ts';
import type { GalleryApi, GalleryImage } from '../services/galleryApi.ts';
import type { ImageSaver, SaveEvent, SaveJob } from '../services/imageSaver.ts';
import type { SessionEdits } from './sessionEdits.ts';
import { placementFields } from './sessionEdits.ts';
import type { Card, SessionState } from './sessionState.ts';
import type { Store } from './store.ts';
import type { Toasts } from './toasts.ts';

export interface CardActions {
  moveTo(key: string, rect: Rect): void;
  nudge(key: string, dx: number, dy: number): void;
  remove(key: string): void;
  isRemoved(imageId: string): boolean;
  onSave(event: SaveEvent): void;
}

export interface CardPorts {
  readonly api: Pick<GalleryApi, 'removeImage' | 'restoreImage'>;
  readonly saver: ImageSaver;
  readonly toasts: Toasts;
  readonly store: Store<SessionState>;
  readonly edits: SessionEdits;
}

/** A browser may still be reading a picture from its local address when it is saved. */
const KEEP_LOCAL_URL_MS = 20_000;

export function createCardActions(ports: CardPorts): CardActions {
  const { store, edits } = ports;
  const jobs = new Map<string, SaveJob>();
  const removed = new Map<string, { card: Card; index: number }>();

  const find = (key: string): Card | undefined =>
    store.get().cards.find((card) => card.key === key);

  const change = (key: string, update: (card: Card) => Card): void =>
    store.set(({ cards }) => ({
      cards: cards.map((card) => (card.key === key ? update(card) : card)),
    }));

  const moveTo = (key: string, rect: Rect): void => {
    const { canvasWidth } = store.get();
    const placement = toPlacement(clampToCanvas(rect, canvasWidth), canvasWidth);
    change(key, (card) => ({ ...card, placement }));
    const imageId = find(key)?.imageId ?? null;
    if (imageId !== null) edits.place(imageId, placement);
  };

  const putBack = (key: string): void => {
    const gone = removed.get(key);
    if (gone === undefined) return;
    removed.delete(key);
    store.set(({ cards }) => ({ cards: cards.toSpliced(gone.index, 0, gone.card) }));
  };

  const removeSaved = (key: string, imageId: string): void => {
    const { sessionId } = store.get();
    if (sessionId === null) return;
    edits.forgetPlace(imageId);
    const removing = ports.api.removeImage(sessionId, imageId).then(
      () => true,
      (error: unknown) => {
        putBack(key);
        ports.toasts.show(`The picture could not be removed. ${sentence(error)}`);
        return false;
      },
    );
    ports.toasts.show('Picture removed.', () => void restoreSaved(key, imageId, removing));
  };

  const restoreSaved = async (
    key: string,
    imageId: string,
    removing: Promise<boolean>,
  ): Promise<void> => {
    const { sessionId } = store.get();
    if (sessionId === null || !(await removing)) return;
    try {
      await ports.api.restoreImage(sessionId, imageId);
      putBack(key);
    } catch (error) {
      ports.toasts.show(`The picture could not be brought back. ${sentence(error)}`);
    }
  };

  const removeUnsaved = (card: Card): void => {
    const job = jobs.get(card.key);
    const dropped = ports.saver.drop(card.key);
    ports.toasts.show('Picture removed.', () => {
      putBack(card.key);
      if (dropped && job !== undefined) ports.saver.add(job);
    });
  };

  /** Saved after it had been removed: take it away on the server too, unless undone. */
  const savedTooLate = (key: string, image: GalleryImage): void => {
    const gone = removed.get(key);
    const { sessionId } = store.get();
    if (gone === undefined || sessionId === null) return;
    removed.set(key, { ...gone, card: saved(gone.card, image, Date.now()) });
    removeSaved(key, image.id);
  };

  const onSaved = (job: SaveJob, image: GalleryImage, at: number): void => {
    jobs.delete(job.key);
    const card = find(job.key);
    if (card === undefined) {
      savedTooLate(job.key, image);
      return;
    }
    const local = card.url;
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
      removed.set(key, { card, index: store.get().cards.indexOf(card) });
      store.set(({ cards }) => ({ cards: cards.filter((one) => one.key !== key) }));
      if (card.imageId !== null) removeSaved(key, card.imageId);
      else if (card.stage === 'made') removeUnsaved(card);
    },
    isRemoved: (imageId) => [...removed.values()].some(({ card }) => card.imageId === imageId),
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
