/**
 * The key of the canvas that this tab has at `/`: kept for the tab, so that after a reload it is the
 * same canvas, and never shared with the copy that "duplicate tab" makes.
 */
import type { Locks } from '../../services/outbox/locks.ts';
import { isDraftKey, newDraftKey } from './sessionCreation.ts';

export interface DraftKeys {
  current(): string;
  /** The canvas became a session: the next one has another key. */
  renew(): void;
  /** Ends when it is known that no other tab has this key. */
  readonly certain: Promise<void>;
}

const NAME = 'dynamic-gallery:draft';
/** The page before a reload may still be leaving. */
const LEAVING_MS = 500;

export function createDraftKeys(
  storage: Pick<Storage, 'getItem' | 'setItem'> | null,
  locks: Locks,
  newKey: () => string,
): DraftKeys {
  let key = read(storage) ?? newDraftKey(newKey);
  const renew = (): void => {
    key = newDraftKey(newKey);
    write(storage, key);
    void locks.hold(`${NAME}:${key}`, LEAVING_MS);
  };
  write(storage, key);
  const mine = key;
  const certain = locks.hold(`${NAME}:${mine}`, LEAVING_MS).then((held) => {
    if (!held && key === mine) renew();
  });
  return { current: () => key, renew, certain };
}

function read(storage: Pick<Storage, 'getItem'> | null): string | null {
  try {
    const key = storage?.getItem(NAME) ?? null;
    return key !== null && isDraftKey(key) ? key : null;
  } catch {
    return null;
  }
}

function write(storage: Pick<Storage, 'setItem'> | null, key: string): void {
  try {
    storage?.setItem(NAME, key);
  } catch {
    // Then a reload begins a new canvas, and what was unsent is sent in the background.
  }
}
