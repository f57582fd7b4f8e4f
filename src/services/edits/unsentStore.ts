/**
 * Edits that the server has not confirmed, as each page of this browser keeps them: under a key of the
 * page's own, so that no page overwrites another's, and with what they started from, so that the page
 * that takes them up can join them with what others did since.
 */
import type { KeptEdit, KeptEdits } from './editedRecord.ts';
import type { StorageLike } from '../sessionRegistry.ts';

/** What one page has not confirmed of one session. */
export interface UnsentEdits {
  readonly fields: KeptEdits | null;
  readonly images: Readonly<Record<string, KeptEdits>> | null;
}

export interface UnsentStore {
  /** Keeps it, or forgets it when there is nothing; false when the browser would not. */
  write(session: string, page: string, unsent: UnsentEdits): boolean;
  read(session: string, page: string): UnsentEdits | null;
  remove(session: string, page: string): void;
  /** The pages that left something, oldest first. */
  pages(session: string): string[];
  /** The sessions of which something is unsent. */
  sessions(): string[];
}

const SCHEMA = 1;
const PREFIX = 'dynamic-gallery:unsent:';
const LONGEST_KEPT_MS = 90 * 24 * 60 * 60 * 1000;

export function createUnsentStore(
  storage: StorageLike | null,
  /** Makes room for more by forgetting what can be had again; false when nothing is left. */
  makeRoom: () => boolean = () => false,
  now: () => number = Date.now,
): UnsentStore {
  const nameOf = (session: string, page: string): string => `${PREFIX}${session}:${page}`;

  const entries = (): { session: string; page: string; at: number }[] => {
    const found = namesIn(storage).flatMap((name) => {
      const [session, page] = name.slice(PREFIX.length).split(':');
      const at = parse(textAt(storage, name))?.['at'];
      if (session === undefined || page === undefined || typeof at !== 'number') return [];
      if (now() - at < LONGEST_KEPT_MS) return [{ session, page, at }];
      attempt(() => storage?.removeItem(name));
      return [];
    });
    return found.toSorted((a, b) => a.at - b.at);
  };

  return {
    write(session, page, unsent) {
      const name = nameOf(session, page);
      if (unsent.fields === null && unsent.images === null) {
        attempt(() => storage?.removeItem(name));
        return true;
      }
      if (storage === null) return false;
      const text = JSON.stringify({ schema: SCHEMA, at: now(), ...unsent });
      while (attempt(() => (storage.setItem(name, text), true)) === null)
        if (!makeRoom()) return false;
      return true;
    },
    read: (session, page) => readUnsent(parse(textAt(storage, nameOf(session, page)))),
    remove: (session, page) => void attempt(() => storage?.removeItem(nameOf(session, page))),
    pages: (session) =>
      entries()
        .filter((entry) => entry.session === session)
        .map(({ page }) => page),
    sessions: () => [...new Set(entries().map(({ session }) => session))],
  };
}

function namesIn(storage: StorageLike | null): string[] {
  const names = Array.from({ length: attempt(() => storage?.length) ?? 0 }, (_, index) =>
    attempt(() => storage?.key(index) ?? null),
  );
  return names.filter((name) => name !== null).filter((name) => name.startsWith(PREFIX));
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

const FIELD_CHECKS: Record<string, (value: unknown) => boolean> = {
  name: (value) => value === null || isText(value),
  user_composition: isText,
  saved_products: isTexts,
  directives_used: isTexts,
};
const IMAGE_CHECKS: Record<string, (value: unknown) => boolean> = {
  lie: isLie,
  z: isNumber,
  removed: (value) => typeof value === 'boolean',
};

function isLie(value: unknown): boolean {
  const lie = objectOf(value);
  if (lie === null) return false;
  const { x, y, width, height, canvas_width: canvasWidth } = lie;
  return [x, y, width, height].every(isNumber) && (canvasWidth === null || isNumber(canvasWidth));
}

function readUnsent(found: Record<string, unknown> | null): UnsentEdits | null {
  if (found?.['schema'] !== SCHEMA) return null;
  const fields = readEdits(found['fields'], FIELD_CHECKS);
  const images = Object.entries(objectOf(found['images']) ?? {}).flatMap(([id, edits]) => {
    const read = readEdits(edits, IMAGE_CHECKS);
    return read === null ? [] : [[id, read] as const];
  });
  if (fields === null && images.length === 0) return null;
  return { fields, images: images.length === 0 ? null : Object.fromEntries(images) };
}

/** A damaged edit costs itself only. */
function readEdits(
  value: unknown,
  checks: Record<string, (value: unknown) => boolean>,
): KeptEdits | null {
  const edits = Object.entries(objectOf(value) ?? {}).filter(([name, edit]) => {
    const check = checks[name];
    const { base, mine, doubts } = objectOf(edit) ?? {};
    if (check === undefined || !check(mine) || !Array.isArray(doubts)) return false;
    const known = doubts.every((doubt) => check(objectOf(doubt)?.['value']));
    return (base === undefined || check(base)) && known;
  });
  return edits.length === 0 ? null : (Object.fromEntries(edits) as Record<string, KeptEdit>);
}

function textAt(storage: StorageLike | null, name: string): string | null {
  return attempt(() => storage?.getItem(name) ?? null);
}

function parse(text: string | null): Record<string, unknown> | null {
  return text === null ? null : objectOf(attempt(() => JSON.parse(text) as unknown));
}

function objectOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}
