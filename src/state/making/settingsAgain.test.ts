import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSessionRegistry } from '../../services/sessionRegistry.ts';
import { type FakeApi, createFakeApi } from '../../testing/fakeApi.ts';
import type { SessionController } from '../session/sessionController.ts';
import type { Card } from '../session/sessionState.ts';
import { canBeUsedAgain } from './settingsAgain.ts';
import { type Workspace, createWorkspace } from '../workspace.ts';

let api: FakeApi;
let workspace: Workspace;
let canvas: SessionController;

beforeEach(async () => {
  vi.useFakeTimers();
  api = createFakeApi();
  let keys = 0;
  workspace = createWorkspace(api, createSessionRegistry(null), () => `key-${++keys}`);
  const product = { id: 'product-1', name: 'Lamp', brand: 'L', description: '', category: 'lamp' };
  vi.spyOn(api, 'listProducts').mockResolvedValue([{ ...product, colors: [] }]);
  await workspace.shelf.load();
  canvas = workspace.draft();
});
afterEach(() => void vi.useRealTimers());

const toasts = () => workspace.toasts.store.get().list;
const made = async (composition: string): Promise<Card> => {
  canvas.write(composition);
  await canvas.run.generate(1);
  await vi.advanceTimersByTimeAsync(50);
  const card = canvas.store.get().cards.at(-1);
  if (card === undefined) throw new Error('nothing was made');
  return { ...card, generator: { name: 'fake', seed: 7 } };
};

describe('settings that are used again', () => {
  it('C37: lie on the desk, and what lay there comes back by undo', async () => {
    const card = await made('Evening wear');
    canvas.write('My own words');
    canvas.again.take(card);
    expect(canvas.store.get()).toMatchObject({
      composition: 'Evening wear',
      featured: ['product-1'],
      pinned: { directive: 'Directive 1', seed: 7, sameSeed: false, withoutProduct: false },
    });
    toasts().at(-1)?.undo?.();
    expect(canvas.store.get()).toMatchObject({
      composition: 'My own words',
      featured: [],
      pinned: null,
    });
  });

  it('C37: never overwrite by undo what was written since', async () => {
    const card = await made('Evening wear');
    canvas.write('My own words');
    canvas.again.take(card);
    canvas.write('Newer words');
    toasts().at(-1)?.undo?.();
    expect(canvas.store.get().composition).toBe('Newer words');
  });

  it('C38: make every next picture with that directive, until it is unpinned', async () => {
    const asked = vi.spyOn(api, 'makePicture');
    const written = vi.spyOn(api, 'writeDirectives');
    const card = await made('Evening wear');
    canvas.again.take(card);
    await canvas.run.generate(2);
    expect(written).toHaveBeenCalledTimes(1);
    expect(asked.mock.calls.map(([request]) => [request.directive, request.seed])).toEqual([
      ['Directive 1', undefined],
      ['Directive 1', undefined],
      ['Directive 1', undefined],
    ]);
    expect(canvas.store.get().directivesUsed).toEqual(['Directive 1']);
    canvas.again.unpin();
    await canvas.run.generate(1);
    expect(asked.mock.lastCall?.[0].directive).toBe('Directive 2');
  });

  it('C38: ask for the same seed only when that is switched on', async () => {
    const asked = vi.spyOn(api, 'makePicture');
    const card = await made('Evening wear');
    canvas.again.take(card);
    canvas.again.setSameSeed(true);
    await canvas.run.generate(1);
    expect(asked.mock.lastCall?.[0]).toMatchObject({ seed: 7, productId: 'product-1' });
  });

  it('C38: never ask for the same picture twice: the seeds of a product follow one another', async () => {
    const asked = vi.spyOn(api, 'makePicture');
    canvas.again.take(await made('Evening wear'));
    canvas.again.setSameSeed(true);
    canvas.toggleFeatured('product-2');
    asked.mockClear();
    await canvas.run.generate(5);
    const wanted = asked.mock.calls.map(([{ productId, seed }]) => `${productId} ${seed}`);
    expect(wanted).toEqual([
      'product-1 7',
      'product-2 7',
      'product-1 8',
      'product-2 8',
      'product-1 9',
    ]);
  });

  it('show no product when that picture showed none, or one that is gone', async () => {
    const asked = vi.spyOn(api, 'makePicture');
    const card = await made('Evening wear');
    canvas.again.take({ ...card, productId: 'product-9', productName: 'Old lamp' });
    expect(toasts().at(-1)?.text).toContain('Old lamp is not on the shelf any more.');
    await canvas.run.generate(1);
    expect(asked.mock.lastCall?.[0].productId).toBeNull();
  });

  it('are those of pictures that were generated, not of files', async () => {
    const card = await made('Evening wear');
    expect(canBeUsedAgain(card)).toBe(true);
    const file = { name: 'file', file: 'holiday.jpg' };
    expect(canBeUsedAgain({ ...card, generator: file })).toBe(false);
    expect(canBeUsedAgain({ ...card, stage: 'making' })).toBe(false);
  });
});
