/** One picture on its way, as the saver of one page sees it. */
import type { GalleryImage } from '../galleryApi.ts';
import type { FactsChange, SaveFacts, SaveJob } from '../outbox/port.ts';
import type { Cause } from './saveFailure.ts';

export type SaveState =
  /** On its way into the outbox: it would be lost with the page. */
  | { readonly status: 'keeping' }
  | { readonly status: 'queued' }
  | { readonly status: 'saving' }
  | { readonly status: 'saved'; readonly at: number }
  | {
      readonly status: 'failed';
      readonly cause: Cause;
      readonly detail: string;
      /** When it is tried again by itself; null when it needs a hand. */
      readonly retryAt: number | null;
    };

/** Made or shown in this page, left by an earlier visit, or of another page that is still there. */
export type Origin = 'here' | 'left' | 'other';

export interface SaveEntry {
  facts: SaveFacts;
  /** In the page that made or shows it. */
  job: SaveJob | null;
  origin: Origin;
  /** It hangs on a canvas of this page. */
  shown: boolean;
  /** What this page changed of it, which the outbox may not have yet. */
  changes: FactsChange;
  state: SaveState;
  /** Not before it is in the outbox is it sent. */
  stored: boolean;
  tries: number;
  /** Not tried before this time, in ms since 1970. */
  due: number;
  underWay: boolean;
  /** Another page holds it. */
  elsewhere: boolean;
  /** The server may have it already. */
  uncertain: boolean;
  /** Somebody asked for another try while one was under way. */
  askedAgain: boolean;
}

/** What happened to a picture of this page. */
export interface SaveEvent {
  readonly job: SaveJob;
  readonly state: SaveState;
  /** The server's answer, once saved. */
  readonly image: GalleryImage | null;
}

/** What happened to any picture on its way, also to those of other pages and earlier visits. */
export interface LineEvent {
  readonly facts: SaveFacts;
  /** Null when this page does not hold its bytes. */
  readonly job: SaveJob | null;
  readonly origin: Origin;
  readonly shown: boolean;
  /** `dropped`: taken down, or moved to another canvas, and no more to be shown on this one. */
  readonly state: SaveState | { readonly status: 'dropped' };
  readonly image: GalleryImage | null;
}

export function newEntry(
  facts: SaveFacts,
  origin: Origin,
  fields: Partial<SaveEntry> = {},
): SaveEntry {
  return {
    facts,
    job: null,
    origin,
    shown: false,
    changes: {},
    state: { status: 'queued' },
    stored: true,
    tries: 0,
    due: 0,
    underWay: false,
    elsewhere: false,
    uncertain: true,
    askedAgain: false,
    ...fields,
  };
}

/** So many tries in a row before the pictures behind it have their turn. */
const TRIES_A_TURN = 3;

/** Which of these are to be sent next, first things first. */
export function nextInLine(entries: Iterable<SaveEntry>): SaveEntry[] {
  return [...entries].filter(isWaiting).toSorted(byTurn);
}

function isWaiting({ stored, underWay, elsewhere, state }: SaveEntry): boolean {
  if (!stored || underWay || elsewhere) return false;
  return state.status === 'queued' || (state.status === 'failed' && state.retryAt !== null);
}

/** In order of making, except that one that fails again and again cannot hold up the others. */
function byTurn(a: SaveEntry, b: SaveEntry): number {
  const turn = (entry: SaveEntry): number => Math.floor(entry.tries / TRIES_A_TURN);
  return turn(a) - turn(b) || a.facts.madeAt - b.facts.madeAt;
}
