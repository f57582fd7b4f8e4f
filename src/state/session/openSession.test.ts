import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../services/apiError.ts';
import { createSessionRegistry } from '../../services/sessionRegistry.ts';
import { AWAY, type FakeApi, aSession, anImage, createFakeApi } from '../../testing/fakeApi.ts';
import type { SessionController } from './sessionController.ts';
import { pageSave } from './pageSave.ts';
import { PAGE_ONLY, type Workspace, createWorkspace } from '../workspace.ts';

let api: FakeApi;
let workspace: Workspace;

beforeEach(() => {
  vi.useFakeTimers();
  api = createFakeApi();
  let keys = 0;
  workspace = createWorkspace(api, createSessionRegistry(null), () => `key-${++keys}`);
});
afterEach(() => void vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(50);
const card = (canvas: SessionController) => {
  const found = canvas.store.get().cards[0];
  if (found === undefined) throw new Error('no card');
  return found;
};

describe('opening a session', () => {
  beforeEach(() => {
    api.sessions.set('gal-9', aSession('gal-9', { user_composition: 'Kept' }));
    api.images.set('img-001', anImage('gal-9', 'img-001'));
  });

  it('shows what the server has', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.loading.load();
    expect(canvas.store.get()).toMatchObject({ phase: 'open', composition: 'Kept' });
    expect(card(canvas).imageId).toBe('img-001');
  });

  it('does not let a slow old answer replace a newer one', async () => {
    const canvas = workspace.open('gal-9');
    const release = api.holdNext('getSession');
    const slow = canvas.loading.load();
    api.sessions.set('gal-9', aSession('gal-9', { user_composition: 'Newer' }));
    await canvas.loading.load();
    api.sessions.set('gal-9', aSession('gal-9', { user_composition: 'Stale' }));
    release();
    await slow;
    expect(canvas.store.get().composition).toBe('Newer');
  });

  it('does not let an answer replace what is typed or moved meanwhile', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.loading.load();
    const release = api.holdNext('getSession');
    const loading = canvas.loading.load();
    canvas.write('Typed');
    canvas.cards.nudge(card(canvas).key, 50, 0);
    const { placement } = card(canvas);
    release();
    await loading;
    expect(canvas.store.get().composition).toBe('Typed');
    expect(card(canvas).placement).toEqual(placement);
  });

  it('does not let a slow answer replace what was typed and confirmed meanwhile', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.loading.load();
    const old = aSession('gal-9', { user_composition: 'Kept' });
    api.getSession = () => Promise.resolve({ value: old, version: '"old"' });
    const list = {
      session_id: 'gal-9',
      images: [anImage('gal-9', 'img-001')],
      damaged: [],
    };
    let release = (): void => undefined;
    api.listImages = () => new Promise((resolve) => (release = () => resolve(list)));
    const loading = canvas.loading.load();
    canvas.write('Typed');
    canvas.cards.nudge(card(canvas).key, 50, 0);
    const { placement } = card(canvas);
    await vi.advanceTimersByTimeAsync(2000);
    expect(canvas.store.get().editsPending).toBe(false);
    release();
    await loading;
    expect(canvas.store.get().composition).toBe('Typed');
    expect(card(canvas).placement).toEqual(placement);
  });

  it('sends what an earlier page could not send, instead of dropping it', async () => {
    const items = new Map<string, string>();
    const storage = {
      get length() {
        return items.size;
      },
      key: (index: number) => [...items.keys()][index] ?? null,
      getItem: (name: string) => items.get(name) ?? null,
      setItem: (name: string, value: string) => void items.set(name, value),
      removeItem: (name: string) => void items.delete(name),
    };
    let pages = 0;
    const page = () => {
      let keys = 0;
      const name = `page-${++pages}`;
      return createWorkspace(api, createSessionRegistry(storage), () => `${name}-${++keys}`, {
        ...PAGE_ONLY,
        storage,
      });
    };
    const first = page();
    const canvas = first.open('gal-9');
    await canvas.loading.load();
    const answering = { ...api };
    api.changeSession = () => Promise.reject(AWAY);
    api.moveImage = () => Promise.reject(AWAY);
    canvas.write('Typed');
    canvas.cards.nudge(card(canvas).key, 50, 0);
    await vi.advanceTimersByTimeAsync(2000);
    expect(first.unsent()).toBe(2);
    first.flush(true);
    vi.clearAllTimers();

    Object.assign(api, answering);
    const second = page();
    const again = second.open('gal-9');
    await again.loading.load();
    expect(again.store.get().composition).toBe('Typed');
    await vi.advanceTimersByTimeAsync(2000);
    expect(api.sessions.get('gal-9')?.user_composition).toBe('Typed');
    expect(api.images.get('img-001')?.x).toBe(card(canvas).placement.x);
    expect(second.unsent()).toBe(0);
    await page().open('gal-9').loading.load();
    expect(api.calls.filter((call) => call === 'changeSession')).toHaveLength(1);
  });

  it('goes on saying that an edit was refused', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.loading.load();
    api.failNext('changeSession', new ApiError(422, 'Too long.'));
    canvas.write('Long');
    await vi.advanceTimersByTimeAsync(2000);
    expect(pageSave(canvas.store.get())).toMatchObject({ kind: 'failed', detail: 'Too long.' });
    canvas.retrySaves();
    await settle();
    expect(pageSave(canvas.store.get()).kind).toBe('saved');
    expect(api.sessions.get('gal-9')?.user_composition).toBe('Long');
  });

  it('takes down a card whose picture is not there any more when it is moved', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.loading.load();
    api.images.clear();
    canvas.cards.nudge(card(canvas).key, 50, 0);
    await vi.advanceTimersByTimeAsync(2000);
    expect(canvas.store.get()).toMatchObject({ cards: [], editsProblem: null });
  });

  it('is in the list under the name it was given a moment ago', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.loading.load();
    canvas.rename('New');
    await workspace.sessions.load();
    expect(workspace.sessions.store.get().sessions[0]?.name).toBe('New');
  });

  it('stops making and saving pictures when it is discarded', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.loading.load();
    await workspace.sessions.load();
    const release = api.holdNext('saveImage');
    const making = canvas.run.generate(6);
    await vi.advanceTimersByTimeAsync(0);
    api.saveImage = () => Promise.reject(new ApiError(404, 'There is no gal-9.'));
    canvas.write('Typed');
    await workspace.sessions.discard('gal-9');
    release();
    await making;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(canvas.store.get().run).toBeNull();
    expect(workspace.unsent()).toBe(0);
    expect(workspace.open('gal-9')).not.toBe(canvas);
  });

  it('shows the automatic name once a name was cleared', async () => {
    api.sessions.set('gal-9', aSession('gal-9', { name: 'Given', auto_named: false }));
    const canvas = workspace.open('gal-9');
    await canvas.loading.load();
    const value = aSession('gal-9', { name: 'Automatic' });
    api.changeSession = () => Promise.resolve({ value, version: '"2"' });
    canvas.rename('');
    await vi.advanceTimersByTimeAsync(1000);
    expect(canvas.store.get().name).toBe('Automatic');
  });

  it('does not bring back a picture that was removed while the answer was on its way', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.loading.load();
    const release = api.holdNext('getSession');
    const loading = canvas.loading.load();
    canvas.cards.remove(card(canvas).key);
    await settle();
    release();
    await loading;
    expect(canvas.store.get().cards).toEqual([]);
  });

  it('says so when there is no such session', async () => {
    const canvas = workspace.open('gal-0');
    await canvas.loading.load();
    expect(canvas.store.get()).toMatchObject({ phase: 'missing', problem: 'There is no gal-0.' });
  });

  it('opens by itself when the server comes back', async () => {
    api.failNext('getSession', AWAY);
    const canvas = workspace.open('gal-9');
    await canvas.loading.load();
    expect(canvas.store.get().phase).toBe('unreachable');
    await vi.advanceTimersByTimeAsync(3000);
    expect(canvas.store.get().phase).toBe('open');
  });
});
