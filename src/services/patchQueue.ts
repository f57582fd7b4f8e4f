/**
 * Sends edits soon after they were made: edits of the same thing are joined while they wait, one
 * request is under way at a time for each thing, and a failed one is tried again.
 */
import { ApiError, sentence } from './apiError.ts';
import { backoffMs } from './backoff.ts';

export interface PatchQueue<Patch extends object> {
  add(key: string, patch: Patch): void;
  /** Sends all that waits, now; `leaving` when the page may be gone before the answer. */
  flush(leaving?: boolean): void;
  /** Forgets what waits for this thing. */
  drop(key: string): void;
  /** What the server has not confirmed for this thing. */
  pending(key: string): Patch | null;
  size(): number;
  /** What is wrong, as long as something is. */
  problem(): string | null;
}

export interface PatchPorts<Patch extends object> {
  readonly send: (key: string, patch: Patch, leaving: boolean) => Promise<void>;
  readonly onChange: () => void;
  /** An edit that can never be accepted. */
  readonly onRefused: (key: string, detail: string) => void;
  readonly delayMs: number;
}

interface Entry<Patch> {
  waiting: Patch | null;
  sending: Patch | null;
  attempts: number;
  problem: string | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function createPatchQueue<Patch extends object>(
  ports: PatchPorts<Patch>,
): PatchQueue<Patch> {
  const entries = new Map<string, Entry<Patch>>();

  const schedule = (key: string, entry: Entry<Patch>, wait: number): void => {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void send(key, entry, false), wait);
  };

  const send = async (key: string, entry: Entry<Patch>, leaving: boolean): Promise<void> => {
    clearTimeout(entry.timer);
    if (entry.waiting === null || entry.sending !== null) return;
    entry.sending = entry.waiting;
    entry.waiting = null;
    try {
      await ports.send(key, entry.sending, leaving);
      entry.attempts = 0;
      entry.problem = null;
    } catch (error) {
      failed(key, entry, error);
    }
    entry.sending = null;
    settle(key, entry);
  };

  const failed = (key: string, entry: Entry<Patch>, error: unknown): void => {
    if (error instanceof ApiError && error.passing) {
      entry.attempts += 1;
      entry.problem = sentence(error);
      entry.waiting = { ...entry.sending, ...entry.waiting } as Patch;
    } else {
      entry.problem = null;
      ports.onRefused(key, sentence(error));
    }
  };

  const settle = (key: string, entry: Entry<Patch>): void => {
    if (entry.waiting !== null)
      schedule(key, entry, entry.problem === null ? ports.delayMs : backoffMs(entry.attempts));
    else if (entries.get(key) === entry) entries.delete(key);
    ports.onChange();
  };

  return {
    add(key, patch) {
      const entry = entries.get(key) ?? {
        waiting: null,
        sending: null,
        attempts: 0,
        problem: null,
        timer: undefined,
      };
      entries.set(key, entry);
      entry.waiting = { ...entry.waiting, ...patch };
      if (entry.problem === null) schedule(key, entry, ports.delayMs);
      ports.onChange();
    },
    flush(leaving = false) {
      for (const [key, entry] of entries) void send(key, entry, leaving);
    },
    drop(key) {
      const entry = entries.get(key);
      if (entry === undefined) return;
      clearTimeout(entry.timer);
      entry.waiting = null;
      entries.delete(key);
      ports.onChange();
    },
    pending(key) {
      const entry = entries.get(key);
      if (entry === undefined) return null;
      return { ...entry.sending, ...entry.waiting } as Patch;
    },
    size: () => entries.size,
    problem: () => [...entries.values()].find((entry) => entry.problem !== null)?.problem ?? null,
  };
}
