/** How the saver of one page follows what the other pages of the browser say. */
import type { OutboxNews } from '../outbox/news.ts';
import type { SaveAttempts } from './saveAttempts.ts';
import { type SaveEntry, type SaveState, newEntry } from './saveEntry.ts';
import type { SaveLine } from './saveLine.ts';

/** Time for the other pages to say which pictures are theirs. */
export const HELLO_MS = 300;
/** By then they have. */
export const ORIGINS_KNOWN_MS = 250;
/** How long a page may be silent about a picture of its own before another takes it up. */
const GRACE_MS = 5000;

export function followNews(line: SaveLine, attempts: SaveAttempts): void {
  const { entries, news } = line;

  const leaveTo = (key: string): void => {
    const entry = entries.get(key);
    if (entry === undefined || entry.underWay || entry.origin === 'here') return;
    entry.origin = 'other';
    entry.due = Math.max(entry.due, Date.now() + GRACE_MS);
  };

  const failed = (key: string, state: Extract<SaveState, { status: 'failed' }>): void => {
    const entry = entries.get(key);
    if (state.retryAt !== null) attempts.waitUntil(state.retryAt);
    if (entry === undefined || entry.underWay) return;
    entry.due = state.retryAt ?? 0;
    entry.uncertain = true;
    line.enter(entry, state);
  };

  const saved = ({ facts, image }: Extract<OutboxNews, { kind: 'saved' }>): void => {
    const entry = entries.get(facts.key);
    if (entry === undefined) {
      const state = { status: 'saved', at: Date.now() } as const;
      line.emit({ facts, job: null, origin: 'other', shown: false, state, image });
    } else if (!entry.underWay) line.over(entry, image);
    attempts.answered();
  };

  const hear = (message: OutboxNews): void => {
    const entry = 'key' in message ? entries.get(message.key) : undefined;
    switch (message.kind) {
      case 'hello':
        news.tell({ kind: 'mine', keys: mine(entries.values()) });
        break;
      case 'mine':
        message.keys.forEach(leaveTo);
        break;
      case 'queued': {
        const { facts } = message;
        const due = Date.now() + GRACE_MS;
        if (!entries.has(facts.key)) entries.set(facts.key, newEntry(facts, 'other', { due }));
        break;
      }
      case 'changed':
        if (entry !== undefined) line.changeHere(entry, message.what);
        break;
      case 'saving':
        if (entry !== undefined) void attempts.waitFor(entry);
        break;
      case 'failed':
        failed(message.key, message.state);
        break;
      case 'saved':
        saved(message);
        break;
      case 'dropped':
        if (entry !== undefined && !entry.underWay) line.over(entry, null);
        break;
      case 'created':
        break;
    }
    attempts.pump();
  };
  news.subscribe(hear);
}

function mine(entries: Iterable<SaveEntry>): string[] {
  return [...entries]
    .filter(({ origin, shown }) => origin === 'here' || (origin === 'left' && shown))
    .map(({ facts }) => facts.key);
}
