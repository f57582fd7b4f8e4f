/** The edits of one session's text, name, products and directives on their way to the server. */
import type { GalleryApi, Session, SessionPatch } from '../services/galleryApi.ts';
import { createPatchQueue } from '../services/patchQueue.ts';

export { placementFields } from './imageEdits.ts';

export interface SessionEdits {
  change(sessionId: string, patch: SessionPatch): void;
  /** Edits of the session that the server has not confirmed. */
  pending(sessionId: string): SessionPatch | null;
  /** Fields of the session that are newer here than an answer asked for at this time. */
  newerThan(sessionId: string, askedAt: number): string[];
  /** An answer asked for at this time is shown now, instead of what it had refused. */
  replacedBy(sessionId: string, askedAt: number): void;
  /** Sends everything now, also what was refused. */
  retry(): void;
  size(): number;
  problem(): string | null;
  flush(leaving?: boolean): void;
  /** Sends all text and names, and ends when they were answered. */
  settled(): Promise<void>;
  /** Forgets all: there is nothing any more that it could be sent to. */
  forget(sessionId: string): void;
}

export interface EditPorts {
  readonly api: Pick<GalleryApi, 'changeSession'>;
  readonly onChange: () => void;
  readonly onSaved: (session: Session) => void;
  readonly onRefused: (error: unknown) => void;
}

const TYPING_MS = 700;

export function createSessionEdits(ports: EditPorts): SessionEdits {
  const fields = createPatchQueue<SessionPatch, Session>({
    delayMs: TYPING_MS,
    onChange: ports.onChange,
    onRefused: (_key, error) => ports.onRefused(error),
    onSaved: ports.onSaved,
    send: async (sessionId, patch, keepalive) =>
      (await ports.api.changeSession(sessionId, patch, { keepalive })).value,
  });
  return {
    change: (sessionId, patch) => fields.add(sessionId, patch),
    pending: (sessionId) => fields.pending(sessionId),
    newerThan: (sessionId, askedAt) => fields.newerThan(sessionId, askedAt),
    replacedBy: (sessionId, askedAt) => fields.replacedBy(sessionId, askedAt),
    retry() {
      fields.retryRefused();
      fields.flush();
    },
    size: () => fields.size(),
    problem: () => fields.problem(),
    settled: () => fields.settled(),
    forget: (sessionId) => fields.drop(sessionId),
    flush: (leaving) => fields.flush(leaving),
  };
}
