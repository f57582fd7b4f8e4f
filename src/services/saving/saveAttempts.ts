/** Sending what waits in the line: when, how many at a time, and what follows from each answer. */
import { backoffMs } from '../page/backoff.ts';
import type { GalleryImage } from '../galleryApi.ts';
import type { Locks } from '../outbox/locks.ts';
import { type Found, type SaveFacts, type SaveJob, factsOf } from '../outbox/port.ts';
import { type SaveEntry, nextInLine } from './saveEntry.ts';
import { judge } from './saveFailure.ts';
import { createSaveGate } from './saveGate.ts';
import type { SaveLine } from './saveLine.ts';
import { createUploads } from './uploads.ts';

export interface AttemptPorts {
  upload(job: SaveJob, signal: AbortSignal): Promise<GalleryImage>;
  finish(facts: SaveFacts, image: GalleryImage): Promise<void>;
  readonly locks: Locks;
  readonly lanes: number;
  readonly random?: (() => number) | undefined;
}

export interface SaveAttempts {
  /** Sends what is due, as far as there are free lanes. */
  pump(): void;
  /** Tries a failed picture again, now. */
  again(entry: SaveEntry): void;
  /** Another page is sending it: wait until it is done or gone, then look again. */
  waitFor(entry: SaveEntry): Promise<void>;
  /** The server is there: what waited for that waits no longer. */
  answered(): void;
  /** Another page was told to wait. */
  waitUntil(time: number): void;
  wake(networkChanged: boolean): void;
}

/** Between two pages, so that the news of one comes before the try of the other. */
const HANDOVER_MS = 500;
const LONGEST_SLEEP_MS = 60_000;
/** An attempt so old was begun on the network that was there before. */
const STALE_MS = 5000;

export function createSaveAttempts(line: SaveLine, ports: AttemptPorts): SaveAttempts {
  const gate = createSaveGate(ports.lanes, ports.random);
  const uploads = createUploads((job, signal) => ports.upload(job, signal));
  /** The pictures that got no answer since the last answer. */
  const unanswered = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const pump = (): void => {
    clearTimeout(timer);
    const now = Date.now();
    const waiting = nextInLine(line.entries.values());
    const free = Math.max(0, gate.width(now) - busy());
    const going = waiting.filter((entry) => entry.due <= now).slice(0, free);
    for (const entry of going) void attempt(entry);
    const rest = waiting.filter((entry) => !going.includes(entry));
    const next = Math.min(...rest.map((entry) => entry.due));
    const wait = Math.max(next, gate.opensAt()) - now;
    // A wait that is over already ends with an attempt that is under way.
    if (wait > 0 && Number.isFinite(wait))
      timer = setTimeout(pump, Math.min(wait, LONGEST_SLEEP_MS));
  };

  /** While the server is away, all pages together knock once at a time. */
  const busy = (): number =>
    [...line.entries.values()].filter(
      (entry) => entry.underWay || (entry.elsewhere && gate.isShut()),
    ).length;

  const attempt = async (entry: SaveEntry): Promise<void> => {
    entry.underWay = true;
    const held = await ports.locks.attempt(lockName(entry), () => send(entry));
    entry.underWay = false;
    if (!held && line.isCurrent(entry)) void waitFor(entry);
    pump();
  };

  const waitFor = async (entry: SaveEntry): Promise<void> => {
    if (entry.elsewhere || entry.underWay) return;
    entry.elsewhere = true;
    line.enter(entry, { status: 'saving' });
    await ports.locks.whenFree(lockName(entry));
    entry.elsewhere = false;
    if (!line.isCurrent(entry)) return;
    entry.due = Math.max(entry.due, Date.now() + HANDOVER_MS);
    if (entry.state.status === 'saving') line.enter(entry, { status: 'queued' });
    pump();
  };

  const send = async (entry: SaveEntry): Promise<void> => {
    const found = await line.outbox.find(entry.facts.key).catch(() => null);
    if (!line.isCurrent(entry)) return;
    if (found?.kind === 'over') {
      line.over(entry, found.note.image, found.note.at);
      return;
    }
    const job = jobIn(found) ?? entry.job;
    if (job !== null) await bring(entry, job);
    else if (found !== null) line.over(entry, null);
    else {
      // The outbox did not answer.
      entry.tries += 1;
      entry.due = Date.now() + backoffMs(entry.tries, ports.random);
    }
  };

  const bring = async (entry: SaveEntry, job: SaveJob): Promise<void> => {
    entry.facts = { ...factsOf(job), ...entry.changes };
    line.enter(entry, { status: 'saving' });
    line.news.tell({ kind: 'saving', key: job.key });
    try {
      const image = await uploads.run(job);
      await ports.finish(entry.facts, image);
      await line.settle(job.key, image);
      if (line.isCurrent(entry)) line.over(entry, image);
      line.news.tell({ kind: 'saved', facts: entry.facts, image });
      answered();
    } catch (error) {
      if (line.isCurrent(entry)) fail(entry, error);
    }
  };

  const fail = (entry: SaveEntry, error: unknown): void => {
    const { cause, detail, atLeastMs, uncertain, ...verdict } = judge(error);
    const { key, unwanted } = entry.facts;
    // What was asked for meanwhile may have mended what this try was refused for.
    const passing = verdict.passing || entry.askedAgain;
    entry.askedAgain = false;
    entry.tries += 1;
    entry.uncertain ||= uncertain;
    if (!passing && unwanted === true) {
      void line.settle(key, null);
      line.over(entry, null);
      return;
    }
    const now = Date.now();
    const backOff = now + backoffMs(entry.tries, ports.random);
    const opensAt = verdict.passing ? gate.shut(now, atLeastMs) : now;
    const retryAt = passing ? Math.max(opensAt, backOff) : null;
    entry.due = retryAt ?? 0;
    if (cause === 'offline') unanswered.add(key);
    const state = { status: 'failed', cause, detail, retryAt } as const;
    line.enter(entry, state);
    line.news.tell({ kind: 'failed', key, state });
  };

  const answered = (): void => {
    gate.open();
    // One that fails while others are saved is at fault itself, and keeps its own pace.
    const serverWasAway = unanswered.size > 1;
    for (const entry of line.entries.values())
      if (serverWasAway && unanswered.has(entry.facts.key)) refresh(entry);
    unanswered.clear();
    pump();
  };

  return {
    pump,
    again(entry) {
      if (entry.underWay) entry.askedAgain = true;
      if (entry.state.status !== 'failed' || entry.underWay) return;
      refresh(entry);
      gate.knock(Date.now());
      line.enter(entry, { status: 'queued' });
    },
    waitFor,
    answered,
    waitUntil: (time) => gate.shutUntil(time),
    wake(networkChanged) {
      const now = Date.now();
      gate.knock(now);
      for (const entry of line.entries.values())
        if (entry.state.status === 'failed' && entry.state.retryAt !== null) refresh(entry);
      if (networkChanged) uploads.giveUpOlderThan(now - STALE_MS);
      pump();
    },
  };
}

function refresh(entry: SaveEntry): void {
  entry.tries = 0;
  entry.due = 0;
}

function jobIn(found: Found | null): SaveJob | null {
  return found?.kind === 'waiting' ? found.job : null;
}

function lockName(entry: SaveEntry): string {
  return `dynamic-gallery:picture:${entry.facts.key}`;
}
