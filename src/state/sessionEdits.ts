/** The edits of one session on their way to the server: its text and names, and its cards' places. */
import type { Placement } from '../canvas/placement.ts';
import type { GalleryApi, PlacementPatch, Session, SessionPatch } from '../services/galleryApi.ts';
import { createPatchQueue } from '../services/patchQueue.ts';

export interface SessionEdits {
  change(sessionId: string, patch: SessionPatch): void;
  place(imageId: string, placement: Placement): void;
  forgetPlace(imageId: string): void;
  /** Edits of the session that the server has not confirmed. */
  pending(sessionId: string): SessionPatch | null;
  readonly isPlacing: (imageId: string) => boolean;
  size(): number;
  problem(): string | null;
  flush(leaving?: boolean): void;
}

export interface EditPorts {
  readonly api: Pick<GalleryApi, 'changeSession' | 'moveImage'>;
  readonly sessionId: () => string | null;
  readonly onChange: () => void;
  readonly onSaved: (session: Session | null) => void;
  readonly onRefused: (detail: string) => void;
}

const TYPING_MS = 700;
const MOVING_MS = 300;

export function createSessionEdits(ports: EditPorts): SessionEdits {
  const fields = createPatchQueue<SessionPatch>({
    delayMs: TYPING_MS,
    onChange: ports.onChange,
    onRefused: (_key, detail) => ports.onRefused(detail),
    async send(sessionId, patch, leaving) {
      ports.onSaved(await ports.api.changeSession(sessionId, patch, leaving));
    },
  });
  const places = createPatchQueue<PlacementPatch>({
    delayMs: MOVING_MS,
    onChange: ports.onChange,
    onRefused: (_key, detail) => ports.onRefused(detail),
    async send(imageId, patch, leaving) {
      const sessionId = ports.sessionId();
      if (sessionId === null) return;
      await ports.api.moveImage(sessionId, imageId, patch, leaving);
      ports.onSaved(null);
    },
  });
  return {
    change: (sessionId, patch) => fields.add(sessionId, patch),
    place: (imageId, placement) => places.add(imageId, placementFields(placement)),
    forgetPlace: (imageId) => places.drop(imageId),
    pending: (sessionId) => fields.pending(sessionId),
    isPlacing: (imageId) => places.pending(imageId) !== null,
    size: () => fields.size() + places.size(),
    problem: () => fields.problem() ?? places.problem(),
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
  };
}
