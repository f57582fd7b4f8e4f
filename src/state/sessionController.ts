/** One open canvas: what it shows, and everything a person can do to it. Knows nothing of React. */
import type { Px } from '../canvas/units.ts';
import { sentence } from '../services/apiError.ts';
import type { GalleryApi, SessionPatch } from '../services/galleryApi.ts';
import type { ImageSaver, LineEvent, SaveJob } from '../services/imageSaver.ts';
import { DRAFT, type SessionRegistry } from '../services/sessionRegistry.ts';
import { type CanvasRun, createCanvasRun } from './canvasRun.ts';
import { type CanvasView, createCanvasView } from './canvasView.ts';
import { type CardActions, createCardActions } from './cardActions.ts';
import { createImageEdits } from './imageEdits.ts';
import type { Created } from './sessionCreation.ts';
import { createSessionEdits } from './sessionEdits.ts';
import { type SessionLoading, createSessionLoading } from './sessionLoading.ts';
import { createSessionMemory } from './sessionMemory.ts';
import { EMPTY_STATE, type SessionState, cardFromImage, stateFromMemory } from './sessionState.ts';
import { type SettingsAgain, createSettingsAgain } from './settingsAgain.ts';
import { type Store, createStore } from './store.ts';
import type { Toasts } from './toasts.ts';
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
  readonly view: CanvasView;
  readonly again: SettingsAgain;
  /** The draft became a session, made by this page or another. */
  becomeSession(created: Created): void;
  /** Hangs pictures that are still on their way. */
  hangUnsent(jobs: readonly SaveJob[]): void;
  setCanvasWidth(width: Px): void;
  write(composition: string): void;
  rename(name: string): void;
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

  const onEdit = (): void =>
    store.set({
      editsPending: edits.size() + imageEdits.size() > 0,
      editsProblem: edits.problem() ?? imageEdits.problem(),
    });
  const edits = createSessionEdits({
    api,
    onChange: onEdit,
    onSaved(session) {
      store.set({ lastSavedAt: Date.now() });
      if (edits.pending(session.id)?.name === undefined) store.set({ name: session.name });
    },
    onRefused: (error) => toasts.show(sentence(error)),
  });
  const imageEdits = createImageEdits({
    api,
    sessionId: () => store.get().sessionId,
    onChange: onEdit,
    onSaved: () => store.set({ lastSavedAt: Date.now() }),
    onRefused: (error) => toasts.show(sentence(error)),
    onGone: (imageId) => cards.takeDown(imageId),
  });
  const send = (patch: SessionPatch): void => {
    const id = store.get().sessionId;
    if (id !== null && Object.keys(patch).length > 0) edits.change(id, patch);
  };

  const cards = createCardActions({ saver, toasts, store, edits: imageEdits });
  const run = createCanvasRun({
    api,
    saver,
    store,
    canvas: () => store.get().sessionId ?? owner(),
    newKey: () => ports.newKey(),
    productName: (id) => ports.productName(id),
    shelfIds: () => ports.shelfIds(),
    onDirectives(used) {
      store.set(({ directivesUsed }) => ({ directivesUsed: [...directivesUsed, ...used] }));
      send({ directives_used: [...store.get().directivesUsed] });
    },
    onDone: () => loading.refreshName(),
  });
  const loading = createSessionLoading({
    api,
    toasts,
    store,
    edits,
    imageEdits,
    onMissing: (id) => registry.forget(id),
  });
  const memory = createSessionMemory(store, registry, edits, imageEdits);
  if (sessionId !== null && remembered?.unsent !== undefined) {
    const { fields, placed } = remembered.unsent;
    if (Object.keys(fields).length > 0) edits.change(sessionId, fields);
    for (const { imageId, placement } of store.get().cards)
      if (imageId !== null && placed.includes(imageId)) imageEdits.place(imageId, placement);
  }

  const becomeSession = ({ id, name, fields }: Created): void => {
    if (store.get().sessionId !== null) return;
    named = owner();
    store.set({ sessionId: id, phase: 'open', ...(name === undefined ? {} : { name }) });
    send(changesSince(fields, store.get()));
    registry.forget(DRAFT);
    ports.onCreated(id);
    if (name === undefined) void loading.load();
  };
  followUnsentPlaces(store, saver);

  const write = (composition: string): void => {
    store.set({ composition });
    send({ user_composition: composition });
  };

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
    retrySave: (key) => saver.retry(key),
    retrySaves() {
      for (const card of store.get().cards) saver.retry(card.key);
      edits.retry();
      imageEdits.retry();
    },
    dismissProblem: () => store.set({ problem: null }),
    onSave(event) {
      const { canvas, key } = event.facts;
      if (closed || (canvas !== owner() && canvas !== store.get().sessionId)) return;
      const { job, state, image } = event;
      const { cards: present, canvasWidth } = store.get();
      if (state.status === 'dropped')
        store.set({ cards: present.filter((card) => card.key !== key || card.imageId !== null) });
      else if (job !== null) cards.onSave({ job, state, image });
      else if (image !== null && !present.some((card) => card.imageId === image.id))
        store.set({ cards: [...present, cardFromImage(image, canvasWidth)] });
    },
    flush(leaving) {
      edits.flush(leaving);
      imageEdits.flush(leaving);
      memory.flush();
    },
    unsentEdits: () => edits.size() + imageEdits.size(),
    settled: () => edits.settled(),
    close() {
      const state = store.get();
      closed = true;
      memory.stop();
      run.cancel();
      saver.letGo([owner(), ...(state.sessionId === null ? [] : [state.sessionId])]);
      releaseLocal(state.cards);
      if (state.sessionId !== null) edits.forget(state.sessionId);
      imageEdits.forget();
    },
  };
}

/** What of a draft was changed since these fields of it were sent. */
function changesSince(sent: SessionPatch, now: SessionState): SessionPatch {
  const { composition, savedProducts, directivesUsed } = now;
  const present = {
    user_composition: composition,
    saved_products: [...savedProducts],
    directives_used: [...directivesUsed],
  };
  const changed = Object.entries(present).filter(
    ([field, value]) => String(value) !== String(sent[field as keyof SessionPatch] ?? ''),
  );
  return Object.fromEntries(changed);
}

function toggled(list: readonly string[], id: string): string[] {
  return list.includes(id) ? list.filter((one) => one !== id) : [...list, id];
}
