/** A way to the server on which requests take their time, get lost, or lose their answers. */
import type { GalleryApi } from '../services/galleryApi.ts';
import { AWAY } from './fakeApi.ts';
import type { Seeded } from './seeded.ts';

export interface ShakyWay {
  /** How many of a hundred requests come to grief. */
  trouble: number;
}

export function createShakyApi(api: GalleryApi, way: ShakyWay, random: Seeded): GalleryApi {
  const pause = (): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, random.below(900)));
  return new Proxy(api, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== 'function') return method;
      return async (...given: unknown[]): Promise<unknown> => {
        const lost = random.below(100) < way.trouble;
        await pause();
        if (lost && random.below(2) === 0) throw AWAY;
        const answer: unknown = await (method as (...given: unknown[]) => unknown)(...given);
        await pause();
        if (lost) throw AWAY;
        return answer;
      };
    },
  });
}
