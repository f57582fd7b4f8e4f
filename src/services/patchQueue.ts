/**
 * Sends edits soon after they were made: edits of the same thing are joined while they wait, one
 * request is under way at a time for each thing, and a failed one is tried again.
 */
import { ApiError, retriedSentence, sentence } from './apiError.ts';
import { backoffMs } from './backoff.ts';

export interface PatchQueue<Patch extends object> {
  /** Waits to be sent; a refusal of the same fields is over with that. */
  add(key: string, patch: Patch): void;
  /** Sends all that waits, now; `leaving` when the page may be gone before the answer. */
  flush(leaving?: boolean): void;
  /** Sends again what was refused. */
  retryRefused(): void;
  /** Ends when all that waits now was sent and answered, well or not. */
  settled(): Promise<void>;
  /** Forgets what waits for this thing, and what was refused of it. */
  drop(key: string): void;
  /** What the server has not confirmed for this thing. */
  pending(key: string): Patch | null;
  /** The fields whose value here is newer than an answer that was asked for at this time. */
  newerThan(key: string, askedAt: number): string[];
  /** The refused values are shown no more, since an answer asked for at this time replaced them. */
  replacedBy(key: string, askedAt: number): void;
  size(): number;
  /** What is wrong, as long as something is. */
  problem(): string | null;
}

export interface PatchPorts<Patch extends object, Answer> {
  readonly send: (key: string, patch: Patch, leaving: boolean) => Promise<Answer>;
  /** Called once the patch counts as confirmed. */
  readonly onSaved?: (answer: Answer) => void;
  readonly onChange: () => void;
  /** An edit that can never be accepted; the error says why. */
  readonly onRefused: (key: string, error: unknown) => void;
  readonly delayMs: number;
}

interface Entry<Patch> {
  waiting: Patch | null;
  sending: Patch | null;
  attempts: number;
  problem: string | null;
  timer: ReturnType<typeof setTimeout> | undefined;
  underWay: Promise<void>;
}

/** What the server last said to one field, and when. */
interface Verdict {
  readonly at: number;
  readonly refused: { readonly value: unknown; readonly detail: string } | null;
}

export function createPatchQueue<Patch extends object, Answer = void>(
  ports: PatchPorts<Patch, Answer>,
): PatchQueue<Patch> {
  const entries = new Map<string, Entry<Patch>>();
  const verdicts = new Map<string, Map<string, Verdict>>();

  const judge = (key: string, patch: Patch, detail: string | null): void => {
    const fields = verdicts.get(key) ?? new Map<string, Verdict>();
    verdicts.set(key, fields);
    for (const [field, value] of Object.entries(patch))
      fields.set(field, {
        at: Date.now(),
        refused: detail === null ? null : { value, detail },
      });
  };

  const refusals = () =>
    [...verdicts].flatMap(([key, fields]) =>
      [...fields].flatMap(([field, { refused }]) =>
        refused === null ? [] : [{ key, field, ...refused }],
      ),
    );

  const schedule = (key: string, entry: Entry<Patch>, wait: number): void => {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void send(key, entry, false), wait);
  };

  const send = (key: string, entry: Entry<Patch>, leaving: boolean): Promise<void> => {
    clearTimeout(entry.timer);
    if (entry.sending === null) entry.underWay = sendNow(key, entry, leaving);
    return entry.underWay;
  };

  const sendNow = async (key: string, entry: Entry<Patch>, leaving: boolean): Promise<void> => {
    if (entry.waiting === null) return;
    const patch = (entry.sending = entry.waiting);
    entry.waiting = null;
    try {
      const answer = await ports.send(key, patch, leaving);
      entry.sending = null;
      entry.attempts = 0;
      entry.problem = null;
      judge(key, patch, null);
      ports.onSaved?.(answer);
    } catch (error) {
      entry.sending = null;
      failed(key, entry, patch, error);
    }
    settle(key, entry);
  };

  const failed = (key: string, entry: Entry<Patch>, patch: Patch, error: unknown): void => {
    const dropped = entries.get(key) !== entry;
    if (error instanceof ApiError && error.passing) {
      if (dropped) return;
      entry.attempts += 1;
      entry.problem = retriedSentence(error);
      entry.waiting = { ...patch, ...entry.waiting };
    } else {
      entry.problem = null;
      if (!dropped) judge(key, without(patch, entry.waiting), sentence(error));
      ports.onRefused(key, error);
    }
  };

  const settle = (key: string, entry: Entry<Patch>): void => {
    if (entry.waiting !== null)
      schedule(key, entry, entry.problem === null ? ports.delayMs : backoffMs(entry.attempts));
    else if (entries.get(key) === entry) entries.delete(key);
    ports.onChange();
  };

  const add = (key: string, patch: Patch): void => {
    for (const field of Object.keys(patch)) verdicts.get(key)?.delete(field);
    const entry = entries.get(key) ?? {
      waiting: null,
      sending: null,
      attempts: 0,
      problem: null,
      timer: undefined,
      underWay: Promise.resolve(),
    };
    entries.set(key, entry);
    entry.waiting = { ...entry.waiting, ...patch };
    if (entry.problem === null) schedule(key, entry, ports.delayMs);
    ports.onChange();
  };

  return {
    add,
    retryRefused() {
      for (const { key, field, value } of refusals()) add(key, { [field]: value } as Patch);
    },
    async settled() {
      // Twice, because what was added during a request is sent after it.
      for (let round = 0; round < 2; round++)
        await Promise.all([...entries].map(([key, entry]) => send(key, entry, false)));
    },
    flush(leaving = false) {
      for (const [key, entry] of entries) void send(key, entry, leaving);
    },
    drop(key) {
      const entry = entries.get(key);
      verdicts.delete(key);
      if (entry !== undefined) {
        clearTimeout(entry.timer);
        entry.waiting = null;
        entries.delete(key);
      }
      ports.onChange();
    },
    pending(key) {
      const entry = entries.get(key);
      if (entry === undefined) return null;
      return { ...entry.sending, ...entry.waiting } as Patch;
    },
    newerThan(key, askedAt) {
      const entry = entries.get(key);
      const judged = [...(verdicts.get(key) ?? [])].filter(([, { at }]) => at >= askedAt);
      return [
        ...Object.keys({ ...entry?.sending, ...entry?.waiting }),
        ...judged.map(([field]) => field),
      ];
    },
    replacedBy(key, askedAt) {
      const fields = verdicts.get(key);
      if (fields === undefined) return;
      for (const [field, { at }] of [...fields]) if (at < askedAt) fields.delete(field);
      ports.onChange();
    },
    size: () => entries.size,
    problem: () =>
      [...entries.values()].find((entry) => entry.problem !== null)?.problem ??
      refusals()[0]?.detail ??
      null,
  };
}

/** The fields of a patch that a later one does not set. */
function without<Patch extends object>(patch: Patch, later: Patch | null): Patch {
  const kept = Object.entries(patch).filter(([field]) => !(later !== null && field in later));
  return Object.fromEntries(kept) as Patch;
}
