/** One open canvas: what it shows, and everything a person can do to it. Knows nothing of React. */
import type { Rect } from '../canvas/placement.ts';
import type { Px } from '../canvas/units.ts';
import { ApiError, retriedSentence, sentence } from '../services/apiError.ts';
import { backoffMs } from '../services/backoff.ts';
import type { GalleryApi, SessionPatch } from '../services/galleryApi.ts';
import type { ImageSaver, SaveEvent } from '../services/imageSaver.ts';
import { DRAFT, type SessionRegistry } from '../services/sessionRegistry.ts';
import { createCanvasRun } from './canvasRun.ts';
import { createCardActions } from './cardActions.ts';
import { createSessionEdits } from './sessionEdits.ts';
import { mergeAnswer } from './sessionMerge.ts';
import {
  EMPTY_STATE,
  type SessionState,
  memoryFromState,
  stateFromMemory,
} from './sessionState.ts';
import { type Store, createStore } from './store.ts';
import type { Toasts } from './toasts.ts';

export interface SessionController {
  readonly owner: string;
  readonly store: Pick<Store<SessionState>, 'get' | 'subscribe'>;
  load(): Promise<void>;
  /** The session's id; the session is created when there is none yet. */
  ensureSession(): Promise<string>;
  setCanvasWidth(width: Px): void;
  write(composition: string): void;
  rename(name: string): void;
  toggleFeatured(productId: string): void;
  toggleSaved(productId: string): void;
  generate(count: number): Promise<void>;
  makeAgain(key: string): Promise<void>;
  cancel(): void;
  moveTo(key: string, rect: Rect): void;
  nudge(key: string, dx: number, dy: number): void;
  remove(key: string): void;
  retrySave(key: string): void;
  retrySaves(): void;
  /** Takes a discarded session out of the trash and opens it. */
  bringBack(): Promise<void>;
  dismissProblem(): void;
  onSave(event: SaveEvent): void;
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
  newKey(): string;
  productName(id: string): { name: string; brand: string };
  shelfIds(): readonly string[];
  /** A new session was created for this canvas. */
  onCreated(id: string): void;
}

const REMEMBER_MS = 400;

export function createSessionController(
  sessionId: string | null,
  ports: ControllerPorts,
): SessionController {
  const { api, registry, toasts } = ports;
  const owner = ports.newKey();
  const memory = registry.load(sessionId ?? DRAFT);
  const store = createStore<SessionState>({
    ...EMPTY_STATE,
    ...(memory === null ? {} : stateFromMemory(memory)),
    sessionId,
    remembered: sessionId !== null && memory !== null,
    phase: sessionId === null ? 'draft' : memory === null ? 'loading' : 'open',
  });

  const edits = createSessionEdits({
    api,
    sessionId: () => store.get().sessionId,
    onChange: () => store.set({ editsPending: edits.size() > 0, editsProblem: edits.problem() }),
    onSaved(session) {
      store.set({ lastSavedAt: Date.now() });
      if (session !== null && edits.pending(session.id)?.name === undefined)
        store.set({ name: session.name });
    },
    onRefused: (error) => toasts.show(sentence(error)),
    onGone: (imageId) => cards.takeDown(imageId),
  });
  const cards = createCardActions({ api, saver: ports.saver, toasts, store, edits });
  const run = createCanvasRun({
    api,
    saver: ports.saver,
    toasts,
    store,
    owner,
    newKey: () => ports.newKey(),
    productName: (id) => ports.productName(id),
    shelfIds: () => ports.shelfIds(),
    onDirectives: (used) => change('directivesUsed', 'directives_used', used),
  });

  /** Adds to a list of the session and sends it, once there is a session to send it to. */
  const change = (
    field: 'directivesUsed',
    name: 'directives_used',
    added: readonly string[],
  ): void => {
    const list = [...store.get()[field], ...added];
    store.set({ [field]: list });
    send({ [name]: list });
  };

  const send = (patch: SessionPatch): void => {
    const id = store.get().sessionId;
    if (id !== null) edits.change(id, patch);
  };

  let closed = false;
  let remembering: ReturnType<typeof setTimeout> | undefined;
  const remember = (): void => {
    clearTimeout(remembering);
    remembering = undefined;
    const state = store.get();
    if (closed) return;
    if (state.phase !== 'draft' && state.phase !== 'open') return;
    const id = state.sessionId;
    const unsent = id === null ? null : edits.unsent(id, state.cards);
    registry.save(id ?? DRAFT, {
      ...memoryFromState(state),
      ...(unsent === null ? {} : { unsent }),
    });
  };
  store.subscribe(() => (remembering ??= setTimeout(remember, REMEMBER_MS)));
  if (sessionId !== null && memory?.unsent !== undefined)
    edits.takeUp(sessionId, memory.unsent, store.get().cards);

  let creating: Promise<string> | null = null;
  const create = async (): Promise<string> => {
    const sent = store.get();
    const session = await api.createSession({
      user_composition: sent.composition,
      saved_products: [...sent.savedProducts],
      directives_used: [...sent.directivesUsed],
    });
    store.set({ sessionId: session.id, phase: 'open', name: session.name });
    registry.forget(DRAFT);
    const now = store.get();
    if (now.composition !== sent.composition) send({ user_composition: now.composition });
    if (now.savedProducts !== sent.savedProducts) send({ saved_products: [...now.savedProducts] });
    if (now.directivesUsed !== sent.directivesUsed)
      send({ directives_used: [...now.directivesUsed] });
    ports.onCreated(session.id);
    return session.id;
  };

  let loads = 0;
  const load = async (attempt = 1): Promise<void> => {
    const id = store.get().sessionId;
    if (id === null) return;
    const ticket = ++loads;
    const askedAt = Date.now();
    try {
      const [session, list] = await Promise.all([api.getSession(id), api.listImages(id)]);
      if (ticket !== loads) return;
      const editedFields = edits.newerThan(id, askedAt);
      const isRemoved = (imageId: string): boolean => cards.isRemoved(imageId, askedAt);
      const isPlaced = (imageId: string): boolean => edits.isPlacedSince(imageId, askedAt);
      const local = { isPlaced, isRemoved, editedFields, askedAt };
      store.set((state) => mergeAnswer(state, session, list, local));
      const imageIds = list.images.map((image) => image.id);
      edits.replacedBy(id, imageIds, askedAt);
    } catch (error) {
      if (ticket === loads) loadFailed(id, error, attempt);
    }
  };

  const loadFailed = (id: string, error: unknown, attempt: number): void => {
    if (error instanceof ApiError && !error.passing) {
      if (error.status === 404 || error.status === 410) registry.forget(id);
      store.set({ phase: 'missing', problem: sentence(error) });
      return;
    }
    store.set(({ remembered }) => ({
      phase: remembered ? 'open' : 'unreachable',
      // A page that shows nothing says in its own words that it waits.
      problem: remembered ? retriedSentence(error) : sentence(error),
    }));
    setTimeout(() => {
      if (store.get().problem !== null) void load(attempt + 1);
    }, backoffMs(attempt));
  };

  const refreshName = async (): Promise<void> => {
    const id = store.get().sessionId;
    if (id === null) return;
    const askedAt = Date.now();
    try {
      const session = await api.getSession(id);
      if (!edits.newerThan(id, askedAt).includes('name')) store.set({ name: session.name });
    } catch {
      // Only the name may be old; the next load brings it.
    }
  };

  return {
    owner,
    store,
    load: () => load(),
    ensureSession() {
      const id = store.get().sessionId;
      if (id !== null) return Promise.resolve(id);
      creating ??= create().finally(() => (creating = null));
      return creating;
    },
    setCanvasWidth: (canvasWidth) => store.set({ canvasWidth }),
    write(composition) {
      store.set({ composition });
      send({ user_composition: composition });
    },
    rename(name) {
      const trimmed = name.trim();
      if (trimmed !== '') store.set({ name: trimmed });
      send({ name: trimmed === '' ? null : trimmed });
    },
    toggleFeatured: (id) => store.set(({ featured }) => ({ featured: toggled(featured, id) })),
    toggleSaved(id) {
      store.set(({ savedProducts }) => ({ savedProducts: toggled(savedProducts, id) }));
      send({ saved_products: [...store.get().savedProducts] });
    },
    async generate(count) {
      edits.flush();
      await run.generate(count);
      await refreshName();
    },
    makeAgain: (key) => run.makeAgain(key),
    cancel: () => run.cancel(),
    moveTo: (key, rect) => cards.moveTo(key, rect),
    nudge: (key, dx, dy) => cards.nudge(key, dx, dy),
    remove: (key) => cards.remove(key),
    retrySave: (key) => ports.saver.retry(key),
    retrySaves() {
      for (const card of store.get().cards) ports.saver.retry(card.key);
      edits.retry();
    },
    async bringBack() {
      const id = store.get().sessionId;
      if (id === null) return;
      try {
        await api.restoreSession(id);
        store.set({ phase: 'loading', problem: null });
        await load();
      } catch (error) {
        toasts.show(sentence(error));
      }
    },
    dismissProblem: () => store.set({ problem: null }),
    onSave(event) {
      if (event.job.owner !== owner) return;
      if (closed && event.state.status === 'failed') ports.saver.drop(event.job.key);
      else cards.onSave(event);
    },
    flush(leaving) {
      edits.flush(leaving);
      if (remembering !== undefined) remember();
    },
    unsentEdits: () => edits.size(),
    settled: () => edits.settled(),
    close() {
      const state = store.get();
      closed = true;
      run.cancel();
      for (const card of state.cards) ports.saver.drop(card.key);
      if (state.sessionId !== null) edits.forget(state.sessionId, state.cards);
    },
  };
}

function toggled(list: readonly string[], id: string): string[] {
  return list.includes(id) ? list.filter((one) => one !== id) : [...list, id];
}
