/** Where a picture came from, as far as its record tells. */
import type { Card } from '../session/sessionState.ts';

/** The name of the file a picture was taken from; null when it was not taken from a file. */
export function fileOf({ generator }: Pick<Card, 'generator'>): string | null {
  if (generator?.['name'] !== 'file') return null;
  const file = generator['file'];
  return typeof file === 'string' ? file : '';
}

/** The seed of a picture, where it is one that can be asked for again. */
export function seedOf({ generator }: Pick<Card, 'generator'>): number | null {
  const seed = generator?.['seed'];
  return typeof seed === 'number' && Number.isSafeInteger(seed) && seed >= 0 ? seed : null;
}
