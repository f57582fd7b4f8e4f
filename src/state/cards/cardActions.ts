/** Everything one can do to the cards of one canvas, and take back. */
import { type Rect, toRect } from '../../canvas/placement.ts';
import type { GalleryImage } from '../../services/galleryApi.ts';
import type { ImageSaver, SaveEvent, SaveJob } from '../../services/imageSaver.ts';
import { type CardHistory, createCardHistory } from './cardHistory.ts';
import { type CardPlaces, createCardPlaces } from './cardPlaces.ts';
import { createCardRemoval } from './cardRemoval.ts';
import type { Change, Direction } from './history.ts';
import { type ImageEdits, placementFields } from '../session/imageEdits.ts';
import { type Selection, createSelection } from './selection.ts';
import type { Card, SessionState } from '../session/sessionState.ts';
import type { Store } from '../store.ts';
import type { Toasts } from '../toasts.ts';

/** One card, or several as one. */
export type Which = string | readonly string[];

export interface CardActions extends Omit<CardPlaces, 'carryOut' | 'nudge'> {
  /** Moves cards as one, in CSS pixels of the canvas. */
  nudge(keys: Which, dx: number, dy: number): void;
  readonly selection: Selection;
  readonly history: Pick<CardHistory, 'step' | 'label' | 'subscribe'>;
  /** Where the pictures among these cards hang on the canvas; all of them when none are named. */
  rects(keys?: readonly string[]): Map<string, Rect>;
  /** Shows new cards; undoing it takes them down. */
  hang(cards: readonly Card[]): void;
  /** Takes cards down, with a toast that offers to take that back. */
  remove(keys: Which): void;
  /** Hangs a card again that was taken down, where there is room. */
  bringBack(key: string): void;
  /** Hangs pictures again that were taken down in an earlier visit. */
  hangAgain(images: readonly GalleryImage[]): void;
  /** Nobody else moves these cards while they are in a hand; ends with the function given back. */
  hold(keys: readonly string[]): () => void;
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

/** A browser may still be reading a picture from its local address when it is saved. */
const KEEP_LOCAL_URL_MS = 20_000;

export function createCardActions(ports: CardPorts): CardActions {
  const { store, edits } = ports;
  const jobs = new Map<string, SaveJob>();
  const selection = createSelection();
  const removal = createCardRemoval({ ...ports, job: (key) => jobs.get(key) });

  const find = (key: string): Card | undefined =>
    store.get().cards.find((card) => card.key === key);

  const change = (key: string, update: (card: Card) => Card): void =>
    store.set(({ cards }) => ({
      cards: cards.map((card) => (card.key === key ? update(card) : card)),
    }));

  const carryOut = (done: Change, direction: Direction): void => {
    if (done.kind === 'placed') places.carryOut(done, direction);
    else if ((done.kind === 'added') === (direction === 'undo')) removal.remove(done.keys);
    else removal.bringBack(done.keys);
  };
  const history = createCardHistory({
    present: {
      has: (key) => find(key)?.stage === 'made',
      canReturn: (key) => removal.canReturn(key),
    },
    carryOut,
  });
  const places = createCardPlaces({
    store,
    edits,
    record: (done, joins) => history.record(done, joins),
  });

  let known = store.get().cards;
  store.subscribe(() => {
    const { cards } = store.get();
    if (cards === known) return;
    known = cards;
    if (selection.store.get().keys.size === 0) return;
    const there = new Set(cards.map((card) => card.key));
    selection.keepOnly((key) => there.has(key));
  });

  /** Saved after it had been taken down: take it away on the server too. */
  const savedTooLate = (key: string, image: GalleryImage): void => {
    const card = removal.find(key);
    if (card === undefined) return;
    removal.update(saved(card, image, Date.now()));
    edits.saved(image);
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
    edits.saved(image);
    store.set({ lastSavedAt: at });
    if (wasMoved(card, job)) edits.place(image.id, card.placement);
    if (local?.startsWith('blob:') === true)
      setTimeout(() => URL.revokeObjectURL(local), KEEP_LOCAL_URL_MS);
  };

  const remove = (keys: readonly string[]): void => {
    const gone = removal.remove(keys);
    if (gone.length === 0) return;
    history.record({ kind: 'removed', keys: gone });
    const words = gone.length === 1 ? 'Picture' : `${gone.length} pictures`;
    ports.toasts.show(`${words} taken down.`, () => removal.bringBack(gone));
  };

  return {
    ...places,
    nudge: (keys, dx, dy) => places.nudge(listOf(keys), dx, dy),
    selection,
    history,
    rects(keys) {
      const { cards, canvasWidth } = store.get();
      const wanted = keys === undefined ? null : new Set(keys);
      const found = cards.filter(
        ({ key, stage }) => stage === 'made' && wanted?.has(key) !== false,
      );
      return new Map(found.map(({ key, placement }) => [key, toRect(placement, canvasWidth)]));
    },
    hang(cards) {
      store.set((state) => ({ cards: [...state.cards, ...cards] }));
      history.record({ kind: 'added', keys: cards.map(({ key }) => key) });
    },
    remove: (keys) => remove(listOf(keys)),
    bringBack: (key) => removal.bringBack([key]),
    hangAgain(images) {
      const keys = removal.hangAgain(images);
      history.record({ kind: 'added', keys });
    },
    hold(keys) {
      const held = keys.flatMap((key) => find(key)?.imageId ?? []).map((id) => edits.hold(id));
      return () => held.forEach((release) => release());
    },
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

function listOf(keys: Which): readonly string[] {
  return typeof keys === 'string' ? [keys] : keys;
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
