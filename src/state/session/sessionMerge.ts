/** The server's list of pictures laid over what the page already shows, so that no newer work is lost. */
import type { GalleryImage, ImageList } from '../../services/galleryApi.ts';
import { isSame } from '../../services/edits/merge/listMerge.ts';
import type { Hung } from './imageRecord.ts';
import { type Card, type SessionState, cardFromImage } from './sessionState.ts';

/** How a picture is to be shown, by all that is known of it here. */
export type Shown = (imageId: string) => Hung | undefined;

export function mergeList(state: SessionState, list: ImageList, shown: Shown): Card[] {
  const known = new Map(state.cards.map((card) => [card.imageId, card]));
  const onTheWay = state.cards.filter((card) => card.stage === 'made' && card.imageId === null);
  const fromServer = list.images
    .filter((image) => shown(image.id)?.removed !== true)
    .filter((image) => known.has(image.id) || !onTheWay.some((card) => isPictureOf(card, image)))
    .map((image) => {
      const before = known.get(image.id);
      const card = placed(cardFromImage(image, state.canvasWidth, before), shown);
      return before === undefined ? card : unlessSame(before, { ...before, ...card });
    });
  const listed = new Set(fromServer.map((card) => card.imageId));
  const onlyHere = state.cards.filter(
    (card) => !listed.has(card.imageId) && isStillShown(card, shown),
  );
  const cards = [...fromServer, ...onlyHere];
  const unchanged =
    cards.length === state.cards.length && cards.every((card, n) => card === state.cards[n]);
  return unchanged ? (state.cards as Card[]) : cards;
}

/** Cards with the places that are known of them. */
export function placedCards(
  { cards, canvasWidth }: Pick<SessionState, 'cards' | 'canvasWidth'>,
  imageIds: ReadonlySet<string>,
  shown: Shown,
): Card[] {
  return cards.flatMap((card) => {
    if (card.imageId === null || !imageIds.has(card.imageId)) return [card];
    const hung = shown(card.imageId);
    if (hung === undefined) return [card];
    return hung.removed ? [] : [unlessSame(card, placed(card, shown, canvasWidth))];
  });
}

function placed(card: Card, shown: Shown, canvasWidth = card.placement.canvasWidth): Card {
  const hung = shown(card.imageId ?? '');
  if (hung === undefined) return card;
  const unknown = hung.placement.canvasWidth === 0;
  return { ...card, placement: unknown ? { ...hung.placement, canvasWidth } : hung.placement };
}

/** The server has it already, and its answer is still on the way. */
function isPictureOf(card: Card, image: GalleryImage): boolean {
  return (
    card.directive === image.directive &&
    card.productId === image.product_id &&
    (image.pixel_width === null || card.pixelWidth === image.pixel_width) &&
    (image.pixel_height === null || card.pixelHeight === image.pixel_height) &&
    sameFields(card.generator, image.generator)
  );
}

function sameFields(a: object | null, b: object | null | undefined): boolean {
  const sorted = (value: object | null | undefined) => Object.entries(value ?? {}).toSorted();
  return isSame(sorted(a), sorted(b));
}

function isStillShown(card: Card, shown: Shown): boolean {
  if (card.imageId === null || card.save.status !== 'saved') return true;
  return shown(card.imageId)?.removed === false;
}

/** The card as it was, when nothing of it changed, so that it need not be drawn again. */
function unlessSame(before: Card, after: Card): Card {
  const changed = (Object.keys(after) as (keyof Card)[]).some(
    (key) => !isSame(before[key], after[key]),
  );
  return changed ? after : before;
}
