/** Cards whose pictures the server does not have yet: hung again after a reload, and followed. */
import { type Placement } from '../../canvas/placement.ts';
import { percent, px } from '../../canvas/units.ts';
import type { ImageSaver, SaveJob, SaveState } from '../../services/imageSaver.ts';
import type { PlacementFields } from '../../services/outbox/port.ts';
import type { Card, SessionState } from './sessionState.ts';
import type { Store } from '../store.ts';

export function cardFromJob(job: SaveJob, save: SaveState): Card {
  const { fields, source } = job;
  return {
    key: job.key,
    imageId: null,
    stage: 'made',
    problem: null,
    placement: placementOfFields(job.moved ?? fields),
    directive: fields.directive,
    productId: fields.product_id,
    productName: fields.product_name,
    productBrand: fields.product_brand,
    url: 'blob' in source ? URL.createObjectURL(source.blob) : source.url,
    pixelWidth: job.pixelWidth,
    pixelHeight: job.pixelHeight,
    createdAt: new Date(job.madeAt).toISOString(),
    generator: fields.generator,
    size: 'blob' in source ? source.blob.size : null,
    save,
    composition: fields.user_composition,
    mediaType: 'blob' in source ? source.blob.type : null,
    sourceUrl: 'url' in source ? source.url : null,
  };
}

/** The pictures' addresses in this page are not needed any more. */
export function releaseLocal(cards: readonly Card[]): void {
  for (const { url } of cards) if (url?.startsWith('blob:') === true) URL.revokeObjectURL(url);
}

const MOVED_MS = 300;

/** Tells the saver where unsent pictures were moved to, so that a reload hangs them there. */
export function followUnsentPlaces(
  store: Store<SessionState>,
  saver: Pick<ImageSaver, 'place'>,
): void {
  const places = new Map<string, Placement>();
  const isUnsent = ({ imageId, stage }: Card): boolean => imageId === null && stage === 'made';
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    waiting = undefined;
    const unsent = store.get().cards.filter(isUnsent);
    for (const { key, placement } of unsent)
      if (places.get(key) !== placement) saver.place(key, fieldsOf(placement));
    places.clear();
    for (const { key, placement } of unsent) places.set(key, placement);
  };
  let seen = store.get().cards;
  store.subscribe(() => {
    const { cards } = store.get();
    if (cards === seen) return;
    seen = cards;
    for (const card of cards)
      if (isUnsent(card) && !places.has(card.key)) places.set(card.key, card.placement);
    if (places.size > 0) waiting ??= setTimeout(look, MOVED_MS);
  });
}

function placementOfFields(fields: PlacementFields): Placement {
  return {
    x: percent(fields.x),
    y: px(fields.y),
    width: px(fields.width),
    height: px(fields.height),
    canvasWidth: px(fields.canvas_width),
    z: fields.z,
  };
}

function fieldsOf(placement: Placement): PlacementFields {
  const { canvasWidth, ...rest } = placement;
  return { ...rest, canvas_width: canvasWidth };
}
