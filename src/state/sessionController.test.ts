import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toRect } from '../canvas/placement.ts';
import { px } from '../canvas/units.ts';
import { ApiError } from '../services/apiError.ts';
import { createSessionRegistry } from '../services/sessionRegistry.ts';
import { AWAY, type FakeApi, aSession, anImage, createFakeApi } from '../testing/fakeApi.ts';
import type { SessionController } from './sessionController.ts';
import { pageSave } from './sessionState.ts';
import { type Workspace, createWorkspace } from './workspace.ts';

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
const saves = (canvas: SessionController) =>
  canvas.store.get().cards.map((card) => card.save.status);
const card = (canvas: SessionController, index = 0) => {
  const found = canvas.store.get().cards[index];
  if (found === undefined) throw new Error(`no card ${index}`);
  return found;
};
async function generated(count: number): Promise<SessionController> {
  const canvas = workspace.draft();
  canvas.write('Evening wear');
  await canvas.generate(count);
  await settle();
  return canvas;
}

describe('a new canvas', () => {
  it('becomes a session with its first picture, once, and every picture is saved', async () => {
    const canvas = await generated(6);
    expect(api.calls.filter((call) => call === 'createSession')).toHaveLength(1);
    expect(canvas.store.get()).toMatchObject({ sessionId: 'gal-1', phase: 'open', run: null });
    expect(saves(canvas)).toEqual(Array(6).fill('saved'));
    expect(api.images.size).toBe(6);
    expect(pageSave(canvas.store.get()).kind).toBe('saved');
    expect(workspace.open('gal-1')).toBe(canvas);
    expect(workspace.draft()).not.toBe(canvas);
  });

  it('makes no session before there is a picture', async () => {
    const canvas = workspace.draft();
    canvas.write('Evening wear');
    canvas.toggleSaved('product-1');
    await vi.advanceTimersByTimeAsync(5000);
    expect(api.calls).toEqual([]);
  });

  it('sends what was written while the session was being created', async () => {
    const release = api.holdNext('createSession');
    const canvas = workspace.draft();
    canvas.write('Evening');
    const making = canvas.generate(1);
    await settle();
    canvas.write('Evening wear');
    release();
    await making;
    await vi.advanceTimersByTimeAsync(2000);
    expect(api.sessions.get('gal-1')?.user_composition).toBe('Evening wear');
  });

  it('never writes a directive twice', async () => {
    const canvas = await generated(3);
    await canvas.generate(3);
    await vi.advanceTimersByTimeAsync(2000);
    const directives = canvas.store.get().cards.map((one) => one.directive);
    expect(new Set(directives).size).toBe(6);
    expect(api.sessions.get('gal-1')?.directives_used).toEqual(directives);
  });
});

describe('generating', () => {
  it('stops at once when cancelled, and keeps what is made', async () => {
    const canvas = workspace.draft();
    canvas.write('x');
    await canvas.generate(1);
    const release = api.holdNext('makePicture');
    const making = canvas.generate(4);
    await vi.advanceTimersByTimeAsync(0);
    canvas.cancel();
    await making;
    release();
    await settle();
    expect(canvas.store.get().run).toBeNull();
    expect(canvas.store.get().cards.every((one) => one.stage === 'made')).toBe(true);
  });

  it('goes on after a picture that could not be made, which can be made again', async () => {
    api.failNext('makePicture', new ApiError(502, 'The generator is tired.'));
    const canvas = await generated(3);
    const stages = canvas.store.get().cards.map((one) => one.stage);
    expect(stages.toSorted()).toEqual(['made', 'made', 'unmade']);
    const broken = canvas.store.get().cards.find((one) => one.stage === 'unmade');
    expect(broken?.problem).toBe('The generator is tired.');
    await canvas.makeAgain(broken?.key ?? '');
    await settle();
    expect(saves(canvas)).toEqual(['saved', 'saved', 'saved']);
  });

  it('says why when no directives come', async () => {
    api.failNext('writeDirectives', AWAY);
    const canvas = await generated(3);
    expect(canvas.store.get()).toMatchObject({ cards: [], run: null, problem: AWAY.message });
  });
});

describe('saving', () => {
  it('shows a failed save and mends it when the server is back', async () => {
    api.failNext('saveImage', AWAY);
    const canvas = await generated(2);
    expect(saves(canvas).toSorted()).toEqual(['failed', 'saved']);
    expect(pageSave(canvas.store.get())).toMatchObject({ kind: 'failed', count: 1 });
    await vi.advanceTimersByTimeAsync(5000);
    expect(saves(canvas)).toEqual(['saved', 'saved']);
    expect(api.images.size).toBe(2);
  });

  it('creates the session later when the server was away', async () => {
    api.failNext('createSession', AWAY, AWAY);
    const canvas = await generated(2);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(saves(canvas)).toEqual(['saved', 'saved']);
    expect(api.sessions.size).toBe(1);
  });

  it('keeps a move that was made while the picture was being saved', async () => {
    const release = api.holdNext('saveImage');
    const canvas = await generated(1);
    canvas.nudge(card(canvas).key, 30, 40);
    release();
    await vi.advanceTimersByTimeAsync(2000);
    const { placement } = card(canvas);
    expect([...api.images.values()][0]).toMatchObject({ x: placement.x, y: placement.y });
  });

  it('takes a picture away on the server that was removed while it was being saved', async () => {
    const release = api.holdNext('saveImage');
    const canvas = await generated(1);
    canvas.remove(card(canvas).key);
    release();
    await settle();
    expect(api.images.size).toBe(0);
    expect(canvas.store.get().cards).toEqual([]);
    workspace.toasts.store.get().list.at(-1)?.undo?.();
    await settle();
    expect(canvas.store.get().cards).toHaveLength(1);
    expect(api.images.size).toBe(1);
  });

  it('forgets a failed picture that is removed, and takes it up again on undo', async () => {
    api.failNext('saveImage', new ApiError(507, 'The disk is full.'));
    const canvas = await generated(1);
    canvas.remove(card(canvas).key);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(workspace.saver.unsent()).toBe(0);
    workspace.toasts.store.get().list.at(-1)?.undo?.();
    await settle();
    expect(saves(canvas)).toEqual(['saved']);
  });
});

describe('moving and removing', () => {
  it('sends the last place only', async () => {
    const canvas = await generated(1);
    for (let step = 0; step < 5; step++) canvas.nudge(card(canvas).key, 8, 0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(api.calls.filter((call) => call === 'moveImage')).toHaveLength(1);
    expect([...api.images.values()][0]?.x).toBe(card(canvas).placement.x);
  });

  it('keeps a card on the canvas', async () => {
    const canvas = await generated(1);
    canvas.nudge(card(canvas).key, -9999, -9999);
    expect(toRect(card(canvas).placement, px(1080))).toMatchObject({ left: 0, top: 0 });
  });

  it('undoes a removal, at the same place in the order', async () => {
    const canvas = await generated(3);
    const keys = canvas.store.get().cards.map((one) => one.key);
    canvas.remove(keys[1] ?? '');
    expect(canvas.store.get().cards).toHaveLength(2);
    workspace.toasts.store.get().list.at(-1)?.undo?.();
    await settle();
    expect(canvas.store.get().cards.map((one) => one.key)).toEqual(keys);
    expect(api.images.size).toBe(3);
  });

  it('offers to undo again when a picture could not be brought back', async () => {
    const canvas = await generated(1);
    canvas.remove(card(canvas).key);
    api.failNext('restoreImage', AWAY);
    workspace.toasts.store.get().list.at(-1)?.undo?.();
    await settle();
    expect(canvas.store.get().cards).toEqual([]);
    workspace.toasts.store.get().list.at(-1)?.undo?.();
    await settle();
    expect(canvas.store.get().cards).toHaveLength(1);
  });

  it('puts the card back when the server did not remove it', async () => {
    const canvas = await generated(2);
    api.failNext('removeImage', AWAY);
    canvas.remove(card(canvas).key);
    await settle();
    expect(canvas.store.get().cards).toHaveLength(2);
  });
});

describe('opening a session', () => {
  beforeEach(() => {
    api.sessions.set('gal-9', aSession('gal-9', { user_composition: 'Kept' }));
    api.images.set('img-001', anImage('gal-9', 'img-001'));
  });

  it('shows what the server has', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.load();
    expect(canvas.store.get()).toMatchObject({ phase: 'open', composition: 'Kept' });
    expect(card(canvas).imageId).toBe('img-001');
  });

  it('does not let a slow old answer replace a newer one', async () => {
    const canvas = workspace.open('gal-9');
    const release = api.holdNext('getSession');
    const slow = canvas.load();
    api.sessions.set('gal-9', aSession('gal-9', { user_composition: 'Newer' }));
    await canvas.load();
    api.sessions.set('gal-9', aSession('gal-9', { user_composition: 'Stale' }));
    release();
    await slow;
    expect(canvas.store.get().composition).toBe('Newer');
  });

  it('does not let an answer replace what is typed or moved meanwhile', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.load();
    const release = api.holdNext('getSession');
    const loading = canvas.load();
    canvas.write('Typed');
    canvas.nudge(card(canvas).key, 50, 0);
    const { placement } = card(canvas);
    release();
    await loading;
    expect(canvas.store.get().composition).toBe('Typed');
    expect(card(canvas).placement).toEqual(placement);
  });

  it('does not let a slow answer replace what was typed and confirmed meanwhile', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.load();
    const old = aSession('gal-9', { user_composition: 'Kept' });
    api.getSession = () => Promise.resolve(old);
    const list = {
      session_id: 'gal-9',
      images: [anImage('gal-9', 'img-001')],
      damaged: [],
    };
    let release = (): void => undefined;
    api.listImages = () => new Promise((resolve) => (release = () => resolve(list)));
    const loading = canvas.load();
    canvas.write('Typed');
    canvas.nudge(card(canvas).key, 50, 0);
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
      length: 0,
      key: () => null,
      getItem: (name: string) => items.get(name) ?? null,
      setItem: (name: string, value: string) => void items.set(name, value),
      removeItem: (name: string) => void items.delete(name),
    };
    const page = () => {
      let keys = 0;
      return createWorkspace(api, createSessionRegistry(storage), () => `key-${++keys}`);
    };
    const first = page();
    const canvas = first.open('gal-9');
    await canvas.load();
    const { changeSession, moveImage } = api;
    api.changeSession = () => Promise.reject(AWAY);
    api.moveImage = () => Promise.reject(AWAY);
    canvas.write('Typed');
    canvas.nudge(card(canvas).key, 50, 0);
    await vi.advanceTimersByTimeAsync(2000);
    expect(first.unsent()).toBe(2);
    first.flush(true);
    vi.clearAllTimers();

    Object.assign(api, { changeSession, moveImage });
    const second = page();
    const again = second.open('gal-9');
    await again.load();
    expect(again.store.get().composition).toBe('Typed');
    await vi.advanceTimersByTimeAsync(2000);
    expect(api.sessions.get('gal-9')?.user_composition).toBe('Typed');
    expect(api.images.get('img-001')?.x).toBe(card(canvas).placement.x);
    expect(second.unsent()).toBe(0);
    await page().open('gal-9').load();
    expect(api.calls.filter((call) => call === 'changeSession')).toHaveLength(1);
  });

  it('goes on saying that an edit was refused', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.load();
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
    await canvas.load();
    api.images.clear();
    canvas.nudge(card(canvas).key, 50, 0);
    await vi.advanceTimersByTimeAsync(2000);
    expect(canvas.store.get()).toMatchObject({ cards: [], editsProblem: null });
  });

  it('shows the automatic name once a name was cleared', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.load();
    api.changeSession = () => Promise.resolve(aSession('gal-9', { name: 'Automatic' }));
    canvas.rename('');
    await vi.advanceTimersByTimeAsync(1000);
    expect(canvas.store.get().name).toBe('Automatic');
  });

  it('does not bring back a picture that was removed while the answer was on its way', async () => {
    const canvas = workspace.open('gal-9');
    await canvas.load();
    const release = api.holdNext('getSession');
    const loading = canvas.load();
    canvas.remove(card(canvas).key);
    await settle();
    release();
    await loading;
    expect(canvas.store.get().cards).toEqual([]);
  });

  it('says so when there is no such session', async () => {
    const canvas = workspace.open('gal-0');
    await canvas.load();
    expect(canvas.store.get()).toMatchObject({ phase: 'missing', problem: 'There is no gal-0.' });
  });

  it('opens by itself when the server comes back', async () => {
    api.failNext('getSession', AWAY);
    const canvas = workspace.open('gal-9');
    await canvas.load();
    expect(canvas.store.get().phase).toBe('unreachable');
    await vi.advanceTimersByTimeAsync(3000);
    expect(canvas.store.get().phase).toBe('open');
  });
});
