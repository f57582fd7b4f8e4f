/** Where pictures wait until the server has them: the promises every outbox keeps. */
import type { GalleryImage, ImageFields, PictureSource, SessionPatch } from '../galleryApi.ts';

/** What is known of a picture on its way, without its bytes. */
export interface SaveFacts {
  /** Its idempotency key. */
  readonly key: string;
  /** Where it hangs: the id of a session, or the key of a draft that is to become one. */
  readonly canvas: string;
  /** What is sent with it. Never changes, so that every try under the key is the same request. */
  readonly fields: ImageFields;
  /** When it was made, in ms since 1970; pictures are sent in this order. */
  readonly madeAt: number;
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  /** Where it was moved to since it was made. */
  readonly moved?: PlacementFields;
  /** It was taken down when the server might have had it already. */
  readonly unwanted?: boolean;
}

export type PlacementFields = Pick<
  ImageFields,
  'x' | 'y' | 'width' | 'height' | 'canvas_width' | 'z'
>;

/** One picture to be saved. */
export interface SaveJob extends SaveFacts {
  readonly source: PictureSource;
}

/** A canvas that is no session yet: what its session is created with, under its key. */
export interface Draft {
  readonly key: string;
  readonly fields: SessionPatch;
  /** Once the server has created it. */
  readonly sessionId: string | null;
  readonly at: number;
}

/** How it ended with a picture: saved as this image, or taken down (null). */
export interface Note {
  readonly key: string;
  readonly image: GalleryImage | null;
  readonly at: number;
}

export type Found =
  | { readonly kind: 'waiting'; readonly job: SaveJob }
  | { readonly kind: 'over'; readonly note: Note }
  | { readonly kind: 'unknown' };

export type FactsChange = Partial<Pick<SaveFacts, 'canvas' | 'moved' | 'unwanted'>>;

/** Every method rejects when the medium fails; each is done whole or not at all. */
export interface Outbox {
  /** Keeps a picture, and with it the draft it hangs on unless that is known already. */
  put(job: SaveJob, draft: Draft | null): Promise<void>;
  /** All that waits, oldest first, without bytes; and the drafts. */
  list(): Promise<{ readonly waiting: readonly SaveFacts[]; readonly drafts: readonly Draft[] }>;
  find(key: string): Promise<Found>;
  /** Changes what may change of a picture that waits; else does nothing. */
  change(key: string, change: FactsChange): Promise<void>;
  /** The picture waits no longer; the note says why. */
  settle(note: Note): Promise<void>;
  draft(key: string): Promise<Draft | null>;
  keepDraft(draft: Draft): Promise<void>;
}

/** How long notes and drafts are kept for a page that slept. */
export const KEPT_MS = 24 * 3600 * 1000;

export function inOrder(a: SaveFacts, b: SaveFacts): number {
  return a.madeAt - b.madeAt || (a.key < b.key ? -1 : 1);
}

/** The facts alone, so that no list holds bytes. */
export function factsOf(job: SaveFacts & { readonly source?: unknown }): SaveFacts {
  const facts: SaveFacts & { source?: unknown } = { ...job };
  delete facts.source;
  return facts;
}
