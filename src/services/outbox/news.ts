/** What the pages of one browser tell each other about pictures on their way. */
import type { GalleryImage, SessionPatch } from '../galleryApi.ts';
import type { FactsChange, SaveFacts } from './port.ts';
import type { SaveState } from '../saving/saveEntry.ts';

export type OutboxNews =
  /** A page has begun, and asks which pictures are in living hands. */
  | { readonly kind: 'hello' }
  | { readonly kind: 'mine'; readonly keys: readonly string[] }
  | { readonly kind: 'queued'; readonly facts: SaveFacts }
  | { readonly kind: 'changed'; readonly key: string; readonly what: FactsChange }
  | { readonly kind: 'saving'; readonly key: string }
  | {
      readonly kind: 'failed';
      readonly key: string;
      readonly state: Extract<SaveState, { status: 'failed' }>;
    }
  | { readonly kind: 'saved'; readonly facts: SaveFacts; readonly image: GalleryImage }
  | { readonly kind: 'dropped'; readonly key: string }
  | {
      readonly kind: 'created';
      readonly draft: string;
      readonly sessionId: string;
      readonly fields: SessionPatch;
    };

export interface News {
  /** Reaches all other pages, never this one. */
  tell(news: OutboxNews): void;
  subscribe(listener: (news: OutboxNews) => void): void;
}

/** The number changes with the messages, so that pages of different releases do not mislead each other. */
const CHANNEL = 'dynamic-gallery-outbox-1';

export function browserNews(): News {
  if (typeof BroadcastChannel === 'undefined') return createNoNews();
  const channel = new BroadcastChannel(CHANNEL);
  return {
    tell: (news) => channel.postMessage(news),
    subscribe(listener) {
      channel.addEventListener('message', (event: MessageEvent<OutboxNews>) =>
        listener(event.data),
      );
    },
  };
}

export function createNoNews(): News {
  return { tell: () => undefined, subscribe: () => undefined };
}
