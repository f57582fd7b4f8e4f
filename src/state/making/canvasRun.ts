/** Generation on one canvas: placeholders are hung, filled, and handed to the saver. */
import { isAbort, sentence } from '../../services/apiError.ts';
import type { GalleryApi } from '../../services/galleryApi.ts';
import type { ImageSaver } from '../../services/imageSaver.ts';
import { type Order, type Wanted, planOrder } from './generation.ts';
import { createMakingLine } from './makingLine.ts';
import { filled, jobOf, placeholderOf } from './placeholder.ts';
import { NO_RUN, type RunCount, runOf } from './runCount.ts';
import type { Card, SessionState } from '../session/sessionState.ts';
import type { Store } from '../store.ts';

export interface CanvasRun {
  generate(count: number): Promise<void>;
  /** Makes a picture again that could not be made; also while others are being made. */
  makeAgain(key: string): Promise<void>;
  /** Gives up one picture; the others go on. */
  cancelOne(key: string): void;
  /** Gives up all that is not made yet. */
  cancel(): void;
}

export interface CanvasRunPorts {
  readonly api: GalleryApi;
  readonly saver: ImageSaver;
  readonly store: Store<SessionState>;
  /** Where new pictures hang: a session's id, or the key of a draft. */
  canvas(): string;
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
  {
    featured,
    savedProducts,
    cards,
    pinned = null,
  }: Pick<SessionState, 'featured' | 'savedProducts' | 'cards'> &
    Partial<Pick<SessionState, 'pinned'>>,
  shelfIds: readonly string[],
): readonly string[] {
  if (featured.length > 0) return featured;
  if (pinned?.withoutProduct === true) return [];
  const pool = savedProducts.length > 0 ? savedProducts : shelfIds;
  const start = pool.length === 0 ? 0 : cards.length % pool.length;
  return [...pool.slice(start), ...pool.slice(0, start)];
}

export function createCanvasRun(ports: CanvasRunPorts): CanvasRun {
  const { store } = ports;
  /** While directives are being written. */
  let asking: AbortController | null = null;
  let count: RunCount = NO_RUN;

  const tally = (change: Partial<RunCount>): void => {
    count = { ...count, ...change };
    store.set({ run: runOf(count) });
  };
  const endRun = (): void => {
    const finished = count.made + count.failed >= count.total;
    if (asking !== null || !finished) return;
    count = NO_RUN;
    store.set({ run: null });
  };

  const find = (key: string): Card | undefined =>
    store.get().cards.find((card) => card.key === key);
  const change = (key: string, update: (card: Card) => Card): void =>
    store.set(({ cards }) => ({
      cards: cards.map((card) => (card.key === key ? update(card) : card)),
    }));
  const takeAway = (key: string): void =>
    store.set(({ cards }) => ({ cards: cards.filter((card) => card.key !== key) }));

  const line = createMakingLine({
    api: ports.api,
    onStarted: ({ key }) =>
      change(key, (card) => ({ ...card, stage: 'making', startedAt: Date.now() })),
    onMade(wanted, picture) {
      const state = store.get();
      const card = find(wanted.key);
      // Removed by hand while it was being made: then it is not wanted any more.
      if (card !== undefined) {
        const made = filled(state, card, picture);
        change(wanted.key, () => made);
        ports.saver.add(jobOf(made, picture, ports.canvas()));
      }
      tally({ made: count.made + 1 });
    },
    onUnmade(wanted, error) {
      change(wanted.key, (card) => ({ ...card, stage: 'unmade', problem: sentence(error) }));
      tally({ failed: count.failed + 1 });
    },
    onCancelled({ key }) {
      // One that was being made again hangs there as before, with why it failed.
      if (typeof find(key)?.problem === 'string')
        change(key, (card) => ({ ...card, stage: 'unmade' }));
      else takeAway(key);
      tally({ total: count.total - 1 });
    },
  });

  const hang = (wanted: readonly Wanted[]): void => {
    for (const one of wanted) {
      const product = one.productId === null ? null : ports.productName(one.productId);
      store.set((state) => ({ cards: [...state.cards, placeholderOf(state, one, product)] }));
    }
  };

  const plan = async (order: Order, signal: AbortSignal): Promise<readonly Wanted[]> => {
    try {
      return await planOrder(order, ports.api, () => ports.newKey(), signal);
    } catch (error) {
      if (!isAbort(error)) store.set({ problem: sentence(error) });
      return [];
    }
  };

  const orderNow = (state: SessionState, amount: number): Order => ({
    composition: state.composition,
    count: amount,
    productIds: productsInTurn(state, ports.shelfIds()),
    usedDirectives: state.directivesUsed,
    sessionId: state.sessionId,
    directive: state.pinned?.directive ?? null,
    seed: state.pinned?.sameSeed === true ? state.pinned.seed : null,
  });

  return {
    async generate(amount) {
      if (asking !== null) return;
      const abort = new AbortController();
      asking = abort;
      store.set({ problem: null });
      const order = orderNow(store.get(), amount);
      tally({ asked: amount });
      const wanted = await plan(order, abort.signal);
      asking = null;
      tally({ asked: 0, total: count.total + wanted.length });
      if (wanted.length > 0) {
        if (order.directive === null) ports.onDirectives(wanted.map((one) => one.directive));
        hang(wanted);
        await line.add(wanted);
      }
      endRun();
      await ports.onDone();
    },
    async makeAgain(key) {
      const card = find(key);
      if (card?.stage !== 'unmade' || line.has(key)) return;
      change(key, (one) => ({ ...one, stage: 'waiting' }));
      tally({ total: count.total + 1 });
      await line.add([wantedAgain(card, store.get().composition)]);
      endRun();
    },
    cancelOne(key) {
      line.cancel(key);
    },
    cancel() {
      asking?.abort();
      line.cancelAll();
    },
  };
}

function wantedAgain(card: Card, composition: string): Wanted {
  return {
    key: card.key,
    composition: card.composition ?? composition,
    directive: card.directive,
    productId: card.productId === '' ? null : card.productId,
    seed: card.seed ?? null,
  };
}
