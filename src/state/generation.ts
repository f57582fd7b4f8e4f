/** One press of "generate": directives first, then the pictures, a few at a time. */
import type { GalleryApi, Picture } from '../services/galleryApi.ts';
import { isAbort } from '../services/apiError.ts';

export interface Order {
  readonly composition: string;
  readonly count: number;
  /** Products to feature, in turn; may be empty. */
  readonly productIds: readonly string[];
  readonly usedDirectives: readonly string[];
  readonly sessionId: string | null;
}

/** One picture that is to be made. */
export interface Wanted {
  readonly key: string;
  readonly directive: string;
  readonly productId: string | null;
}

export interface RunPorts {
  readonly api: Pick<GalleryApi, 'writeDirectives' | 'makePicture'>;
  newKey(): string;
  /** All pictures of this run are known: show their placeholders. */
  onPlanned(wanted: readonly Wanted[]): void;
  onStarted(wanted: Wanted): void;
  onMade(wanted: Wanted, picture: Picture): void;
  onUnmade(wanted: Wanted, error: unknown): void;
}

const LANES = 2;

/** Makes the pictures of one order; throws when no directives came or the signal fired. */
export async function runOrder(order: Order, ports: RunPorts, signal: AbortSignal): Promise<void> {
  const directives = await ports.api.writeDirectives(
    {
      composition: order.composition,
      count: order.count,
      used: order.usedDirectives,
      sessionId: order.sessionId,
    },
    signal,
  );
  const wanted = directives.slice(0, order.count).map((directive, index) => ({
    key: ports.newKey(),
    directive,
    productId: order.productIds[index % Math.max(1, order.productIds.length)] ?? null,
  }));
  ports.onPlanned(wanted);
  await makePictures(wanted, order.composition, ports, signal);
}

/** Makes pictures whose directives are already there. */
export async function makePictures(
  wanted: readonly Wanted[],
  composition: string,
  ports: RunPorts,
  signal: AbortSignal,
): Promise<void> {
  const queue = [...wanted];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      signal.throwIfAborted();
      await makeOne(next, composition, ports, signal);
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const result of lanes) if (result.status === 'rejected') throw result.reason;
}

async function makeOne(
  wanted: Wanted,
  composition: string,
  ports: RunPorts,
  signal: AbortSignal,
): Promise<void> {
  ports.onStarted(wanted);
  const { directive, productId } = wanted;
  let picture: Picture;
  try {
    picture = await ports.api.makePicture({ composition, directive, productId }, signal);
  } catch (error) {
    if (isAbort(error)) throw error;
    ports.onUnmade(wanted, error);
    return;
  }
  signal.throwIfAborted();
  ports.onMade(wanted, picture);
}
