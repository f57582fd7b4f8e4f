/** A card from the place kept for it on the wall to the picture that hangs there. */
import { findPlace, hangFor, toPlacement, toRect } from '../../canvas/placement.ts';
import { isFree } from '../../canvas/room.ts';
import type { Picture } from '../../services/galleryApi.ts';
import type { SaveJob } from '../../services/imageSaver.ts';
import type { Wanted } from './generation.ts';
import { placementFields } from '../session/imageRecord.ts';
import { type Card, type SessionState, rectsOf } from '../session/sessionState.ts';

interface ProductName {
  readonly name: string;
  readonly brand: string;
}

/** An empty card at a free place of the wall. */
export function placeholderOf(
  state: SessionState,
  wanted: Wanted,
  product: ProductName | null,
): Card {
  const taken = rectsOf(state.cards, state.canvasWidth);
  const rect = findPlace(taken, state.canvasWidth, hangFor(state.canvasWidth, taken));
  return {
    key: wanted.key,
    imageId: null,
    stage: 'waiting',
    problem: null,
    placement: toPlacement(rect, state.canvasWidth),
    directive: wanted.directive,
    productId: wanted.productId ?? '',
    productName: product?.name ?? '',
    productBrand: product?.brand ?? '',
    url: null,
    pixelWidth: 0,
    pixelHeight: 0,
    createdAt: new Date().toISOString(),
    generator: null,
    size: null,
    composition: wanted.composition,
    seed: wanted.seed,
    save: { status: 'keeping' },
  };
}

/** The card with its picture: at its placeholder's place where the picture's shape fits there. */
export function filled(state: SessionState, card: Card, picture: Picture): Card {
  const width = state.canvasWidth;
  const frame = toRect(card.placement, width);
  const known = picture.pixelWidth > 0 && picture.pixelHeight > 0;
  const aspect = known ? picture.pixelHeight / picture.pixelWidth : frame.height / frame.width;
  const others = rectsOf(
    state.cards.filter((one) => one.key !== card.key),
    width,
  );
  const shaped = { ...frame, height: (frame.width * aspect) as typeof frame.height };
  const rect = isFree(shaped, others)
    ? shaped
    : findPlace(others, width, hangFor(width, others), aspect);
  return {
    ...card,
    stage: 'made',
    problem: null,
    placement: toPlacement(rect, width, card.placement.z),
    productId: picture.productId,
    productName: picture.productName,
    productBrand: picture.productBrand,
    pixelWidth: picture.pixelWidth,
    pixelHeight: picture.pixelHeight,
    createdAt: new Date().toISOString(),
    generator: picture.generator,
    ...sourceOf(picture),
  };
}

function sourceOf({ source }: Picture) {
  if ('url' in source)
    return { url: source.url, size: null, mediaType: null, sourceUrl: source.url };
  const { size, type } = source.blob;
  return { url: URL.createObjectURL(source.blob), size, mediaType: type, sourceUrl: null };
}

export function jobOf(card: Card, picture: Picture, canvas: string): SaveJob {
  return {
    key: card.key,
    canvas,
    source: picture.source,
    madeAt: Date.now(),
    pixelWidth: picture.pixelWidth,
    pixelHeight: picture.pixelHeight,
    fields: {
      directive: card.directive,
      product_id: card.productId,
      product_name: card.productName,
      product_brand: card.productBrand,
      ...placementFields(card.placement),
      user_composition: card.composition ?? '',
      generator: card.generator,
    },
  };
}
