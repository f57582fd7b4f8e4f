/** Parts of the page that are loaded when they are needed, or before, while nothing else is. */
import type { ComponentType } from 'react';

export interface Later<Props> {
  load(): Promise<ComponentType<Props>>;
  /** Once it is there. */
  get(): ComponentType<Props> | null;
}

export function later<Props>(
  bring: () => Promise<{ default: ComponentType<Props> }>,
): Later<Props> {
  let loaded: ComponentType<Props> | null = null;
  return {
    async load() {
      // Not remembered when it fails: the server may be back the next time.
      loaded ??= (await bring()).default;
      return loaded;
    },
    get: () => loaded,
  };
}

const LATEST_MS = 4000;

/** Loads a part once the page has come to rest, so that it is there also without a network. */
export function loadWhenIdle(part: { load(): Promise<unknown> }): () => void {
  const load = (): void => void part.load().catch(() => undefined);
  if ('requestIdleCallback' in window) {
    const id = window.requestIdleCallback(load, { timeout: LATEST_MS });
    return () => window.cancelIdleCallback(id);
  }
  const id = setTimeout(load, LATEST_MS / 2);
  return () => clearTimeout(id);
}
