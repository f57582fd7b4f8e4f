import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../../services/apiError.ts';
import type { ListQuery, Session, SessionPage } from '../../services/galleryApi.ts';
import { AWAY, aSession } from '../../testing/fakeApi.ts';
import { type SessionPages, createSessionPages } from './sessionPages.ts';

let all: Session[];
let asked: ListQuery[];
let failing: Error | null;
let gate: Promise<void>;
let pages: SessionPages;

/** As the server cuts its list; a cursor is the number of those before. */
function answer({ q = '', cursor, limit = 50 }: ListQuery): SessionPage {
  const found = all.filter((session) => session.name.includes(q));
  const from = Number(cursor ?? 0);
  const more = from + limit < found.length;
  return {
    sessions: found.slice(from, from + limit),
    next_cursor: more ? String(from + limit) : null,
    total: found.length,
    damaged: [],
  };
}

beforeEach(() => {
  all = Array.from({ length: 450 }, (_, n) => aSession(`gal-${n}`));
  asked = [];
  failing = null;
  gate = Promise.resolve();
  const listSessions = async (query: ListQuery, signal?: AbortSignal): Promise<SessionPage> => {
    asked.push(query);
    const page = answer(query);
    await gate;
    signal?.throwIfAborted();
    if (failing !== null) throw failing;
    return page;
  };
  pages = createSessionPages({ api: { listSessions } });
});

const count = () => pages.store.get().sessions.length;

describe('pages of sessions', () => {
  it('says what is wrong, and loads again', async () => {
    failing = AWAY;
    await pages.load();
    expect(pages.store.get()).toMatchObject({ phase: 'failed', problem: AWAY.message });
    failing = null;
    await pages.load();
    expect(pages.store.get()).toMatchObject({ phase: 'ready', problem: null, total: 450 });
  });

  it('adds page after page until the end', async () => {
    await pages.load();
    while (pages.store.get().nextCursor !== null) await pages.loadMore();
    expect(count()).toBe(450);
    expect(new Set(pages.store.get().sessions.map(({ id }) => id)).size).toBe(450);
  });

  it('does not repeat what moved between pages', async () => {
    await pages.load();
    all.unshift(aSession('gal-new'));
    await pages.loadMore();
    const ids = pages.store.get().sessions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('keeps what is there when the next page fails, and goes on when it is tried again', async () => {
    await pages.load();
    const before = count();
    failing = new ApiError(503, 'The storage does not answer.');
    await pages.loadMore();
    expect(pages.store.get()).toMatchObject({
      phase: 'ready',
      moreProblem: 'The storage does not answer.',
      loadingMore: false,
    });
    expect(count()).toBe(before);
    failing = null;
    await pages.loadMore();
    expect(count()).toBeGreaterThan(before);
    expect(pages.store.get().moreProblem).toBeNull();
  });

  it('gets no shorter when it is brought up to date, and keeps the objects of what is unchanged', async () => {
    await pages.load();
    await pages.loadMore();
    await pages.loadMore();
    const before = pages.store.get().sessions;
    all = [aSession('gal-new'), ...all.with(5, aSession('gal-5', { name: 'Renamed' }))];
    await pages.load();
    const after = pages.store.get().sessions;
    expect(after.length).toBeGreaterThanOrEqual(before.length);
    expect(after[0]?.id).toBe('gal-new');
    expect(after[1]).toBe(before[0]);
    expect(after[6]?.name).toBe('Renamed');
  });

  it('stays as it is when bringing it up to date fails', async () => {
    await pages.load();
    failing = AWAY;
    await pages.load();
    expect(pages.store.get()).toMatchObject({ phase: 'ready', problem: null });
    expect(count()).toBeGreaterThan(0);
  });

  it('loads as many as were there when it was left', async () => {
    await pages.show({ q: '', sort: 'created' }, 430);
    expect(count()).toBeGreaterThanOrEqual(430);
    expect(asked.every(({ sort }) => sort === 'created')).toBe(true);
  });

  it('shows the old view until the new one is there, and never an older answer', async () => {
    await pages.load();
    let open = (): void => undefined;
    gate = new Promise((resolve) => (open = resolve));
    const slow = pages.show({ q: 'gal-1', sort: 'activity' });
    expect(pages.store.get()).toMatchObject({ phase: 'ready', turning: true, shown: { q: '' } });
    const latest = pages.show({ q: 'gal-44', sort: 'activity' });
    open();
    await Promise.all([slow, latest]);
    expect(pages.store.get()).toMatchObject({ turning: false, total: 11, shown: { q: 'gal-44' } });
  });

  it('puts back several at their places', async () => {
    all = all.slice(0, 6);
    await pages.load();
    const taken = pages.takeOut(['gal-0', 'gal-1', 'gal-3', 'gal-5']);
    expect(count()).toBe(2);
    pages.putBack(taken);
    expect(pages.store.get().sessions.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(pages.store.get().total).toBe(6);
  });
});
