/** The server's answer laid over what the page already shows, so that no newer work is lost. */
import type { ImageList, Session } from '../services/galleryApi.ts';
import { type Card, type SessionState, cardFromImage, stateFromSession } from './sessionState.ts';

export interface LocalWork {
  /** Session fields that wait, or were confirmed after the request was sent; in the API's names. */
  readonly editedFields: readonly string[];
  /** Whether a card's place here is newer than the answer. */
  isPlaced(imageId: string): boolean;
  isRemoved(imageId: string): boolean;
  isRestored(imageId: string): boolean;
  /** When the request was sent, in ms since 1970. */
  readonly askedAt: number;
}

const FIELD_OF: Partial<Record<keyof SessionState, string>> = {
  name: 'name',
  composition: 'user_composition',
  savedProducts: 'saved_products',
  directivesUsed: 'directives_used',
};

export function mergeAnswer(
  state: SessionState,
  session: Session,
  list: ImageList,
  local: LocalWork,
): Partial<SessionState> {
  const fields = Object.entries(stateFromSession(session)).filter(
    ([key]) => !local.editedFields.includes(FIELD_OF[key as keyof SessionState] ?? ''),
  );
  return {
    ...(Object.fromEntries(fields) as Partial<SessionState>),
    lastSavedAt: Math.max(state.lastSavedAt ?? 0, Date.parse(session.updated_at)),
    phase: 'open',
    remembered: false,
    problem: null,
    damaged: list.damaged,
    cards: mergeCards(state, list, local),
  };
}

function mergeCards(state: SessionState, list: ImageList, local: LocalWork): Card[] {
  const known = new Map(state.cards.map((card) => [card.imageId, card]));
  const fromServer = list.images
    .filter((image) => !local.isRemoved(image.id))
    .map((image) => {
      const before = known.get(image.id);
      const card = cardFromImage(image, state.canvasWidth, before);
      return before !== undefined && local.isPlaced(image.id)
        ? { ...card, placement: before.placement }
        : card;
    });
  const listed = new Set(fromServer.map((card) => card.imageId));
  const onlyHere = state.cards.filter(
    (card) => !listed.has(card.imageId) && isNewerThan(card, local),
  );
  return [...fromServer, ...onlyHere];
}

function isNewerThan(card: Card, local: LocalWork): boolean {
  if (card.save.status !== 'saved' || card.save.at >= local.askedAt) return true;
  return card.imageId !== null && local.isRestored(card.imageId);
}
