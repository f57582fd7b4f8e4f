/**
 * What this browser remembers of each session's canvas, so that it opens at once. It is only a
 * memory: the server's answer replaces it, and it may be absent, full, old or damaged.
 */
import { type Placement } from '../canvas/placement.ts';
import { percent, px } from '../canvas/units.ts';

/** The part of Web Storage that is used. */
export type StorageLike = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** A saved card, as it is remembered. */
export interface RememberedCard {
  readonly imageId: string;
  readonly url: string;
  readonly directive: string;
  readonly productId: string;
  readonly productName: string;
  readonly productBrand: string;
  readonly createdAt: string;
  readonly pixelWidth: number;
  readonly pixelHeight: number;
  readonly placement: Placement;
}

export interface CanvasMemory {
  readonly name: string;
  /** The server made the name. */
  readonly autoNamed: boolean;
  readonly composition: string;
  readonly savedProducts: readonly string[];
  readonly featured: readonly string[];
  readonly cards: readonly RememberedCard[];
  /** When the server last confirmed something of it, in ms since 1970; 0 of a draft. */
  readonly confirmedAt: number;
}

export interface SessionRegistry {
  load(id: string): CanvasMemory | null;
  /** Remembers, unless what is remembered is newer or of a newer schema. */
  save(id: string, memory: CanvasMemory): void;
  forget(id: string): void;
  /** Forgets the canvas that was remembered longest ago; false when there is none. */
  forgetOldest(): boolean;
}

/** The name under which the canvas without a session is remembered. */
export const DRAFT = 'draft';

const SCHEMA = 3;
const PREFIX = 'dynamic-gallery:canvas:';
const MOST_SESSIONS = 24;
const TEXT_KEYS = [
  'imageId',
  'url',
  'directive',
  'productId',
  'productName',
  'productBrand',
  'createdAt',
] as const;

export function createSessionRegistry(
  storage: StorageLike | null,
  now: () => number = Date.now,
): SessionRegistry {
  const remove = (name: string): void => {
    attempt(() => storage?.removeItem(name));
  };
  const forgetOldest = (except?: string): boolean => {
    const [oldest] = storage === null ? [] : namesByAge(storage).filter((name) => name !== except);
    if (oldest === undefined) return false;
    remove(oldest);
    return true;
  };
  return {
    load(id) {
      const text = attempt(() => storage?.getItem(PREFIX + id) ?? null);
      if (text === null) return null;
      const memory = readMemory(text);
      if (memory === null && headOf(text).schema <= SCHEMA) remove(PREFIX + id);
      return memory;
    },
    save(id, memory) {
      if (storage === null) return;
      const name = PREFIX + id;
      const present = headOf(attempt(() => storage.getItem(name)));
      if (present.schema > SCHEMA || present.confirmedAt > memory.confirmedAt) return;
      const { confirmedAt, ...rest } = memory;
      const text = JSON.stringify({ schema: SCHEMA, at: now(), confirmedAt, ...rest });
      if (present.schema === 0) keepFew(storage, remove);
      while (!write(storage, name, text)) if (!forgetOldest(name)) return;
    },
    forget: (id) => remove(PREFIX + id),
    forgetOldest: () => forgetOldest(),
  };
}

/** The browser's storage, or null where it is closed to this page. */
export function browserStorage(): Storage | null {
  return attempt(() => window.localStorage);
}

function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}

function write(storage: StorageLike, name: string, text: string): boolean {
  try {
    storage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}

function keepFew(storage: StorageLike, remove: (name: string) => void): void {
  const others = namesByAge(storage);
  others.slice(0, Math.max(0, others.length - MOST_SESSIONS + 1)).forEach(remove);
}

function namesByAge(storage: StorageLike): string[] {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  return names
    .filter((name) => name !== null)
    .filter((name) => name.startsWith(PREFIX) && name !== PREFIX + DRAFT)
    .map((name) => ({ name, at: headOf(storage.getItem(name)).at }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ name }) => name);
}

const HEAD = /^\{"schema":(\d+)(?:,"at":(\d+))?(?:,"confirmedAt":(\d+))?[,}]/;

/** What a memory begins with; a thousand cards need not be read for it. */
function headOf(text: string | null): { schema: number; at: number; confirmedAt: number } {
  const [, schema, at, confirmedAt] = HEAD.exec(text ?? '') ?? [];
  return {
    schema: Number(schema ?? 0),
    at: Number(at ?? 0),
    confirmedAt: Number(confirmedAt ?? 0),
  };
}

function readMemory(text: string): CanvasMemory | null {
  const found = parseObject(text);
  if (found?.['schema'] !== SCHEMA) return null;
  const { name, autoNamed, composition, savedProducts, featured, cards, confirmedAt } = found;
  if (typeof name !== 'string' || typeof autoNamed !== 'boolean') return null;
  if (typeof composition !== 'string' || typeof confirmedAt !== 'number') return null;
  if (!isTexts(savedProducts) || !isTexts(featured) || !Array.isArray(cards)) return null;
  const known = cards.map(readCard);
  if (known.includes(null)) return null;
  return {
    name,
    autoNamed,
    composition,
    savedProducts,
    featured,
    confirmedAt,
    cards: known as RememberedCard[],
  };
}

function readCard(value: unknown): RememberedCard | null {
  if (typeof value !== 'object' || value === null) return null;
  const card = value as Record<string, unknown>;
  const placement = readPlacement(card['placement']);
  const complete =
    TEXT_KEYS.every((key) => typeof card[key] === 'string') &&
    isNumber(card['pixelWidth']) &&
    isNumber(card['pixelHeight']);
  if (placement === null || !complete) return null;
  return { ...(card as unknown as RememberedCard), placement };
}

function readPlacement(value: unknown): Placement | null {
  if (typeof value !== 'object' || value === null) return null;
  const { x, y, width, height, canvasWidth, z } = value as Record<string, unknown>;
  if (![x, y, width, height, canvasWidth, z].every(isNumber)) return null;
  return {
    x: percent(x as number),
    y: px(y as number),
    width: px(width as number),
    height: px(height as number),
    canvasWidth: px(canvasWidth as number),
    z: z as number,
  };
}

function parseObject(text: string | null): Record<string, unknown> | null {
  const value: unknown = attempt(() => JSON.parse(text ?? 'null') as unknown);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
