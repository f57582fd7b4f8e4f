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
  /** The server has this picture no more. */
  takeDown(imageId: string): void;
  /** Whether an answer asked for at `askedAt` may still list this removed picture. */
  isRemoved(imageId: string, askedAt: number): boolean;
  onSave(event: SaveEvent): void;
}

export interface CardPorts {
  readonly api: Pick<GalleryApi, 'removeImage' | 'restoreImage'>;
  readonly saver: ImageSaver;
  readonly toasts: Toasts;
  readonly store: Store<SessionState>;
  readonly edits: SessionEdits;
}

interface Removed {
  readonly card: Card;
  readonly index: number;
  /** Ends with whether the server removed it; null while it has nothing to remove. */
  readonly onServer: Promise<boolean> | null;
  readonly confirmedAt: number | null;
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

  const putBack = (key: string): void => {
    const gone = removed.get(key);
    if (gone === undefined) return;
    removed.delete(key);
    store.set(({ cards }) => ({ cards: cards.toSpliced(gone.index, 0, gone.card) }));
  };

  const update = (key: string, change: Partial<Removed>): void => {
    const gone = removed.get(key);
    if (gone !== undefined) removed.set(key, { ...gone, ...change });
  };

  const removeOnServer = async (key: string, imageId: string): Promise<boolean> => {
    const { sessionId } = store.get();
    if (sessionId === null) return false;
    try {
      edits.forgetPlace(imageId);
      await ports.api.removeImage(sessionId, imageId);
      update(key, { confirmedAt: Date.now() });
      return true;
    } catch (error) {
      putBack(key);
      ports.toasts.show(`The picture could not be removed. ${sentence(error)}`);
      return false;
    }
  };

  const undo = async (key: string): Promise<void> => {
    const gone = removed.get(key);
    const { sessionId } = store.get();
    if (gone === undefined) return;
    const { imageId } = gone.card;
    const job = jobs.get(key);
    if (gone.onServer !== null && imageId !== null && sessionId !== null) {
      if (!(await gone.onServer)) return;
      try {
        await ports.api.restoreImage(sessionId, imageId);
      } catch (error) {
        ports.toasts.show(
          `The picture could not be brought back. ${sentence(error)}`,
          () => void undo(key),
        );
        return;
      }
    } else if (job !== undefined) ports.saver.add(job);
    putBack(key);
  };

  /** Saved after it had been removed: take it away on the server too. */
  const savedTooLate = (key: string, image: GalleryImage): void => {
    const gone = removed.get(key);
    if (gone === undefined) return;
    update(key, {
      card: saved(gone.card, image, Date.now()),
      onServer: removeOnServer(key, image.id),
    });
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
      const index = store.get().cards.indexOf(card);
      removed.set(key, { card, index, onServer: null, confirmedAt: null });
      store.set(({ cards }) => ({ cards: cards.filter((one) => one.key !== key) }));
      if (card.stage !== 'made') return;
      if (card.imageId === null) ports.saver.drop(key);
      else update(key, { onServer: removeOnServer(key, card.imageId) });
      ports.toasts.show('Picture taken down.', () => void undo(key));
    },
    takeDown: (imageId) =>
      store.set(({ cards }) => ({ cards: cards.filter((card) => card.imageId !== imageId) })),
    isRemoved: (imageId, askedAt) =>
      [...removed.values()].some(
        ({ card, confirmedAt }) =>
          card.imageId === imageId && (confirmedAt === null || confirmedAt >= askedAt),
      ),
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
