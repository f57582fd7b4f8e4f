/** The edits of one session on their way to the server: its text and names, and its cards' places. */
import type { Placement } from '../canvas/placement.ts';
import type { GalleryApi, PlacementPatch, Session, SessionPatch } from '../services/galleryApi.ts';
import { ApiError } from '../services/apiError.ts';
import type { UnsentEdits } from '../services/sessionRegistry.ts';
import type { Card } from './sessionState.ts';
import { createPatchQueue } from '../services/patchQueue.ts';

export interface SessionEdits {
  change(sessionId: string, patch: SessionPatch): void;
  place(imageId: string, placement: Placement): void;
  forgetPlace(imageId: string): void;
  /** Edits of the session that the server has not confirmed. */
  pending(sessionId: string): SessionPatch | null;
  /** Fields of the session that are newer here than an answer asked for at this time. */
  newerThan(sessionId: string, askedAt: number): string[];
  /** Whether a picture's place is newer here than an answer asked for at this time. */
  isPlacedSince(imageId: string, askedAt: number): boolean;
  /** An answer asked for at this time is shown now, instead of what it had refused. */
  replacedBy(sessionId: string, imageIds: readonly string[], askedAt: number): void;
  /** Sends everything now, also what was refused. */
  retry(): void;
  /** Puts edits back that an earlier page left unconfirmed. */
  takeUp(sessionId: string, unsent: UnsentEdits, cards: readonly Card[]): void;
  /** What the server has not confirmed; null when there is nothing. */
  unsent(sessionId: string, cards: readonly Card[]): UnsentEdits | null;
  size(): number;
  problem(): string | null;
  flush(leaving?: boolean): void;
  /** Sends all text and names, and ends when they were answered. */
  settled(): Promise<void>;
  /** Forgets all: there is nothing any more that it could be sent to. */
  forget(sessionId: string, cards: readonly Card[]): void;
}

export interface EditPorts {
  readonly api: Pick<GalleryApi, 'changeSession' | 'moveImage'>;
  readonly sessionId: () => string | null;
  readonly onChange: () => void;
  readonly onSaved: (session: Session | null) => void;
  readonly onRefused: (error: unknown) => void;
  /** The picture whose place was to be kept is not there any more. */
  readonly onGone: (imageId: string) => void;
}

const TYPING_MS = 700;
const MOVING_MS = 300;

export function createSessionEdits(ports: EditPorts): SessionEdits {
  const fields = createPatchQueue<SessionPatch, Session>({
    delayMs: TYPING_MS,
    onChange: ports.onChange,
    onRefused: (_key, error) => ports.onRefused(error),
    onSaved: ports.onSaved,
    send: async (sessionId, patch, keepalive) =>
      (await ports.api.changeSession(sessionId, patch, { keepalive })).value,
  });
  const places = createPatchQueue<PlacementPatch>({
    delayMs: MOVING_MS,
    onChange: ports.onChange,
    onRefused(imageId, error) {
      ports.onRefused(error);
      if (!(error instanceof ApiError) || error.status !== 404) return;
      places.drop(imageId);
      ports.onGone(imageId);
    },
    onSaved: () => ports.onSaved(null),
    async send(imageId, patch, keepalive) {
      const sessionId = ports.sessionId();
      if (sessionId === null) return;
      await ports.api.moveImage(sessionId, imageId, patch, { keepalive });
    },
  });
  return {
    change: (sessionId, patch) => fields.add(sessionId, patch),
    place: (imageId, placement) => places.add(imageId, placementFields(placement)),
    forgetPlace: (imageId) => places.drop(imageId),
    pending: (sessionId) => fields.pending(sessionId),
    newerThan: (sessionId, askedAt) => fields.newerThan(sessionId, askedAt),
    isPlacedSince: (imageId, askedAt) => places.newerThan(imageId, askedAt).length > 0,
    replacedBy(sessionId, imageIds, askedAt) {
      fields.replacedBy(sessionId, askedAt);
      for (const imageId of imageIds) places.replacedBy(imageId, askedAt);
    },
    takeUp(sessionId, unsent, cards) {
      if (Object.keys(unsent.fields).length > 0) fields.add(sessionId, unsent.fields);
      for (const { imageId, placement } of cards)
        if (imageId !== null && unsent.placed.includes(imageId))
          places.add(imageId, placementFields(placement));
    },
    unsent(sessionId, cards) {
      const placed = cards.flatMap(({ imageId }) =>
        imageId !== null && places.pending(imageId) !== null ? [imageId] : [],
      );
      const patch = fields.pending(sessionId);
      return patch === null && placed.length === 0 ? null : { fields: patch ?? {}, placed };
    },
    retry() {
      fields.retryRefused();
      places.retryRefused();
      fields.flush();
      places.flush();
    },
    size: () => fields.size() + places.size(),
    problem: () => fields.problem() ?? places.problem(),
    settled: () => fields.settled(),
    forget(sessionId, cards) {
      fields.drop(sessionId);
      for (const { imageId } of cards) if (imageId !== null) places.drop(imageId);
    },
    flush(leaving) {
      fields.flush(leaving);
      places.flush(leaving);
    },
  };
}

/** A placement in the names of the API. */
export function placementFields(placement: Placement) {
  return {
    x: placement.x,
    y: placement.y,
    width: placement.width,
    height: placement.height,
    canvas_width: placement.canvasWidth,
    z: placement.z,
  };
}
