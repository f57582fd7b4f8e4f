/**
 * Sessions that are brought in from ZIPs: one after the other, each with its progress and its end.
 *
 *     waiting -> sending -> checking -> imported
 *                   |           |
 *                   +-----------+---> refused (some of them can be tried again)
 */
import { ApiError, isAbort, sentence } from '../../services/apiError.ts';
import type { Imported } from '../../services/galleryApi.ts';
import { type Store, createStore } from '../store.ts';

export type ImportState =
  | { readonly status: 'waiting' }
  | { readonly status: 'sending'; readonly sent: number }
  /** The server has all of it, and what it decides cannot be stopped. */
  | { readonly status: 'checking' }
  | { readonly status: 'imported'; readonly result: Imported }
  | { readonly status: 'refused'; readonly problem: string; readonly again: boolean };

export interface Import {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly state: ImportState;
}

/** A file that is no session, and why: the end of a sentence that begins with its name. */
export interface NoSession {
  readonly name: string;
  readonly reason: string;
}

export interface Imports {
  readonly store: Pick<Store<{ readonly list: readonly Import[] }>, 'get' | 'subscribe'>;
  add(files: readonly File[]): void;
  /** Says of files why they are not imported. */
  refuse(files: readonly NoSession[]): void;
  /** Stops one that waits or is being sent; nothing of it stays on the server. */
  cancel(id: number): void;
  again(id: number): void;
  /** Forgets what came to its end: one, or all of them. */
  dismiss(id?: number): void;
  /** Somebody looks at the list, until the returned function is called. */
  attend(): () => void;
}

export interface Sending {
  readonly signal: AbortSignal;
  onSent(bytes: number): void;
}

export interface ImportPorts {
  /** Sends one ZIP; throws `ApiError`, or the signal's abort. */
  send(file: File, sending: Sending): Promise<Imported>;
  /** The list of sessions may have grown. */
  onChange(): void;
  /** One came to its end while nobody looked. */
  onUnseen(ended: Import): void;
  /** Whether leaving the page now would break one off. */
  onBusy(busy: boolean): void;
}

const NO_END = 'It may have been imported all the same: look in the list before you try again.';

export function createImports(ports: ImportPorts): Imports {
  const store = createStore<{ readonly list: readonly Import[] }>({ list: [] });
  const files = new Map<number, File>();
  let nextId = 1;
  let watchers = 0;
  /** What is being sent. */
  let current: { readonly id: number; readonly stop: AbortController } | null = null;

  const find = (id: number): Import | undefined => store.get().list.find((one) => one.id === id);
  const enter = (id: number, state: ImportState): void =>
    store.set(({ list }) => ({
      list: list.map((one) => (one.id === id ? { ...one, state } : one)),
    }));
  const remove = (gone: (one: Import) => boolean): void => {
    for (const one of store.get().list.filter(gone)) files.delete(one.id);
    store.set(({ list }) => ({ list: list.filter((one) => !gone(one)) }));
  };

  const send = async (id: number, file: File, stop: AbortController): Promise<ImportState> => {
    let allSent = false;
    try {
      const onSent = (sent: number): void => {
        if (stop.signal.aborted) return;
        allSent = sent >= file.size;
        enter(id, allSent ? { status: 'checking' } : { status: 'sending', sent });
      };
      const result = await ports.send(file, { signal: stop.signal, onSent });
      return { status: 'imported', result };
    } catch (error) {
      if (isAbort(error)) throw error;
      return refusal(error, allSent, await isReadable(file));
    }
  };

  const work = async (id: number, file: File): Promise<void> => {
    const stop = new AbortController();
    current = { id, stop };
    enter(id, { status: 'sending', sent: 0 });
    try {
      const state = await send(id, file, stop);
      if (state.status === 'imported') files.delete(id);
      enter(id, state);
      const ended = find(id);
      if (watchers === 0 && ended !== undefined) ports.onUnseen(ended);
      ports.onChange();
    } catch (error) {
      if (!isAbort(error)) throw error;
    } finally {
      current = null;
      pump();
    }
  };

  const pump = (): void => {
    if (current !== null) return;
    const waiting = store.get().list.find(({ state }) => state.status === 'waiting');
    const file = waiting && files.get(waiting.id);
    ports.onBusy(file !== undefined);
    if (waiting !== undefined && file !== undefined) void work(waiting.id, file);
  };

  const enlist = (name: string, size: number, state: ImportState): number => {
    const id = nextId++;
    store.set(({ list }) => ({ list: [...list, { id, name, size, state }] }));
    return id;
  };

  return {
    store,
    add(added) {
      for (const file of added)
        files.set(enlist(file.name, file.size, { status: 'waiting' }), file);
      pump();
    },
    refuse(refused) {
      for (const { name, reason } of refused)
        enlist(name, 0, { status: 'refused', problem: `It ${reason}`, again: false });
    },
    cancel(id) {
      const status = find(id)?.state.status;
      if (status !== 'waiting' && status !== 'sending') return;
      remove((one) => one.id === id);
      if (current?.id === id) current.stop.abort();
    },
    again(id) {
      const state = find(id)?.state;
      if (state?.status !== 'refused' || !state.again) return;
      enter(id, { status: 'waiting' });
      pump();
    },
    dismiss: (id) => remove((one) => isOver(one) && (id === undefined || one.id === id)),
    attend() {
      watchers += 1;
      return () => {
        watchers -= 1;
      };
    },
  };
}

export function isOver({ state }: Import): boolean {
  return state.status === 'imported' || state.status === 'refused';
}

function refusal(error: unknown, allSent: boolean, readable: boolean): ImportState {
  if (!readable) return refused('It was moved or changed since it was chosen. Choose it again.');
  const again = error instanceof ApiError && error.passing;
  const lost = again && allSent && error.status === 0;
  return { status: 'refused', problem: sentence(error) + (lost ? ` ${NO_END}` : ''), again };
}

function refused(problem: string): ImportState {
  return { status: 'refused', problem, again: false };
}

/** A file that somebody moves or writes to can be read no more, and fails like a lost network. */
async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
