/** Which cards of a canvas are chosen, to be moved, resized or taken down together. */
import { type Rect, overlaps } from '../../canvas/placement.ts';
import { type Store, createStore } from '../store.ts';

export type Keys = ReadonlySet<string>;

export interface Selection {
  readonly store: Pick<Store<{ keys: Keys }>, 'get' | 'subscribe'>;
  has(key: string): boolean;
  set(keys: Iterable<string>): void;
  toggle(key: string): void;
  clear(): void;
  /** The chosen cards when this one is among them, else this one alone. */
  with(key: string): readonly string[];
  /** Forgets cards that are not there any more. */
  keepOnly(isThere: (key: string) => boolean): void;
}

const NONE: Keys = new Set();

export function createSelection(): Selection {
  const store = createStore<{ keys: Keys }>({ keys: NONE });
  const keys = (): Keys => store.get().keys;
  const set = (next: Keys): void => {
    if (!sameKeys(keys(), next)) store.set({ keys: next.size === 0 ? NONE : next });
  };
  return {
    store,
    has: (key) => keys().has(key),
    set: (next) => set(new Set(next)),
    toggle: (key) => set(toggled(keys(), key)),
    clear: () => set(NONE),
    with: (key) => (keys().has(key) ? [...keys()] : [key]),
    keepOnly: (isThere) => set(new Set([...keys()].filter(isThere))),
  };
}

export function toggled(keys: Keys, key: string): Keys {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** What a marquee chooses: all it touches, on top of what was `held` when it began. */
export function chosenBy(
  marquee: Rect,
  cards: readonly { readonly key: string; readonly rect: Rect }[],
  held: Keys,
): Keys {
  const touched = cards.filter(({ rect }) => overlaps(marquee, rect)).map(({ key }) => key);
  return new Set([...held, ...touched]);
}

export function sameKeys(a: Keys, b: Keys): boolean {
  return a.size === b.size && [...a].every((key) => b.has(key));
}
