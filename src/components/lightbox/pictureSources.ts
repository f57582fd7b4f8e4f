/** Which addresses of a picture are loaded for the large view, from the lightest to the original. */
import { thumbnailUrl } from '../../services/galleryApi.ts';
import type { Card } from '../../state/session/sessionState.ts';

export interface PictureSources {
  /** Smaller versions, the lightest first; none of a picture that only its host or this page has. */
  readonly previews: readonly string[];
  readonly original: string;
}

const PREVIEWS = [640, 1280] as const;

export function sourcesOf(card: Card): PictureSources {
  const original = card.url ?? '';
  if (card.imageId === null || isOnlyHosted(card)) return { previews: [], original };
  const smaller = PREVIEWS.filter((width) => card.pixelWidth === 0 || width < card.pixelWidth);
  return { previews: smaller.map((width) => thumbnailUrl(original, width)), original };
}

/** What may be loaded of a picture that is not looked at yet; null where it would be the original. */
export function previewOf(card: Card): string | null {
  const { previews, original } = sourcesOf(card);
  return original.startsWith('blob:') ? original : (previews.at(-1) ?? null);
}

/** Whether its bytes are elsewhere. */
export function isOnlyHosted(card: Card): boolean {
  return typeof card.sourceUrl === 'string' && card.size === null;
}
