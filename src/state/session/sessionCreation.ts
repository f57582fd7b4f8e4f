/** A draft becomes a session when its first picture is sent: once, from whichever page that is. */
import type { GalleryApi, SessionPatch } from '../../services/galleryApi.ts';
import type { News } from '../../services/outbox/news.ts';
import type { Draft, Outbox } from '../../services/outbox/port.ts';

export interface Created {
  readonly id: string;
  /** What the session was created with; what differs since is still to be sent. */
  readonly fields: SessionPatch;
  /** Absent when another page, or an earlier one, created it. */
  readonly name?: string;
}

export interface SessionCreation {
  /** The session of a canvas; it is created when there is none yet. */
  idOf(canvas: string): Promise<string>;
  /** All canvases that are this session: itself, and the draft it was. */
  canvasesOf(sessionId: string): string[];
  /** Learns what became of drafts that this or another page had. */
  look(): Promise<void>;
}

export interface CreationPorts {
  readonly api: Pick<GalleryApi, 'createSession'>;
  readonly outbox: Outbox;
  readonly news: News;
  onCreated(draft: string, created: Created): void;
}

const DRAFT_PREFIX = 'draft-';

export function newDraftKey(newKey: () => string): string {
  return DRAFT_PREFIX + newKey();
}

export function isDraftKey(canvas: string): boolean {
  return canvas.startsWith(DRAFT_PREFIX);
}

export function createSessionCreation(ports: CreationPorts): SessionCreation {
  const { api, outbox, news } = ports;
  const known = new Map<string, string>();
  const creating = new Map<string, Promise<string>>();

  const learn = (draft: string, created: Created): void => {
    if (known.has(draft)) return;
    known.set(draft, created.id);
    ports.onCreated(draft, created);
  };

  /** Asked always with the fields that were stored with the first picture, and under the draft's key. */
  const create = async (key: string): Promise<string> => {
    const draft = await outbox.draft(key);
    const fields = draft?.fields ?? {};
    const before = draft?.sessionId ?? null;
    if (before !== null) {
      learn(key, { id: before, fields });
      return before;
    }
    const { id, name } = (await api.createSession(fields, key)).value;
    const done: Draft = { key, fields, sessionId: id, at: draft?.at ?? Date.now() };
    // Not kept, it is asked for again, and the server answers the same.
    await outbox.keepDraft(done).catch(() => undefined);
    learn(key, { id, fields, name });
    news.tell({ kind: 'created', draft: key, sessionId: id, fields });
    return id;
  };

  news.subscribe((message) => {
    if (message.kind === 'created')
      learn(message.draft, { id: message.sessionId, fields: message.fields });
  });

  return {
    async idOf(canvas) {
      const id = isDraftKey(canvas) ? known.get(canvas) : canvas;
      if (id !== undefined) return id;
      const asked = creating.get(canvas) ?? create(canvas);
      creating.set(canvas, asked);
      return asked.finally(() => creating.delete(canvas));
    },
    canvasesOf: (sessionId) => [
      sessionId,
      ...[...known].filter(([, id]) => id === sessionId).map(([draft]) => draft),
    ],
    async look() {
      const found = await outbox.list().catch(() => null);
      for (const { key, sessionId: id, fields } of found?.drafts ?? [])
        if (id !== null) learn(key, { id, fields });
    },
  };
}
