/** One open canvas: what it shows, and everything a person can do to it. Knows nothing of React. */
import type { Px } from '../../canvas/units.ts';
import type { GalleryApi } from '../../services/galleryApi.ts';
import type { ImageSaver, LineEvent, SaveJob } from '../../services/imageSaver.ts';
import { DRAFT, type SessionRegistry } from '../../services/sessionRegistry.ts';
import { type CanvasRun, createCanvasRun } from '../making/canvasRun.ts';
import { type CanvasView, createCanvasView } from '../cards/canvasView.ts';
import { type CardActions, createCardActions } from '../cards/cardActions.ts';
import { type FileHanging, createFileHanging } from '../cards/fileHanging.ts';
import type { Created } from './sessionCreation.ts';
import type { SessionLoading } from './sessionLoading.ts';
import { createSessionMemory } from './sessionMemory.ts';
import { EMPTY_STATE, type SessionState, cardFromImage, stateFromMemory } from './sessionState.ts';
import { type SessionSync, type SyncBrowser, createSessionSync } from './sessionSync.ts';
import { type SettingsAgain, createSettingsAgain } from '../making/settingsAgain.ts';
import { type Store, createStore } from '../store.ts';
import { type TakenDown, createTakenDown } from '../cards/takenDown.ts';
import type { Toasts } from '../toasts.ts';
import { cardFromJob, followUnsentPlaces, releaseLocal } from './unsentCards.ts';

export interface SessionController {
  /** The draft's key, also after it became a session; else the session's id. */
  readonly owner: string;
  readonly store: Pick<Store<SessionState>, 'get' | 'subscribe'>;
  /** Pictures that are made. */
  readonly run: CanvasRun;
  /** What can be done to cards. */
  readonly cards: CardActions;
  readonly loading: SessionLoading;
  /** Edits on their way, conflicts, and what others do. */
  readonly sync: Pick<SessionSync, 'follow' | 'keepMine' | 'takeTheirs' | 'retry' | 'giveUp'>;
  readonly view: CanvasView;
  readonly files: FileHanging;
  readonly takenDown: TakenDown;
  readonly again: SettingsAgain;
  /** The draft became a session, made by this page or another. */
  becomeSession(created: Created): void;
  /** Hangs pictures that are still on their way. */
  hangUnsent(jobs: readonly SaveJob[]): void;
  setCanvasWidth(width: Px): void;
  /** `seen` is the text that was changed, when others may have changed it meanwhile. */
  write(composition: string, seen?: string): void;
  /** `seen` is the name that was changed, when others may have changed it meanwhile. */
  rename(name: string, seen?: string): void;
  /** Takes the session out of the trash, with all that was done since it was discarded. */
  bringBack(): Promise<void>;
  toggleFeatured(productId: string): void;
  toggleSaved(productId: string): void;
  retrySave(key: string): void;
  retrySaves(): void;
  dismissProblem(): void;
  onSave(event: LineEvent): void;
  /** Sends edits that wait, and remembers the canvas. */
  flush(leaving?: boolean): void;
  /** How many things have edits that the server has not confirmed. */
  unsentEdits(): number;
  /** Sends text and names, and ends when they were answered. */
  settled(): Promise<void>;
  /** The session was discarded: nothing more is made, saved or remembered for it. */
  close(): void;
}

export interface ControllerPorts {
  readonly api: GalleryApi;
  readonly saver: ImageSaver;
  readonly registry: SessionRegistry;
  readonly toasts: Toasts;
  readonly browser: SyncBrowser;
  newKey(): string;
  /** The key of the canvas that is no session yet. */
  draftKey(): string;
  productName(id: string): { name: string; brand: string };
  shelfIds(): readonly string[];
  /** A new session was created for this canvas. */
  onCreated(id: string): void;
}

export function createSessionController(
  sessionId: string | null,
  ports: ControllerPorts,
): SessionController {
  const { api, registry, saver, toasts } = ports;
  let named = sessionId;
  const owner = (): string => named ?? ports.draftKey();
  const remembered = registry.load(sessionId ?? DRAFT);
  const store = createStore<SessionState>({
    ...EMPTY_STATE,
    ...(remembered === null ? {} : stateFromMemory(remembered)),
    sessionId,
    remembered: sessionId !== null && remembered !== null,
    phase: sessionId === null ? 'draft' : remembered === null ? 'loading' : 'open',
  });

  const sync = createSessionSync({
    ...ports.browser,
    api,
    store,
    toasts,
    onMissing: (id) => registry.forget(id),
  });
  const { loading } = sync;

  const cards = createCardActions({ saver, toasts, store, edits: sync.imageEdits });
  const run = createCanvasRun({
    api,
    saver,
    store,
    canvas: () => store.get().sessionId ?? owner(),
    newKey: () => ports.newKey(),
    productName: (id) => ports.productName(id),
    shelfIds: () => ports.shelfIds(),
    onDirectives: (used) =>
      sync.change({ directives_used: [...store.get().directivesUsed, ...used] }),
    onDone: () => loading.look(),
  });
  const memory = createSessionMemory(store, registry);

  const becomeSession = ({ id, name, fields }: Created): void => {
    if (store.get().sessionId !== null) return;
    named = owner();
    store.set({ sessionId: id, phase: 'open', ...(name === undefined ? {} : { name }) });
    sync.created(fields);
    // What another page wrote on its own draft is not ours to forget.
    if (registry.load(DRAFT)?.composition === store.get().composition) registry.forget(DRAFT);
    ports.onCreated(id);
    if (name === undefined) void loading.load();
  };
  followUnsentPlaces(store, saver);

  const write = (composition: string, seen?: string): void => sync.write(composition, seen);

  let closed = false;
  return {
    get owner() {
      return owner();
    },
    store,
    run,
    cards,
    loading,
    view: createCanvasView(),
    takenDown: createTakenDown({ api, store, cards }),
    files: createFileHanging({
      store,
      saver,
      cards,
      newKey: () => ports.newKey(),
      canvas: () => store.get().sessionId ?? owner(),
    }),
    becomeSession,
    hangUnsent(jobs) {
      const { cards: present } = store.get();
      const known = new Set(present.map(({ key }) => key));
      const fresh = jobs.flatMap((job) => {
        const save = saver.state(job.key);
        return known.has(job.key) || save === undefined ? [] : [cardFromJob(job, save)];
      });
      if (fresh.length > 0) store.set({ cards: [...present, ...fresh] });
    },
    setCanvasWidth: (canvasWidth) => store.set({ canvasWidth }),
    write,
    again: createSettingsAgain({
      store,
      toasts,
      write,
      isOnShelf: (id) => ports.shelfIds().includes(id),
    }),
    rename(name, seen) {
      const trimmed = name.trim();
      sync.rename(trimmed === '' ? null : trimmed, seen);
    },
    toggleFeatured: (id) => store.set(({ featured }) => ({ featured: toggled(featured, id) })),
    toggleSaved: (id) => sync.change({ saved_products: toggled(store.get().savedProducts, id) }),
    retrySave: (key) => saver.retry(key),
    retrySaves() {
      for (const card of store.get().cards) saver.retry(card.key);
      sync.retry();
    },
    sync,
    async bringBack() {
      await loading.bringBack();
      saver.retryAll(owner());
    },
    dismissProblem: () => store.set({ problem: null }),
    onSave(event) {
      const { key, unwanted } = event.facts;
      if (closed) return;
      const { job, state, image } = event;
      const { cards: present, canvasWidth } = store.get();
      if (state.status === 'dropped')
        store.set({ cards: present.filter((card) => card.key !== key || card.imageId !== null) });
      else if (job !== null) cards.onSave({ job, state, image });
      else if (image !== null && !present.some((card) => card.imageId === image.id)) {
        sync.imageEdits.saved(image);
        store.set({ cards: [...present, cardFromImage(image, canvasWidth)] });
      }
      // Taken down when it was on its way: a list of the server may have shown it meanwhile.
      if (unwanted === true && image !== null) cards.takeDown(image.id);
    },
    flush(leaving) {
      sync.flush(leaving);
      memory.flush();
    },
    unsentEdits: () => sync.size(),
    settled: () => sync.settled(),
    close() {
      const state = store.get();
      closed = true;
      memory.stop();
      run.cancel();
      saver.letGo([owner(), ...(state.sessionId === null ? [] : [state.sessionId])]);
      releaseLocal(state.cards);
      sync.close();
    },
  };
}

function toggled(list: readonly string[], id: string): string[] {
  return list.includes(id) ? list.filter((one) => one !== id) : [...list, id];
}
