/** Where lists were left, by the entry of the browser's history, so that "back" and a reload lead there. */
import type { Anchor } from './grid.ts';

export interface LeftAt extends Anchor {
  /** So many sessions were loaded. */
  readonly count: number;
}

const KEY = 'dynamic-gallery:lists';
const MOST = 30;
/** What the router calls the first entry of every visit. */
const FIRST = 'default';

let places: Map<string, LeftAt> | null = null;

export function recallPlace(key: string): LeftAt | null {
  return all().get(key) ?? null;
}

export function rememberPlace(key: string, place: LeftAt | null): void {
  const known = all();
  known.delete(key);
  if (place !== null) known.set(key, place);
  for (const oldest of [...known.keys()].slice(0, -MOST)) known.delete(oldest);
}

/** Keeps them beyond a reload of the page. */
export function keepPlaces(): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...all()]));
  } catch {
    // Storage may be full or forbidden; then a reload begins at the top.
  }
}

function all(): Map<string, LeftAt> {
  if (places === null) {
    places = new Map(read());
    const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    if (visit?.type === 'navigate') places.delete(FIRST);
  }
  return places;
}

function read(): [string, LeftAt][] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(found) ? found.filter(isPlace) : [];
  } catch {
    return [];
  }
}

function isPlace(found: unknown): found is [string, LeftAt] {
  if (!Array.isArray(found) || typeof found[0] !== 'string') return false;
  const place = found[1] as Partial<LeftAt> | null;
  return [place?.index, place?.part, place?.count].every(Number.isFinite);
}
