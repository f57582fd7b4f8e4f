/**
 * What this browser remembers of each session's canvas, so that it opens at once. It is only a
 * memory: the server's answer replaces it, and it may be absent, full, old or damaged.
 */
import { type Placement } from '../canvas/placement.ts';
import { percent, px } from '../canvas/units.ts';
import type { SessionPatch } from './galleryApi.ts';

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

/** Edits that the server had not confirmed when the canvas was remembered. */
export interface UnsentEdits {
  /** Session fields in the names of the API. */
  readonly fields: SessionPatch;
  /** The pictures whose remembered place is still to be sent. */
  readonly placed: readonly string[];
}

export interface CanvasMemory {
  readonly name: string;
  readonly composition: string;
  readonly savedProducts: readonly string[];
  readonly featured: readonly string[];
  readonly cards: readonly RememberedCard[];
  /** Absent when all was confirmed. */
  readonly unsent?: UnsentEdits;
}

export interface SessionRegistry {
  load(id: string): CanvasMemory | null;
  save(id: string, memory: CanvasMemory): void;
  forget(id: string): void;
}

/** The name under which the canvas without a session is remembered. */
export const DRAFT = 'draft';

const SCHEMA = 2;
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
  return {
    load(id) {
      const text = attempt(() => storage?.getItem(PREFIX + id) ?? null);
      if (text === null) return null;
      const memory = readMemory(text);
      if (memory === null) remove(PREFIX + id);
      return memory;
    },
    save(id, memory) {
      if (storage === null) return;
      const text = JSON.stringify({ schema: SCHEMA, at: now(), ...memory });
      const others = namesByAge(storage).filter((name) => name !== PREFIX + id);
      others.slice(0, Math.max(0, others.length - MOST_SESSIONS + 1)).forEach(remove);
      while (!write(storage, PREFIX + id, text)) {
        const oldest = others.shift();
        if (oldest === undefined) return;
        remove(oldest);
      }
    },
    forget: (id) => remove(PREFIX + id),
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

function namesByAge(storage: StorageLike): string[] {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  return names
    .filter((name) => name !== null)
    .filter((name) => name.startsWith(PREFIX) && name !== PREFIX + DRAFT)
    .map((name) => ({ name, at: Number(parseObject(storage.getItem(name))?.['at'] ?? 0) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ name }) => name);
}

function readMemory(text: string): CanvasMemory | null {
  const found = parseObject(text);
  if (found?.['schema'] !== SCHEMA) return null;
  const { name, composition, savedProducts, featured, cards } = found;
  if (typeof name !== 'string' || typeof composition !== 'string') return null;
  if (!isTexts(savedProducts) || !isTexts(featured) || !Array.isArray(cards)) return null;
  const known = cards.map(readCard);
  if (known.includes(null)) return null;
  const memory = { name, composition, savedProducts, featured, cards: known as RememberedCard[] };
  if (found['unsent'] === undefined) return memory;
  const unsent = readUnsent(found['unsent']);
  return unsent === null ? null : { ...memory, unsent };
}

const FIELD_CHECKS: Record<string, (value: unknown) => boolean> = {
  name: (value) => value === null || typeof value === 'string',
  user_composition: (value) => typeof value === 'string',
  saved_products: isTexts,
  directives_used: isTexts,
};

function readUnsent(value: unknown): UnsentEdits | null {
  if (typeof value !== 'object' || value === null) return null;
  const { fields, placed } = value as Record<string, unknown>;
  if (typeof fields !== 'object' || fields === null || !isTexts(placed)) return null;
  const valid = Object.entries(fields).every(([name, field]) => FIELD_CHECKS[name]?.(field));
  return valid ? { fields, placed } : null;
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
