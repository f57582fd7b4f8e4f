import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../services/apiError.ts';
import { createSessionRegistry } from '../../services/sessionRegistry.ts';
import { AWAY, type FakeApi, createFakeApi } from '../../testing/fakeApi.ts';
import type { SessionController } from '../session/sessionController.ts';
import { createWorkspace } from '../workspace.ts';

let api: FakeApi;
let canvas: SessionController;

beforeEach(() => {
  vi.useFakeTimers();
  api = createFakeApi();
  let keys = 0;
  canvas = createWorkspace(api, createSessionRegistry(null), () => `key-${++keys}`).draft();
  canvas.write('Evening wear');
});
afterEach(() => void vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(50);
const stages = () => canvas.store.get().cards.map((card) => card.stage);
const key = (index: number): string => canvas.store.get().cards[index]?.key ?? '';

async function unmade(count: number): Promise<void> {
  api.failNext('makePicture', ...Array<Error>(count).fill(new ApiError(502, 'Tired.')));
  await canvas.run.generate(count);
  await settle();
}

describe('giving up one picture', () => {
  it('C30: aborts its request only, and the others go on', async () => {
    const release = api.holdNext('makePicture');
    const making = canvas.run.generate(4);
    await settle();
    expect(stages()).toEqual(['making', 'made', 'made', 'made']);
    canvas.run.cancelOne(key(0));
    await making;
    release();
    await settle();
    expect(stages()).toEqual(['made', 'made', 'made']);
    expect(canvas.store.get().run).toBeNull();
    expect(api.images.size).toBe(3);
  });

  it('C30: never asks for one that still waited', async () => {
    const asked = vi.spyOn(api, 'makePicture').mockReturnValue(new Promise(() => undefined));
    const making = canvas.run.generate(4);
    await settle();
    expect(stages()).toEqual(['making', 'making', 'waiting', 'waiting']);
    canvas.run.cancelOne(key(2));
    canvas.run.cancel();
    await making;
    expect(canvas.store.get()).toMatchObject({ cards: [], run: null });
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('C31: hangs a failed frame back when its being made again is given up', async () => {
    await unmade(2);
    const release = api.holdNext('makePicture');
    const again = canvas.run.makeAgain(key(1));
    await settle();
    expect(stages()).toEqual(['unmade', 'making']);
    canvas.run.cancelOne(key(1));
    await again;
    release();
    expect(stages()).toEqual(['unmade', 'unmade']);
    expect(canvas.store.get().cards[1]?.problem).toBe('Tired.');
    expect(canvas.store.get().run).toBeNull();
  });
});

describe('making again', () => {
  it('C31: works for several at once, also while a run is on', async () => {
    await unmade(3);
    const release = api.holdNext('makePicture');
    const run = canvas.run.generate(1);
    await settle();
    const again = [canvas.run.makeAgain(key(0)), canvas.run.makeAgain(key(1))];
    await settle();
    expect(stages()).toEqual(['made', 'made', 'unmade', 'making']);
    expect(canvas.store.get().run).toEqual({ phase: 'pictures', total: 3, done: 2, failed: 0 });
    release();
    await Promise.all([run, ...again]);
    expect(stages()).toEqual(['made', 'made', 'unmade', 'made']);
    expect(canvas.store.get().run).toBeNull();
  });

  it('asks once for a picture that is asked for twice', async () => {
    await unmade(1);
    const before = api.calls.filter((call) => call === 'makePicture').length;
    await Promise.all([canvas.run.makeAgain(key(0)), canvas.run.makeAgain(key(0))]);
    expect(api.calls.filter((call) => call === 'makePicture')).toHaveLength(before + 1);
  });
});

describe('a run', () => {
  it('C32: keeps what is made and drops the rest when it is given up', async () => {
    const release = api.holdNext('makePicture');
    const making = canvas.run.generate(3);
    await settle();
    canvas.run.cancel();
    await making;
    release();
    await settle();
    expect(stages()).toEqual(['made', 'made']);
    expect(api.images.size).toBe(2);
  });

  it('C32: says why when it fails, and can be asked for again', async () => {
    api.failNext('writeDirectives', AWAY);
    await canvas.run.generate(2);
    expect(canvas.store.get()).toMatchObject({ cards: [], run: null, problem: AWAY.message });
    await canvas.run.generate(2);
    expect(stages()).toEqual(['made', 'made']);
    expect(canvas.store.get().problem).toBeNull();
  });

  it('C33: keeps with each picture the composition it was ordered with', async () => {
    const release = api.holdNext('makePicture');
    const making = canvas.run.generate(1);
    await settle();
    canvas.write('Something else');
    release();
    await making;
    await settle();
    expect([...api.images.values()].map((image) => image.user_composition)).toEqual([
      'Evening wear',
    ]);
  });
});
