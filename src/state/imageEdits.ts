/** The edits of one canvas' pictures on their way to the server: their places, and whether they hang. */
import type { Placement } from '../canvas/placement.ts';
import { ApiError } from '../services/apiError.ts';
import type { GalleryApi, PlacementPatch } from '../services/galleryApi.ts';
import { createPatchQueue } from '../services/patchQueue.ts';

export interface ImageEdits {
  /** Keeps where a picture hangs. */
  place(imageId: string, placement: Placement): void;
  /** Takes a picture down on the server, however often it takes. */
  remove(imageId: string): void;
  /** Hangs a picture again that was taken down, however often it takes. */
  restore(imageId: string): void;
  /** Whether an answer asked for at this time may still list a picture that was taken down here. */
  isRemoved(imageId: string, askedAt: number): boolean;
  /** Whether an answer asked for at this time may lack a picture that was hung again here. */
  isRestored(imageId: string, askedAt: number): boolean;
  /** Whether a picture's place is newer here than an answer asked for at this time. */
  isPlacedSince(imageId: string, askedAt: number): boolean;
  /** Nobody else moves the picture while it is in a hand here; ends with the function given back. */
  hold(imageId: string): () => void;
  /** An answer asked for at this time is shown now, instead of what it had refused. */
  replacedBy(imageIds: readonly string[], askedAt: number): void;
  /** The pictures with a place that the server has not confirmed. */
  unsent(): string[];
  retry(): void;
  size(): number;
  problem(): string | null;
  flush(leaving?: boolean): void;
  /** Sends all that waits, and ends when it was answered. */
  settled(): Promise<void>;
  /** Forgets all: there is nothing any more that it could be sent to. */
  forget(): void;
}

export interface ImageEditPorts {
  readonly api: Pick<GalleryApi, 'moveImage' | 'removeImage' | 'restoreImage'>;
  readonly sessionId: () => string | null;
  readonly onChange: () => void;
  readonly onSaved: () => void;
  readonly onRefused: (error: unknown) => void;
  /** The picture is not there any more. */
  readonly onGone: (imageId: string) => void;
}

interface ImagePatch extends PlacementPatch {
  removed?: boolean;
}

const MOVING_MS = 300;

export function createImageEdits(ports: ImageEditPorts): ImageEdits {
  const removed = new Map<string, boolean>();
  const held = new Map<string, number>();
  const known = new Set<string>();
  const queue = createPatchQueue<ImagePatch>({
    delayMs: MOVING_MS,
    onChange: ports.onChange,
    onRefused(imageId, error) {
      ports.onRefused(error);
      if (!(error instanceof ApiError) || error.status !== 404) return;
      queue.drop(imageId);
      ports.onGone(imageId);
    },
    onSaved: () => ports.onSaved(),
    send: (imageId, patch, keepalive) => send(imageId, patch, keepalive),
  });

  const send = async (
    imageId: string,
    { removed: gone, ...place }: ImagePatch,
    keepalive: boolean,
  ): Promise<void> => {
    const sessionId = ports.sessionId();
    if (sessionId === null) return;
    if (gone === false) await ports.api.restoreImage(sessionId, imageId);
    if (Object.keys(place).length > 0 && gone !== true)
      await ports.api.moveImage(sessionId, imageId, place, { keepalive });
    if (gone === true) await ports.api.removeImage(sessionId, imageId);
  };

  const add = (imageId: string, patch: ImagePatch): void => {
    known.add(imageId);
    queue.add(imageId, patch);
  };

  const hang = (imageId: string, gone: boolean): void => {
    removed.set(imageId, gone);
    add(imageId, { removed: gone });
  };

  const isNewer = (imageId: string, gone: boolean, askedAt: number): boolean =>
    removed.get(imageId) === gone && queue.newerThan(imageId, askedAt).includes('removed');

  return {
    place: (imageId, placement) => add(imageId, placementFields(placement)),
    remove: (imageId) => hang(imageId, true),
    restore: (imageId) => hang(imageId, false),
    isRemoved: (imageId, askedAt) => isNewer(imageId, true, askedAt),
    isRestored: (imageId, askedAt) => isNewer(imageId, false, askedAt),
    isPlacedSince: (imageId, askedAt) =>
      held.has(imageId) || queue.newerThan(imageId, askedAt).includes('x'),
    hold(imageId) {
      held.set(imageId, (held.get(imageId) ?? 0) + 1);
      return () => {
        const hands = (held.get(imageId) ?? 1) - 1;
        if (hands === 0) held.delete(imageId);
        else held.set(imageId, hands);
      };
    },
    replacedBy(imageIds, askedAt) {
      for (const imageId of imageIds) queue.replacedBy(imageId, askedAt);
    },
    unsent: () => [...known].filter((imageId) => queue.pending(imageId) !== null),
    retry() {
      queue.retryRefused();
      queue.flush();
    },
    size: () => queue.size(),
    problem: () => queue.problem(),
    flush: (leaving) => queue.flush(leaving),
    settled: () => queue.settled(),
    forget() {
      for (const imageId of known) queue.drop(imageId);
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
