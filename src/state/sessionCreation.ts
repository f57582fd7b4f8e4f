/** A canvas becomes a session when its first picture is to be saved. */
import type { GalleryApi, SessionPatch } from '../services/galleryApi.ts';
import type { SessionState } from './sessionState.ts';
import type { Store } from './store.ts';

export interface CreationPorts {
  readonly api: Pick<GalleryApi, 'createSession'>;
  readonly store: Store<SessionState>;
  /** Under which the server makes one session, however often it is asked. */
  readonly key: string;
  /** Sends what changed while the session was being created. */
  readonly send: (patch: SessionPatch) => void;
  onCreated(id: string): void;
}

/** Gives the session's id; the session is created when there is none yet. */
export function createSessionCreation(ports: CreationPorts): () => Promise<string> {
  const { store } = ports;
  let creating: Promise<string> | null = null;

  const create = async (): Promise<string> => {
    const sent = store.get();
    const fields = {
      user_composition: sent.composition,
      saved_products: [...sent.savedProducts],
      directives_used: [...sent.directivesUsed],
    };
    const { id, name } = (await ports.api.createSession(fields, ports.key)).value;
    store.set({ sessionId: id, phase: 'open', name });
    sendChanges(sent, store.get(), ports.send);
    ports.onCreated(id);
    return id;
  };

  return () => {
    const id = store.get().sessionId;
    if (id !== null) return Promise.resolve(id);
    creating ??= create().finally(() => (creating = null));
    return creating;
  };
}

function sendChanges(
  sent: SessionState,
  now: SessionState,
  send: (patch: SessionPatch) => void,
): void {
  if (now.composition !== sent.composition) send({ user_composition: now.composition });
  if (now.savedProducts !== sent.savedProducts) send({ saved_products: [...now.savedProducts] });
  if (now.directivesUsed !== sent.directivesUsed)
    send({ directives_used: [...now.directivesUsed] });
}
