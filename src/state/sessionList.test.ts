import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListQuery } from '../services/galleryApi.ts';
import { AWAY, type FakeApi, aSession, createFakeApi } from '../testing/fakeApi.ts';
import { type SessionList, createSessionList } from './sessionList.ts';
import { type Toasts, createToasts } from './toasts.ts';

let api: FakeApi;
let toasts: Toasts;
let list: SessionList;
let discarded: string[];

beforeEach(() => {
  vi.useFakeTimers();
  api = createFakeApi();
  toasts = createToasts();
  discarded = [];
  list = createSessionList(api, toasts, { onDiscarded: (id) => discarded.push(id) });
  for (const id of ['gal-1', 'gal-2']) api.sessions.set(id, aSession(id));
});
afterEach(() => void vi.useRealTimers());

const ids = () => list.store.get().sessions.map((session) => session.id);
const lastToast = () => toasts.store.get().list.at(-1);

describe('the list of sessions', () => {
  it('shows them with their number', async () => {
    await list.load();
    expect(list.store.get()).toMatchObject({ phase: 'ready', total: 2 });
    expect(ids()).toEqual(['gal-1', 'gal-2']);
  });

  it('says what is wrong, and loads again', async () => {
    api.failNext('listSessions', AWAY);
    await list.load();
    expect(list.store.get()).toMatchObject({ phase: 'failed', problem: AWAY.message });
    await list.load();
    expect(list.store.get().phase).toBe('ready');
  });

  it('searches once typing has paused, and never shows an older answer', async () => {
    const asked: string[] = [];
    const slow = api.listSessions.bind(api);
    api.listSessions = (query: ListQuery, signal?: AbortSignal) => {
      asked.push(query.q ?? '');
      return slow(query, signal);
    };
    const release = api.holdNext('listSessions');
    const first = list.load();
    list.search('m');
    list.search('morning');
    await vi.advanceTimersByTimeAsync(300);
    expect(asked).toEqual(['', 'morning']);
    api.sessions.clear();
    release();
    await first;
    expect(ids()).toEqual(['gal-1', 'gal-2']);
  });

  it('adds the next page, without repeating what moved between pages', async () => {
    const pages = [
      { sessions: [aSession('gal-1')], next_cursor: 'c', total: 2, damaged: [] },
      {
        sessions: [aSession('gal-1'), aSession('gal-2')],
        next_cursor: null,
        total: 2,
        damaged: [],
      },
    ];
    api.listSessions = ({ cursor }) => Promise.resolve(pages[cursor === 'c' ? 1 : 0] ?? fail());
    await list.load();
    await list.loadMore();
    expect(ids()).toEqual(['gal-1', 'gal-2']);
    expect(list.store.get()).toMatchObject({ nextCursor: null, loadingMore: false });
  });

  it('renames at once, and takes it back when the server refuses', async () => {
    await list.load();
    await list.rename('gal-1', ' Morning Demo ');
    expect(api.sessions.get('gal-1')?.name).toBe('Morning Demo');
    api.failNext('changeSession', AWAY);
    await list.rename('gal-1', 'Other');
    expect(list.store.get().sessions[0]?.name).toBe('Morning Demo');
    expect(lastToast()?.text).toContain('keeps its name');
  });

  it('discards, forgets, and brings back', async () => {
    await list.load();
    const kept = aSession('gal-1');
    await list.discard('gal-1');
    expect(ids()).toEqual(['gal-2']);
    expect(discarded).toEqual(['gal-1']);
    api.sessions.set('gal-1', kept);
    lastToast()?.undo?.();
    await vi.advanceTimersByTimeAsync(10);
    expect(ids()).toContain('gal-1');
  });

  it.each(['discard', 'rename'] as const)('shows no list asked for before a %s', async (what) => {
    await list.load();
    const stale = { sessions: [...api.sessions.values()], total: 2 };
    const listSessions = api.listSessions.bind(api);
    let answer = (): void => undefined;
    api.listSessions = () =>
      new Promise((resolve) => {
        answer = () => resolve({ ...stale, next_cursor: null, damaged: [] });
      });
    const slow = list.load();
    await vi.advanceTimersByTimeAsync(0);
    api.listSessions = listSessions;
    await (what === 'discard' ? list.discard('gal-1') : list.rename('gal-1', 'New'));
    answer();
    await slow;
    expect(list.store.get().sessions.map((session) => session.name)).toEqual(
      what === 'discard' ? ['Session gal-2'] : ['New', 'Session gal-2'],
    );
  });

  it('shows a session again that could not be discarded', async () => {
    await list.load();
    api.failNext('discardSession', AWAY);
    await list.discard('gal-1');
    expect(ids()).toEqual(['gal-1', 'gal-2']);
    expect(discarded).toEqual([]);
    expect(lastToast()?.undo).toBeNull();
  });
});

function fail(): never {
  throw new Error('no such page');
}
