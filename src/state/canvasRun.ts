/** Generation on one canvas: placeholders are hung, filled, and handed to the saver. */
import { findPlace, hangFor, overlaps, toPlacement, toRect } from '../canvas/placement.ts';
import { isAbort, sentence } from '../services/apiError.ts';
import type { GalleryApi, Picture } from '../services/galleryApi.ts';
import type { ImageSaver, SaveJob } from '../services/imageSaver.ts';
import { type RunPorts, type Wanted, makePictures, runOrder } from './generation.ts';
import { placementFields } from './sessionEdits.ts';
import { type Card, type SessionState, rectsOf } from './sessionState.ts';
import type { Store } from './store.ts';

export interface CanvasRun {
  generate(count: number): Promise<void>;
  /** Makes a picture again that could not be made. */
  makeAgain(key: string): Promise<void>;
  cancel(): void;
}

export interface CanvasRunPorts {
  readonly api: GalleryApi;
  readonly saver: ImageSaver;
  readonly store: Store<SessionState>;
  readonly owner: string;
  newKey(): string;
  productName(id: string): { name: string; brand: string };
  /** All products there are to show. */
  shelfIds(): readonly string[];
  onDirectives(used: readonly string[]): void;
  /** A press of generate has come to its end. */
  onDone(): Promise<void>;
}

/** Which products the next pictures show: those chosen, else those saved, else the shelf from where it stopped. */
export function productsInTurn(
  { featured, savedProducts, cards }: Pick<SessionState, 'featured' | 'savedProducts' | 'cards'>,
  shelfIds: readonly string[],
): readonly string[] {
  if (featured.length > 0) return featured;
  const pool = savedProducts.length > 0 ? savedProducts : shelfIds;
  const start = pool.length === 0 ? 0 : cards.length % pool.length;
  return [...pool.slice(start), ...pool.slice(0, start)];
}

export function createCanvasRun(ports: CanvasRunPorts): CanvasRun {
  const { store } = ports;
  let abort: AbortController | null = null;

  const change = (key: string, update: (card: Card) => Card): void =>
    store.set(({ cards }) => ({
      cards: cards.map((card) => (card.key === key ? update(card) : card)),
    }));

  const step = (): void =>
    store.set(({ run }) => ({ run: run === null ? null : { ...run, done: run.done + 1 } }));

  const hang = (wanted: readonly Wanted[]): void => {
    for (const one of wanted)
      store.set((state) => ({ cards: [...state.cards, place(state, one)] }));
  };

  const place = (state: SessionState, wanted: Wanted): Card => {
    const taken = rectsOf(state.cards, state.canvasWidth);
    const rect = findPlace(taken, state.canvasWidth, hangFor(state.canvasWidth, taken));
    const product = wanted.productId === null ? null : ports.productName(wanted.productId);
    return {
      key: wanted.key,
      imageId: null,
      stage: 'waiting',
      problem: null,
      placement: toPlacement(rect, state.canvasWidth),
      directive: wanted.directive,
      productId: wanted.productId ?? '',
      productName: product?.name ?? '',
      productBrand: product?.brand ?? '',
      url: null,
      pixelWidth: 0,
      pixelHeight: 0,
      createdAt: new Date().toISOString(),
      generator: null,
      size: null,
      save: { status: 'queued' },
    };
  };

  const runPorts: RunPorts = {
    api: ports.api,
    newKey: () => ports.newKey(),
    onPlanned(wanted) {
      store.set({ run: { phase: 'pictures', total: wanted.length, done: 0 } });
      ports.onDirectives(wanted.map((one) => one.directive));
      hang(wanted);
    },
    onStarted: ({ key }) => change(key, (card) => ({ ...card, stage: 'making', problem: null })),
    onMade(wanted, picture) {
      step();
      const state = store.get();
      const card = state.cards.find((one) => one.key === wanted.key);
      // Removed by hand while it was being made: then it is not wanted any more.
      if (card === undefined) return;
      const made = fill(state, card, picture);
      change(wanted.key, () => made);
      ports.saver.add(jobOf(made, picture, state, ports.owner));
    },
    onUnmade(wanted, error) {
      step();
      change(wanted.key, (card) => ({ ...card, stage: 'unmade', problem: sentence(error) }));
    },
  };

  const guarded = async (work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    if (abort !== null) return;
    abort = new AbortController();
    const { signal } = abort;
    try {
      await work(signal);
    } catch (error) {
      if (!isAbort(error)) store.set({ problem: sentence(error) });
    } finally {
      abort = null;
      store.set(({ cards }) => ({
        run: null,
        cards: cards.filter((card) => card.stage === 'made' || card.stage === 'unmade'),
      }));
    }
  };

  return {
    async generate(count) {
      const state = store.get();
      if (state.run !== null) return;
      store.set({ run: { phase: 'directives', total: count, done: 0 }, problem: null });
      const order = {
        composition: state.composition,
        count,
        productIds: productsInTurn(state, ports.shelfIds()),
        usedDirectives: state.directivesUsed,
        sessionId: state.sessionId,
      };
      await guarded((signal) => runOrder(order, runPorts, signal));
      await ports.onDone();
    },
    async makeAgain(key) {
      const { cards, composition, run } = store.get();
      const card = cards.find((one) => one.key === key);
      if (card?.stage !== 'unmade' || run !== null) return;
      store.set({ run: { phase: 'pictures', total: 1, done: 0 } });
      const productId = card.productId === '' ? null : card.productId;
      const wanted = { key, directive: card.directive, productId };
      await guarded((signal) => makePictures([wanted], composition, runPorts, signal));
    },
    cancel: () => abort?.abort(),
  };
}

/** The card with its picture: at its placeholder's place where the picture's shape fits there. */
function fill(state: SessionState, card: Card, picture: Picture): Card {
  const width = state.canvasWidth;
  const frame = toRect(card.placement, width);
  const known = picture.pixelWidth > 0 && picture.pixelHeight > 0;
  const aspect = known ? picture.pixelHeight / picture.pixelWidth : frame.height / frame.width;
  const others = rectsOf(
    state.cards.filter((one) => one.key !== card.key),
    width,
  );
  const shaped = { ...frame, height: (frame.width * aspect) as typeof frame.height };
  const fits = !others.some((other) => overlaps(other, shaped));
  const rect = fits ? shaped : findPlace(others, width, hangFor(width, others), aspect);
  return {
    ...card,
    stage: 'made',
    placement: toPlacement(rect, width, card.placement.z),
    productId: picture.productId,
    productName: picture.productName,
    productBrand: picture.productBrand,
    url: 'blob' in picture.source ? URL.createObjectURL(picture.source.blob) : picture.source.url,
    pixelWidth: picture.pixelWidth,
    pixelHeight: picture.pixelHeight,
    createdAt: new Date().toISOString(),
    generator: picture.generator,
    size: 'blob' in picture.source ? picture.source.blob.size : null,
  };
}

function jobOf(card: Card, picture: Picture, state: SessionState, owner: string): SaveJob {
  return {
    key: card.key,
    owner,
    source: picture.source,
    fields: {
      directive: card.directive,
      product_id: card.productId,
      product_name: card.productName,
      product_brand: card.productBrand,
      ...placementFields(card.placement),
      user_composition: state.composition,
      generator: card.generator,
    },
  };
}
