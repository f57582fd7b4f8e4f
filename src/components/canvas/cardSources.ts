/** Which versions of a picture a card may load; the browser takes the one that fits its screen. */
import { thumbnailUrl } from '../../services/galleryApi.ts';
import type { Card } from '../../state/session/sessionState.ts';
import { isOnlyHosted } from '../lightbox/pictureSources.ts';

const WIDTHS = [160, 320, 640, 1280] as const;

export interface CardSources {
  readonly src: string;
  readonly srcSet?: string;
  readonly sizes?: string;
}

/** `width` is that of the card on the screen, in CSS pixels. */
export function cardSources(card: Card, width: number): CardSources {
  const url = card.url ?? '';
  // A fresh picture is still in this page's memory.
  if (card.imageId === null || isOnlyHosted(card)) return { src: url };
  const smaller = WIDTHS.map((size) => `${thumbnailUrl(url, size)} ${size}w`);
  const original = card.pixelWidth > 1280 ? [`${url} ${card.pixelWidth}w`] : [];
  return {
    src: thumbnailUrl(url, 320),
    srcSet: [...smaller, ...original].join(', '),
    sizes: `${width}px`,
  };
}
