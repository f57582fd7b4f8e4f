/** Everything the page holds: one saver, one shelf, one list, and a controller per open canvas. */
import { type EditNews, createNoEditNews } from '../services/edits/editNews.ts';
import type { GalleryApi } from '../services/galleryApi.ts';
import { type ImageSaver, createImageSaver } from '../services/imageSaver.ts';
import { type Locks, createBlindLocks } from '../services/outbox/locks.ts';
import { createMemoryOutbox } from '../services/outbox/memory.ts';
import { type News, createNoNews } from '../services/outbox/news.ts';
import type { Draft, Outbox } from '../services/outbox/port.ts';
import { type PageLife, createStillLife } from '../services/page/pageLife.ts';
import type { SessionRegistry, StorageLike } from '../services/sessionRegistry.ts';
import { createUnsentStore } from '../services/edits/unsentStore.ts';
import { createDraftKeys } from './session/draftKeys.ts';
import { createOutboxNotes } from './session/outboxNotes.ts';
import { type ProductShelf, createProductShelf } from './productShelf.ts';
import { createSessionCreation } from './session/sessionCreation.ts';
import { type SessionController, createSessionController } from './session/sessionController.ts';
import { type SessionList, createSessionList } from './sessions/sessionList.ts';
import { type Toasts, createToasts } from './toasts.ts';
import { pageLock } from './session/unsentWork.ts';

export interface Workspace {
  readonly saver: ImageSaver;
  readonly shelf: ProductShelf;
  readonly sessions: SessionList;
  readonly toasts: Toasts;
  /** Takes up what earlier visits left unsent. */
  begin(): Promise<void>;
  /** The canvas of a session; `load` brings what the server has. */
  open(id: string): SessionController;
  /** The canvas that has no session yet. */
  draft(): SessionController;
  flush(leaving?: boolean): void;
  /** The network or a person is back. */
  wake(networkChanged?: boolean): void;
  /** How much the server has not confirmed: pictures, and things that were edited. */
  unsent(): number;
  /** The same of one session; it changes with what the saver tells. */
  unsentIn(sessionId: string): { readonly pictures: number; readonly edits: number };
  /** Sends what was edited, and ends when it was answered, or after a while. */
  settled(): Promise<void>;
  /** Calls back whenever that may have changed. */
  onUnsent(listener: () => void): void;
}

/** What of the browser the workspace uses; without it, all lasts as long as the page. */
export interface BrowserPorts {
  /** `onMemory`: a picture is kept in this page only. `onLate`: the browser's storage answered late. */
  openOutbox(told: { onMemory(): void; onLate(): void }): Outbox;
  readonly locks: Locks;
  readonly news: News;
  /** Of this tab alone. */
  readonly tabStorage: Pick<Storage, 'getItem' | 'setItem'> | null;
  /** Of all tabs, and lasting. */
  readonly storage: StorageLike | null;
  readonly editNews: EditNews;
  readonly life: PageLife;
}

export const PAGE_ONLY: BrowserPorts = {
  openOutbox: () => createMemoryOutbox(),
  locks: createBlindLocks(),
  news: createNoNews(),
  tabStorage: null,
  storage: null,
  editNews: createNoEditNews(),
  life: createStillLife(),
};
const LONGEST_WAIT_MS = 3000;
/** What is shown comes first. */
const LEFT_EDITS_MS = 5000;

export function createWorkspace(
  api: GalleryApi,
  registry: SessionRegistry,
  newKey: () => string,
  browser: BrowserPorts = PAGE_ONLY,
): Workspace {
  const toasts = createToasts();
  const page = newKey();
  const unsentEdits = createUnsentStore(browser.storage, () => registry.forgetOldest());
  const sync = { ...browser, page, unsent: unsentEdits };
  void browser.locks.hold(pageLock(page), LONGEST_WAIT_MS);
  const shelf = createProductShelf(api);
  const byId = new Map<string, SessionController>();
  const controllers = new Set<SessionController>();
  const { locks, news } = browser;
  const draftKeys = createDraftKeys(browser.tabStorage, locks, newKey);
  const outbox = browser.openOutbox({
    onMemory: () => notes.onMemory(),
    onLate: () => void takeUp(),
  });
  const creation = createSessionCreation({
    api,
    outbox,
    news,
    onCreated(key, created) {
      of(key)?.becomeSession(created);
      if (draftKeys.current() === key) draftKeys.renew();
    },
  });
  const of = (canvas: string): SessionController | undefined =>
    [...controllers].find((one) => canvasesOf(one).includes(canvas));
  const canvasesOf = ({ owner, store }: SessionController): string[] => {
    const { sessionId } = store.get();
    return [owner, ...(sessionId === null ? [] : creation.canvasesOf(sessionId))];
  };

  const saver = createImageSaver({
    outbox,
    locks,
    news,
    draftOf: (canvas) => draftOf(of(canvas), canvas),
    upload: async (job, signal) =>
      api.saveImage(await creation.idOf(job.canvas), job.key, job.source, job.fields, signal),
    async finish(facts, image) {
      const { session_id: id } = image;
      if (facts.unwanted === true) await api.removeImage(id, image.id);
      else if (facts.moved !== undefined && of(facts.canvas) === undefined)
        await api.moveImage(id, image.id, facts.moved);
    },
  });
  const notes = createOutboxNotes({ saver, toasts, newKey, isOpen: (id) => of(id) !== undefined });

  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  saver.onChange(tell);
  saver.subscribe((event) => of(event.facts.canvas)?.onSave(event));
  let draft: SessionController | null = null;

  const hangUnsent = async (controller: SessionController): Promise<void> => {
    controller.hangUnsent(await saver.claim(canvasesOf(controller)));
  };

  const takeUp = async (): Promise<void> => {
    await Promise.all([saver.begin(), creation.look(), draftKeys.certain]);
    await Promise.all([...controllers].map(hangUnsent));
    notes.tookUp();
  };

  const create = (id: string | null): SessionController => {
    const controller = createSessionController(id, {
      api,
      saver,
      registry,
      toasts,
      browser: sync,
      newKey,
      draftKey: () => draftKeys.current(),
      shelfIds: () => shelf.store.get().products.map((product) => product.id),
      productName: (productId) => shelf.product(productId) ?? { name: '', brand: '' },
      onCreated(created) {
        byId.set(created, controller);
        if (draft === controller) draft = null;
      },
    });
    controllers.add(controller);
    controller.store.subscribe(tell);
    void hangUnsent(controller);
    return controller;
  };

  const forget = (id: string): void => {
    const controller = byId.get(id);
    controller?.close();
    if (controller !== undefined) controllers.delete(controller);
    byId.delete(id);
    registry.forget(id);
  };

  /** Names and texts are on the server before the list asks for them, unless it takes long. */
  const settled = async (): Promise<void> => {
    const all = Promise.all([...controllers].map((controller) => controller.settled()));
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))]);
  };

  /** A session that comes out of the trash takes its pictures again. */
  const restoring: GalleryApi = {
    ...api,
    async restoreSession(id) {
      const session = await api.restoreSession(id);
      creation.canvasesOf(id).forEach((canvas) => saver.retryAll(canvas));
      return session;
    },
  };

  /** Edits that a page left which is gone are sent without anybody opening their session. */
  const sendLeftEdits = (): void => {
    for (const id of unsentEdits.sessions())
      if (!byId.has(id) && unsentEdits.pages(id).some((one) => one !== page))
        void open(id).loading.load();
  };
  const open = (id: string): SessionController => {
    const controller = byId.get(id) ?? create(id);
    byId.set(id, controller);
    return controller;
  };

  return {
    saver,
    shelf,
    sessions: createSessionList(restoring, toasts, { onDiscarded: forget, settled }),
    toasts,
    async begin() {
      setTimeout(sendLeftEdits, LEFT_EDITS_MS);
      await takeUp();
    },
    open,
    draft: () => (draft ??= create(null)),
    flush(leaving) {
      for (const controller of controllers) controller.flush(leaving);
    },
    wake(networkChanged) {
      void creation.look();
      saver.wake(networkChanged);
      for (const controller of controllers) controller.flush();
    },
    unsent: () => [...controllers].reduce((sum, one) => sum + one.unsentEdits(), saver.unsent()),
    unsentIn(id) {
      const canvases = creation.canvasesOf(id);
      const pictures = saver.waiting().filter(({ facts }) => canvases.includes(facts.canvas));
      return { pictures: pictures.length, edits: byId.get(id)?.unsentEdits() ?? 0 };
    },
    settled,
    onUnsent: (listener) => void listeners.add(listener),
  };
}

function draftOf(controller: SessionController | undefined, key: string): Draft | null {
  const state = controller?.store.get();
  if (state?.sessionId !== null) return null;
  const fields = {
    user_composition: state.composition,
    saved_products: [...state.savedProducts],
    directives_used: [...state.directivesUsed],
  };
  return { key, fields, sessionId: null, at: Date.now() };
}
