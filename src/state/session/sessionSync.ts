/** One canvas and the server: edits go out, news come in, and what is unsent is kept. */
import type { Placement } from '../../canvas/placement.ts';
import type { EditNews } from '../../services/edits/editNews.ts';
import type { GalleryApi } from '../../services/galleryApi.ts';
import { createKeepaliveBudget } from '../../services/edits/keepalive.ts';
import { isSame } from '../../services/edits/merge/listMerge.ts';
import { mergeTexts } from '../../services/edits/merge/textMerge.ts';
import type { Locks } from '../../services/outbox/locks.ts';
import type { PageLife } from '../../services/page/pageLife.ts';
import { createSendLoop } from '../../services/edits/sendLoop.ts';
import { createTurns } from '../../services/page/turns.ts';
import type { UnsentStore } from '../../services/edits/unsentStore.ts';
import { type ImageEdits, createImageEdits } from './imageEdits.ts';
import type { MovedElsewhere } from './imageRecord.ts';
import { followSession } from './liveSession.ts';
import {
  FIELDS,
  type SessionEdits,
  type SessionField,
  type SessionFields,
  createSessionEdits,
} from './sessionEdits.ts';
import { type SessionLoading, createSessionLoading } from './sessionLoading.ts';
import { placedCards } from './sessionMerge.ts';
import type { SessionState } from './sessionState.ts';
import type { Store } from '../store.ts';
import type { Toasts } from '../toasts.ts';
import { createUnsentWork } from './unsentWork.ts';

export interface SessionSync {
  readonly imageEdits: ImageEdits;
  readonly loading: SessionLoading;
  /** Shows these values of the session, and sends them. */
  change(patch: Partial<SessionFields>): void;
  write(composition: string, seen?: string): void;
  /** Gives it a name; null lets the server make one. `seen` is the name that was changed. */
  rename(name: string | null, seen?: string): void;
  /** The draft became a session, which was created with these fields. */
  created(sent: Partial<SessionFields>): void;
  keepMine(field: SessionField): void;
  takeTheirs(field: SessionField): void;
  /** Follows what others do, until the function given back is called. */
  follow(): () => void;
  retry(): void;
  /** Gives up what the server refused. */
  giveUp(): void;
  flush(leaving?: boolean): void;
  size(): number;
  settled(): Promise<void>;
  /** Nothing more is sent, asked or kept. */
  close(): void;
}

/** What of the browser the edits use. */
export interface SyncBrowser {
  readonly life: PageLife;
  readonly editNews: EditNews;
  readonly unsent: UnsentStore;
  /** The name of this page, which it holds as a lock. */
  readonly page: string;
  readonly locks: Pick<Locks, 'attempt'>;
}

export interface SyncPorts extends SyncBrowser {
  readonly api: GalleryApi;
  readonly store: Store<SessionState>;
  readonly toasts: Toasts;
  onMissing(id: string): void;
}

export function createSessionSync(ports: SyncPorts): SessionSync {
  const { api, store, toasts, editNews } = ports;
  const sessionId = (): string | null => store.get().sessionId;
  const turns = createTurns();
  const budget = createKeepaliveBudget();

  const loop = createSendLoop({
    send: (key, leaving) => (key === FIELDS ? edits.send(leaving) : imageEdits.send(key, leaving)),
    onReach: (reached) => onReach(reached),
  });
  const onReach = (reached: boolean): void => {
    const before = store.get().offline;
    store.set({ offline: !reached });
    if (reached && before) loop.flush();
  };
  const onChange = (): void => {
    store.set(({ editNotes }) => {
      const notes = edits.notes();
      return {
        editsPending: edits.size() + imageEdits.size() > 0,
        editsProblem: edits.problem() ?? imageEdits.problem(),
        editNotes: isSame(notes, editNotes) ? editNotes : notes,
      };
    });
    unsent.note();
  };
  const onSaved = (): void => {
    store.set({ lastSavedAt: Date.now() });
    const id = sessionId();
    if (id !== null) editNews.tell(id);
  };
  const onDiscarded = (discarded: boolean): void => {
    store.set({ discarded });
    if (discarded) {
      loop.pause();
      return;
    }
    loop.goOn();
    edits.wake();
    imageEdits.wake();
  };
  const shared = { api, loop, turns, budget, sessionId, onChange, onSaved };
  const gone = { onGone: () => onDiscarded(true) };

  const edits: SessionEdits = createSessionEdits({
    ...shared,
    ...gone,
    initial: fieldsOf(store.get()),
    onSending: () => unsent.flush(),
    onValues: (values, autoName) => store.set((state) => stateOf(values, autoName, state)),
  });

  const show = (imageIds: readonly string[]): void =>
    store.set((state) => ({
      cards: placedCards(state, new Set(imageIds), (id) => imageEdits.shown(id, state.canvasWidth)),
    }));
  const putWhere = (imageId: string, placement: Placement): void => {
    imageEdits.place(imageId, placement);
    show([imageId]);
  };
  const onMovedElsewhere = (moved: readonly MovedElsewhere[]): void => {
    const which = moved.length === 1 ? 'A picture was' : `${moved.length} pictures were`;
    toasts.offer(`${which} moved elsewhere at the same time.`, [
      {
        label: moved.length === 1 ? 'Use my place' : 'Use my places',
        act: () => moved.forEach(({ imageId, mine }) => putWhere(imageId, mine)),
      },
    ]);
  };
  const hangAgain = (imageId: string, mine: Placement): void => {
    imageEdits.restore(imageId);
    imageEdits.place(imageId, mine);
    void loop.settled().then(() => loading.relist().catch(() => undefined));
  };
  const imageEdits: ImageEdits = createImageEdits({
    ...shared,
    ...gone,
    relist: () => loading.relist(),
    onShown: (imageId) => show([imageId]),
    onMovedElsewhere,
    onTakenDown: (imageId, mine) =>
      toasts.offer('A picture you moved was taken down elsewhere.', [
        { label: 'Hang it again', act: () => hangAgain(imageId, mine) },
      ]),
    onErased(imageId) {
      store.set(({ cards }) => ({ cards: cards.filter((card) => card.imageId !== imageId) }));
      toasts.show('The picture was erased elsewhere, and cannot be brought back.');
    },
  });
  imageEdits.remembered(
    store
      .get()
      .cards.flatMap(({ imageId, placement }) =>
        imageId === null ? [] : [{ imageId, placement }],
      ),
  );

  const unsent = createUnsentWork({ ...ports, sessionId, edits, imageEdits });
  const loading = createSessionLoading({
    api,
    toasts,
    turns,
    store,
    edits,
    imageEdits,
    onReach,
    onDiscarded,
    onMissing: (id) => ports.onMissing(id),
  });
  const look = async (): Promise<void> => {
    await loading.look();
    await unsent.adopt();
  };
  const change = (patch: Partial<SessionFields>): void => {
    const { name, autoNamed } = store.get();
    const values = { ...fieldsOf(store.get()), ...patch };
    store.set((state) => stateOf(values, autoNamed ? name : null, state));
    if (sessionId() !== null) edits.change(patch);
  };

  return {
    imageEdits,
    loading: {
      ...loading,
      async load() {
        await unsent.adopt();
        await loading.load();
        await unsent.adopt();
      },
    },
    change,
    write(composition, seen) {
      const now = store.get().composition;
      const merged = mergeTexts(seen ?? now, composition, now);
      const odd = merged.theirs !== undefined && sessionId() !== null;
      if (odd) edits.changeSeen('user_composition', composition, seen ?? now);
      else change({ user_composition: merged.value });
    },
    rename(name, seen) {
      const { name: shown, autoNamed } = store.get();
      if (seen === undefined || seen === shown || sessionId() === null) change({ name });
      else edits.changeSeen('name', name, autoNamed ? null : seen);
    },
    created: (sent) => edits.created(sent, fieldsOf(store.get())),
    keepMine: (field) => edits.keepMine(field),
    takeTheirs: (field) => edits.takeTheirs(field),
    follow: () => followSession({ life: ports.life, news: editNews, sessionId, look }),
    retry() {
      edits.retry();
      imageEdits.retry();
      loop.flush();
    },
    giveUp() {
      for (const note of edits.notes()) if (note.kind === 'refused') edits.takeTheirs(note.field);
      imageEdits.giveUp();
    },
    flush(leaving) {
      unsent.flush();
      loop.flush(leaving);
    },
    size: () => edits.size() + imageEdits.size(),
    settled: () => loop.settled(),
    close() {
      loop.pause();
      loading.close();
      unsent.stop();
    },
  };
}

function fieldsOf(state: SessionState): SessionFields {
  return {
    name: state.autoNamed ? null : state.name,
    user_composition: state.composition,
    saved_products: state.savedProducts,
    directives_used: state.directivesUsed,
  };
}

/** Values in the state's names; what did not change stays the same object. */
function stateOf(
  values: SessionFields,
  autoName: string | null,
  state: SessionState,
): Partial<SessionState> {
  const { saved_products: saved, directives_used: used } = values;
  return {
    name: values.name ?? autoName ?? state.name,
    autoNamed: values.name === null,
    composition: values.user_composition,
    savedProducts: isSame(saved, state.savedProducts) ? state.savedProducts : saved,
    directivesUsed: isSame(used, state.directivesUsed) ? state.directivesUsed : used,
  };
}
