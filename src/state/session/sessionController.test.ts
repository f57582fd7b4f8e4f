import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toRect } from '../../canvas/placement.ts';
import { px } from '../../canvas/units.ts';
import { ApiError } from '../../services/apiError.ts';
import { createSessionRegistry } from '../../services/sessionRegistry.ts';
import { AWAY, type FakeApi, createFakeApi } from '../../testing/fakeApi.ts';
import type { SessionController } from './sessionController.ts';
import { pageSave } from './pageSave.ts';
import { type Workspace, createWorkspace } from '../workspace.ts';

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
  await canvas.run.generate(count);
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
    const making = canvas.run.generate(1);
    await settle();
    canvas.write('Evening wear');
    release();
    await making;
    await vi.advanceTimersByTimeAsync(2000);
    expect(api.sessions.get('gal-1')?.user_composition).toBe('Evening wear');
  });

  it('never writes a directive twice', async () => {
    const canvas = await generated(3);
    await canvas.run.generate(3);
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
    await canvas.run.generate(1);
    const release = api.holdNext('makePicture');
    const making = canvas.run.generate(4);
    await vi.advanceTimersByTimeAsync(0);
    canvas.run.cancel();
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
    await canvas.run.makeAgain(broken?.key ?? '');
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
    expect(pageSave(canvas.store.get())).toMatchObject({ kind: 'offline', count: 1 });
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
    canvas.cards.nudge(card(canvas).key, 30, 40);
    release();
    await vi.advanceTimersByTimeAsync(2000);
    const { placement } = card(canvas);
    expect([...api.images.values()][0]).toMatchObject({ x: placement.x, y: placement.y });
  });

  it('takes a picture away on the server that was removed while it was being saved', async () => {
    const release = api.holdNext('saveImage');
    const canvas = await generated(1);
    canvas.cards.remove(card(canvas).key);
    release();
    await vi.advanceTimersByTimeAsync(500);
    expect(api.images.size).toBe(0);
    expect(canvas.store.get().cards).toEqual([]);
    workspace.toasts.store.get().list.at(-1)?.undo?.();
    await vi.advanceTimersByTimeAsync(500);
    expect(canvas.store.get().cards).toHaveLength(1);
    expect(api.images.size).toBe(1);
  });

  it('forgets a failed picture that is removed, and takes it up again on undo', async () => {
    api.failNext('saveImage', new ApiError(507, 'The disk is full.'));
    const canvas = await generated(1);
    canvas.cards.remove(card(canvas).key);
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
    for (let step = 0; step < 5; step++) canvas.cards.nudge(card(canvas).key, 8, 0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(api.calls.filter((call) => call === 'moveImage')).toHaveLength(1);
    expect([...api.images.values()][0]?.x).toBe(card(canvas).placement.x);
  });

  it('keeps a card on the canvas', async () => {
    const canvas = await generated(1);
    canvas.cards.nudge(card(canvas).key, -9999, -9999);
    expect(toRect(card(canvas).placement, px(1080))).toMatchObject({ left: 0, top: 0 });
  });

  it('undoes a removal, at the same place in the order', async () => {
    const canvas = await generated(3);
    const keys = canvas.store.get().cards.map((one) => one.key);
    canvas.cards.remove(keys[1] ?? '');
    expect(canvas.store.get().cards).toHaveLength(2);
    workspace.toasts.store.get().list.at(-1)?.undo?.();
    await settle();
    expect(canvas.store.get().cards.map((one) => one.key)).toEqual(keys);
    expect(api.images.size).toBe(3);
  });

  it('brings a picture back as soon as the server answers again', async () => {
    const canvas = await generated(1);
    canvas.cards.remove(card(canvas).key);
    await vi.advanceTimersByTimeAsync(500);
    expect(api.images.size).toBe(0);
    api.failNext('restoreImage', AWAY);
    workspace.toasts.store.get().list.at(-1)?.undo?.();
    await vi.advanceTimersByTimeAsync(500);
    expect(canvas.store.get().cards).toHaveLength(1);
    expect(workspace.unsent()).toBe(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(api.images.size).toBe(1);
    expect(workspace.unsent()).toBe(0);
  });

  it('takes a picture down on the server as soon as it answers again', async () => {
    const canvas = await generated(2);
    api.failNext('removeImage', AWAY);
    canvas.cards.remove(card(canvas).key);
    await vi.advanceTimersByTimeAsync(500);
    expect(workspace.unsent()).toBe(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(canvas.store.get().cards).toHaveLength(1);
    expect(api.images.size).toBe(1);
    expect(workspace.unsent()).toBe(0);
  });
});
