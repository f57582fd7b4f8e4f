/** Everything the page holds: one saver, one shelf, one list, and a controller per open canvas. */
import type { GalleryApi } from '../services/galleryApi.ts';
import { type ImageSaver, createImageSaver } from '../services/imageSaver.ts';
import type { SessionRegistry } from '../services/sessionRegistry.ts';
import { type ProductShelf, createProductShelf } from './productShelf.ts';
import { type SessionController, createSessionController } from './sessionController.ts';
import { type SessionList, createSessionList } from './sessionList.ts';
import { type Toasts, createToasts } from './toasts.ts';

export interface Workspace {
  readonly saver: ImageSaver;
  readonly shelf: ProductShelf;
  readonly sessions: SessionList;
  readonly toasts: Toasts;
  /** The canvas of a session; `load` brings what the server has. */
  open(id: string): SessionController;
  /** The canvas that has no session yet. */
  draft(): SessionController;
  flush(leaving?: boolean): void;
  /** How much the server has not confirmed: pictures, and things that were edited. */
  unsent(): number;
  /** Calls back whenever that may have changed. */
  onUnsent(listener: () => void): void;
}

const LONGEST_WAIT_MS = 3000;

export function createWorkspace(
  api: GalleryApi,
  registry: SessionRegistry,
  newKey: () => string,
): Workspace {
  const toasts = createToasts();
  const shelf = createProductShelf(api);
  const byId = new Map<string, SessionController>();
  const byOwner = new Map<string, SessionController>();
  const saver = createImageSaver({
    async upload(job) {
      const controller = byOwner.get(job.owner);
      if (controller === undefined) throw new Error(`no canvas ${job.owner}`);
      const sessionId = await controller.ensureSession();
      return api.saveImage(sessionId, job.key, job.source, job.fields);
    },
  });
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  saver.subscribe(tell);
  let draft: SessionController | null = null;

  const create = (id: string | null): SessionController => {
    const controller = createSessionController(id, {
      api,
      saver,
      registry,
      toasts,
      newKey,
      shelfIds: () => shelf.store.get().products.map((product) => product.id),
      productName: (productId) => shelf.product(productId) ?? { name: '', brand: '' },
      onCreated(created) {
        byId.set(created, controller);
        if (draft === controller) draft = null;
      },
    });
    byOwner.set(controller.owner, controller);
    saver.subscribe((event) => controller.onSave(event));
    controller.store.subscribe(tell);
    return controller;
  };

  const forget = (id: string): void => {
    byId.get(id)?.close();
    byId.delete(id);
    registry.forget(id);
  };

  /** Names and texts are on the server before the list asks for them, unless it takes long. */
  const settled = async (): Promise<void> => {
    const all = Promise.all([...byOwner.values()].map((controller) => controller.settled()));
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))]);
  };

  return {
    saver,
    shelf,
    sessions: createSessionList(api, toasts, { onDiscarded: forget, settled }),
    toasts,
    open(id) {
      const known = byId.get(id);
      const controller = known ?? create(id);
      byId.set(id, controller);
      return controller;
    },
    draft: () => (draft ??= create(null)),
    flush(leaving) {
      for (const controller of byOwner.values()) controller.flush(leaving);
    },
    unsent: () =>
      [...byOwner.values()].reduce((sum, one) => sum + one.unsentEdits(), saver.unsent()),
    onUnsent: (listener) => void listeners.add(listener),
  };
}
