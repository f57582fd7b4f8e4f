/** What one press of "generate" asks for: directives, or one directive again and again. */
import type { GalleryApi } from '../../services/galleryApi.ts';

export interface Order {
  readonly composition: string;
  readonly count: number;
  /** Products to feature, in turn; may be empty. */
  readonly productIds: readonly string[];
  readonly usedDirectives: readonly string[];
  readonly sessionId: string | null;
  /** One directive for all pictures, instead of new ones. */
  readonly directive: string | null;
  /** The seed of the first picture of each product; null lets the generator draw one for each. */
  readonly seed: number | null;
}

/** One picture that is to be made. */
export interface Wanted {
  readonly key: string;
  readonly composition: string;
  readonly directive: string;
  readonly productId: string | null;
  readonly seed: number | null;
}

/** The pictures of an order; throws when no directives came or the signal fired. */
export async function planOrder(
  order: Order,
  api: Pick<GalleryApi, 'writeDirectives'>,
  newKey: () => string,
  signal: AbortSignal,
): Promise<readonly Wanted[]> {
  const directives = await directivesOf(order, api, signal);
  const turns = Math.max(1, order.productIds.length);
  return directives.slice(0, order.count).map((directive, index) => ({
    key: newKey(),
    composition: order.composition,
    directive,
    productId: order.productIds[index % turns] ?? null,
    seed: seedAfter(order.seed, Math.floor(index / turns)),
  }));
}

/** What would be the same picture once more has the next seed. */
function seedAfter(seed: number | null, turn: number): number | null {
  if (seed === null) return null;
  return seed + turn <= Number.MAX_SAFE_INTEGER ? seed + turn : seed - turn;
}

async function directivesOf(
  order: Order,
  api: Pick<GalleryApi, 'writeDirectives'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { composition, count, directive, sessionId } = order;
  if (directive !== null) return Array.from({ length: count }, () => directive);
  const request = { composition, count, used: order.usedDirectives, sessionId };
  return api.writeDirectives(request, signal);
}
