import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ListQuery, SessionPage } from '../../services/galleryApi.ts';
import { AWAY, type FakeApi, aSession, createFakeApi } from '../../testing/fakeApi.ts';
import { type SessionList, createSessionList } from './sessionList.ts';
import { FIRST_VIEW } from './sessionPages.ts';
import { type Toasts, createToasts } from '../toasts.ts';

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
  for (const id of ['gal-1', 'gal-2', 'gal-3']) api.sessions.set(id, aSession(id));
  const inTrash = new Map(api.sessions);
  const restore = api.restoreSession.bind(api);
  api.restoreSession = (id) => {
    const session = inTrash.get(id);
    if (session !== undefined) api.sessions.set(id, session);
    return restore(id);
  };
});
afterEach(() => void vi.useRealTimers());

const ids = () => list.store.get().sessions.map((session) => session.id);
const lastToast = () => toasts.store.get().list.at(-1);
const settle = () => vi.advanceTimersByTimeAsync(10);

describe('the list of sessions', () => {
  it('shows them with their number', async () => {
    await list.load();
    expect(list.store.get()).toMatchObject({ phase: 'ready', total: 3 });
    expect(ids()).toEqual(['gal-1', 'gal-2', 'gal-3']);
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

  it('discards, forgets, and brings back to the same place', async () => {
    await list.load();
    await list.discard('gal-2');
    expect(ids()).toEqual(['gal-1', 'gal-3']);
    expect(list.store.get().total).toBe(2);
    expect(discarded).toEqual(['gal-2']);
    lastToast()?.undo?.();
    await settle();
    expect(ids()).toEqual(['gal-1', 'gal-2', 'gal-3']);
    expect(list.store.get().total).toBe(3);
  });

  it('discards several in one go, and brings all of them back', async () => {
    await list.load();
    await list.discard('gal-1', 'gal-2');
    expect(ids()).toEqual(['gal-3']);
    expect(lastToast()?.text).toBe('2 sessions discarded.');
    expect(list.undo()).toBe(true);
    await settle();
    expect(ids()).toEqual(['gal-1', 'gal-2', 'gal-3']);
  });

  it('undoes several discards, the latest first, and none twice', async () => {
    await list.load();
    await list.discard('gal-1');
    const undoFirst = lastToast()?.undo;
    await list.discard('gal-3');
    expect(list.undo()).toBe(true);
    await settle();
    expect(ids()).toEqual(['gal-2', 'gal-3']);
    undoFirst?.();
    await settle();
    expect(ids()).toEqual(['gal-1', 'gal-2', 'gal-3']);
    expect(list.undo()).toBe(false);
    undoFirst?.();
    expect(api.calls.filter((call) => call === 'restoreSession')).toHaveLength(2);
  });

  it('undoes in the order of the discards, however long the server takes', async () => {
    await list.load();
    const release = api.holdNext('discardSession');
    const slow = list.discard('gal-1');
    await list.discard('gal-2');
    list.undo();
    await settle();
    expect(ids()).toEqual(['gal-2', 'gal-3']);
    list.undo();
    release();
    await slow;
    await settle();
    expect(ids()).toEqual(['gal-1', 'gal-2', 'gal-3']);
    expect(api.calls.lastIndexOf('restoreSession')).toBeGreaterThan(
      api.calls.lastIndexOf('discardSession'),
    );
  });

  it('can be asked again to bring back what the server kept', async () => {
    await list.load();
    await list.discard('gal-1');
    api.failNext('restoreSession', AWAY);
    list.undo();
    await settle();
    expect(ids()).toEqual(['gal-2', 'gal-3']);
    expect(lastToast()?.text).toContain('could not be brought back');
    lastToast()?.undo?.();
    await settle();
    expect(ids()).toEqual(['gal-1', 'gal-2', 'gal-3']);
  });

  it('shows again what could not be discarded, and keeps the rest discarded', async () => {
    await list.load();
    api.failNext('discardSession', AWAY);
    await list.discard('gal-1', 'gal-2');
    expect(ids()).toEqual(['gal-1', 'gal-3']);
    expect(discarded).toEqual(['gal-2']);
    expect(toasts.store.get().list[0]?.undo).toBeNull();
    expect(lastToast()?.text).toBe('“Session gal-2” discarded.');
  });

  it.each(['discard', 'rename'] as const)('shows no list asked for before a %s', async (what) => {
    await list.load();
    const stale = { sessions: [...api.sessions.values()], total: 3 };
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
      what === 'discard'
        ? ['Session gal-2', 'Session gal-3']
        : ['New', 'Session gal-2', 'Session gal-3'],
    );
  });

  it('shows nothing again while its discard is on its way', async () => {
    await list.load();
    const release = api.holdNext('discardSession');
    const first = list.discard('gal-1');
    await list.discard('gal-2');
    expect(ids()).toEqual(['gal-3']);
    release();
    await first;
    expect(ids()).toEqual(['gal-3']);
  });
});

describe('the trash', () => {
  let asked: ListQuery[];
  beforeEach(() => {
    asked = [];
    const listSessions = api.listSessions.bind(api);
    api.listSessions = (query, signal) => {
      asked.push(query);
      return listSessions(query, signal);
    };
  });

  it('lists what was discarded, restores and erases', async () => {
    const { trash } = list;
    const erased: unknown[] = [];
    const discard = api.discardSession.bind(api);
    api.discardSession = (id, forGood) => {
      erased.push([id, forGood]);
      return discard(id, forGood);
    };
    await trash.load();
    expect(asked[0]).toMatchObject({ trashed: true });
    await trash.restore('gal-1');
    expect(lastToast()?.text).toBe('“Session gal-1” restored.');
    await trash.erase('gal-2');
    expect(erased).toEqual([['gal-2', true]]);
    expect(trash.store.get().sessions.map((session) => session.id)).toEqual(['gal-3']);
  });

  it('puts back what could not be erased', async () => {
    await list.trash.load();
    api.failNext('discardSession', AWAY);
    await list.trash.erase('gal-2');
    expect(list.trash.store.get().sessions).toHaveLength(3);
    expect(lastToast()?.text).toContain('could not be erased');
  });

  it('is emptied of all pages, and says how far it came', async () => {
    const pages: Record<string, SessionPage> = {
      '': { sessions: [aSession('gal-1')], next_cursor: 'c', total: 2, damaged: [] },
      c: { sessions: [aSession('gal-2')], next_cursor: null, total: 1, damaged: [] },
    };
    api.listSessions = ({ cursor }) => Promise.resolve(pages[cursor ?? ''] ?? fail());
    const steps: (number | null)[] = [];
    list.trash.emptying.subscribe(() => steps.push(list.trash.emptying.get().erased));
    await list.trash.empty();
    expect(steps).toEqual([0, 1, 2, null]);
    expect(api.calls.filter((call) => call === 'discardSession')).toHaveLength(2);
  });

  it('says when it could not be emptied, and shows what is left', async () => {
    api.failNext('discardSession', AWAY);
    await list.trash.empty();
    expect(lastToast()?.text).toContain('could not be emptied');
    expect(list.trash.store.get()).toMatchObject({ phase: 'ready', total: 1, shown: FIRST_VIEW });
    expect(list.trash.emptying.get().erased).toBeNull();
  });
});

function fail(): never {
  throw new Error('no such page');
}
