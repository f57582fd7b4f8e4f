import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../services/apiError.ts';
import { AWAY, type FakeApi, aSession, anImage, createFakeApi } from '../../testing/fakeApi.ts';
import { type TestPage, createTestBrowser } from '../../testing/pages.ts';
import { pageSave } from './pageSave.ts';
import type { SessionController } from './sessionController.ts';

const ID = 'gal-9';
let api: FakeApi;
const following: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  api = createFakeApi();
  const composition = 'An evening in town.';
  api.sessions.set(ID, aSession(ID, { user_composition: composition, auto_named: false }));
  for (const number of [1, 2, 3])
    api.images.set(`img-${number}`, anImage(ID, `img-${number}`, { x: number * 10 }));
});
afterEach(() => {
  following.splice(0).forEach((end) => end());
  vi.useRealTimers();
});

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const toasts = (page: TestPage) => page.workspace.toasts.store.get().list;
const server = () => api.sessions.get(ID);

async function opened(page: TestPage): Promise<SessionController> {
  const canvas = page.workspace.open(ID);
  await canvas.loading.load();
  following.push(canvas.sync.follow());
  return canvas;
}

async function twoPeople() {
  const pages = [createTestBrowser().page(api), createTestBrowser().page(api)] as const;
  return { pages, a: await opened(pages[0]), b: await opened(pages[1]) };
}

function keyOf(canvas: SessionController, imageId: string): string {
  const card = canvas.store.get().cards.find((one) => one.imageId === imageId);
  if (card === undefined) throw new Error(`no card ${imageId}`);
  return card.key;
}

const placeOf = (canvas: SessionController, imageId: string) =>
  canvas.store.get().cards.find((one) => one.imageId === imageId)?.placement.x;

describe('two people on one session', () => {
  it('C20: keep what both wrote in different places at the same time', async () => {
    const { a, b } = await twoPeople();
    a.write('A soft evening in town.');
    b.write('An evening in town. Rain.');
    await wait(15_000);
    expect(server()?.user_composition).toBe('A soft evening in town. Rain.');
    expect(a.store.get().composition).toBe('A soft evening in town. Rain.');
    expect(b.store.get().composition).toBe('A soft evening in town. Rain.');
    expect([a, b].map((one) => one.store.get().editNotes)).toEqual([[], []]);
  });

  it('C22: are shown both words where both wrote at the same place, and choose', async () => {
    const { a, b } = await twoPeople();
    a.write('An evening in Rome.');
    await wait(1000);
    b.write('An evening in Paris.');
    await wait(10_000);
    expect(server()?.user_composition).toBe('An evening in Rome.');
    expect(b.store.get().composition).toBe('An evening in Paris.');
    expect(b.store.get().editNotes).toEqual([
      { kind: 'conflict', field: 'user_composition', theirs: 'An evening in Rome.' },
    ]);
    expect(pageSave(b.store.get()).kind).toBe('choice');
    b.sync.keepMine('user_composition');
    await wait(10_000);
    expect(a.store.get().composition).toBe('An evening in Paris.');
    expect(b.store.get().editNotes).toEqual([]);
  });

  it('C22: take theirs keeps what was written elsewhere in the text', async () => {
    const { a, b } = await twoPeople();
    a.write('An evening in Rome.');
    await wait(1000);
    b.write('A soft evening in Paris.');
    await wait(10_000);
    b.sync.takeTheirs('user_composition');
    await wait(10_000);
    expect(server()?.user_composition).toBe('A soft evening in Rome.');
    expect(a.store.get().composition).toBe('A soft evening in Rome.');
  });

  it('C22: a name that was changed while one was typing another is at odds', async () => {
    const { a, b } = await twoPeople();
    const seen = b.store.get().name;
    a.rename('Morning');
    await wait(6000);
    b.rename('Evening', seen);
    await wait(3000);
    expect(server()?.name).toBe('Morning');
    expect(b.store.get().editNotes).toEqual([
      { kind: 'conflict', field: 'name', theirs: 'Morning' },
    ]);
    b.sync.takeTheirs('name');
    await wait(3000);
    expect(b.store.get()).toMatchObject({ name: 'Morning', editNotes: [], editsPending: false });
  });

  it('C21: save and take back products without undoing each other', async () => {
    api.sessions.set(ID, aSession(ID, { saved_products: ['p-1', 'p-2'] }));
    const { a, b } = await twoPeople();
    a.toggleSaved('p-1');
    a.toggleSaved('p-3');
    b.toggleSaved('p-4');
    await wait(15_000);
    expect(server()?.saved_products.toSorted()).toEqual(['p-2', 'p-3', 'p-4']);
    expect(a.store.get().savedProducts).toEqual(server()?.saved_products);
    expect(b.store.get().savedProducts).toEqual(server()?.saved_products);
  });

  it('C23: see pictures that the other one saves, moves and takes down', async () => {
    const { a, b } = await twoPeople();
    a.write('x');
    await a.run.generate(1);
    a.cards.nudge(keyOf(a, 'img-1'), 100, 0);
    a.cards.remove(keyOf(a, 'img-2'));
    await wait(10_000);
    const ids = (canvas: SessionController) => canvas.store.get().cards.map((one) => one.imageId);
    expect(ids(b).toSorted()).toEqual(ids(a).toSorted());
    expect(ids(b)).not.toContain('img-2');
    expect(placeOf(b, 'img-1')).toBe(placeOf(a, 'img-1'));
  });

  it('C24: of two places given at once theirs is shown, and mine is offered', async () => {
    const { pages, a, b } = await twoPeople();
    a.cards.nudge(keyOf(a, 'img-1'), 100, 0);
    await wait(1000);
    b.cards.nudge(keyOf(b, 'img-1'), 0, 100);
    const mine = b.store.get().cards.find((one) => one.imageId === 'img-1')?.placement;
    await wait(10_000);
    expect(placeOf(b, 'img-1')).toBe(placeOf(a, 'img-1'));
    const [toast] = toasts(pages[1]);
    expect(toast?.text).toBe('A picture was moved elsewhere at the same time.');
    const [useMine] = toast?.actions ?? [];
    if (useMine !== undefined && 'act' in useMine) useMine.act();
    await wait(10_000);
    expect(api.images.get('img-1')).toMatchObject({ x: mine?.x, y: mine?.y });
    expect(placeOf(a, 'img-1')).toBe(mine?.x);
  });

  it('C24: one stacks a picture that the other one moves, and both stand', async () => {
    const { pages, a, b } = await twoPeople();
    a.cards.nudge(keyOf(a, 'img-1'), 100, 0);
    await wait(1000);
    b.cards.stack([keyOf(b, 'img-1')], 'front');
    await wait(10_000);
    expect(api.images.get('img-1')?.x).toBe(placeOf(a, 'img-1'));
    expect(api.images.get('img-1')?.z).toBeGreaterThan(0);
    expect(toasts(pages[1])).toEqual([]);
  });

  it('C24: a picture that was moved here and taken down there can be hung again', async () => {
    const { pages, a, b } = await twoPeople();
    a.cards.remove(keyOf(a, 'img-1'));
    await wait(500);
    b.cards.nudge(keyOf(b, 'img-1'), 100, 0);
    await wait(10_000);
    expect(placeOf(b, 'img-1')).toBeUndefined();
    const [hang] = toasts(pages[1])[0]?.actions ?? [];
    if (hang !== undefined && 'act' in hang) hang.act();
    await wait(10_000);
    expect(placeOf(b, 'img-1')).toBeGreaterThan(10);
    expect(placeOf(a, 'img-1')).toBe(placeOf(b, 'img-1'));
  });

  it('C25: nobody moves a card that is in a hand here', async () => {
    const { a, b } = await twoPeople();
    const release = b.cards.hold([keyOf(b, 'img-1')]);
    const before = placeOf(b, 'img-1');
    a.cards.nudge(keyOf(a, 'img-1'), 100, 0);
    await wait(10_000);
    expect(placeOf(b, 'img-1')).toBe(before);
    release();
    await wait(5000);
    expect(placeOf(b, 'img-1')).toBe(placeOf(a, 'img-1'));
  });

  it('C28: hear at once that the session was discarded, and lose nothing when it is brought back', async () => {
    const { pages, a, b } = await twoPeople();
    await pages[0].workspace.sessions.load();
    await pages[0].workspace.sessions.discard(ID);
    b.write('An evening in town. Rain.');
    await wait(5000);
    expect(b.store.get()).toMatchObject({ discarded: true, phase: 'open' });
    expect(a.store.get().sessionId).toBe(ID);
    await b.bringBack();
    await wait(5000);
    expect(b.store.get()).toMatchObject({ discarded: false, editsPending: false });
    expect(server()?.user_composition).toBe('An evening in town. Rain.');
  });
});

describe('two tabs on one session', () => {
  it('C23: tell each other at once', async () => {
    const browser = createTestBrowser();
    const a = await opened(browser.page(api));
    const b = await opened(browser.page(api));
    a.write('An evening in town. Rain.');
    await wait(900);
    expect(b.store.get().composition).toBe('An evening in town. Rain.');
  });

  it('C26: what a tab could not send is sent by the other one once it is gone, and joined', async () => {
    const browser = createTestBrowser();
    const tab = browser.page(api);
    const a = await opened(tab);
    const b = await opened(browser.page(api));
    const answering = { ...api };
    api.changeSession = () => Promise.reject(AWAY);
    api.removeImage = () => Promise.reject(AWAY);
    a.write('A soft evening in town.');
    a.cards.remove(keyOf(a, 'img-3'));
    await wait(400);
    Object.assign(api, answering);
    tab.kill();
    b.write('An evening in town. Rain.');
    await wait(30_000);
    expect(server()?.user_composition).toBe('A soft evening in town. Rain.');
    expect(api.images.has('img-3')).toBe(false);
    expect(placeOf(b, 'img-3')).toBeUndefined();
    expect([...browser.items.keys()].filter((name) => name.includes('unsent'))).toEqual([]);
  });

  it('C26: leaves the edits of a living tab to it', async () => {
    const browser = createTestBrowser();
    const a = await opened(browser.page(api));
    api.failNext('changeSession', AWAY);
    a.write('A soft evening in town.');
    await wait(800);
    const b = await opened(browser.page(api));
    expect(b.store.get().composition).toBe('An evening in town.');
  });
});

describe('a server that refuses or is away', () => {
  it('C22: a conflict is there again after a reload', async () => {
    const browser = createTestBrowser();
    const tab = browser.page(api);
    const a = await opened(tab);
    a.write('An evening in Paris.');
    api.sessions.set(ID, aSession(ID, { user_composition: 'An evening in Rome.' }));
    await wait(5000);
    expect(a.store.get().editNotes).toHaveLength(1);
    tab.kill();
    const again = await opened(browser.page(api));
    await wait(1000);
    expect(again.store.get().composition).toBe('An evening in Paris.');
    expect(again.store.get().editNotes).toEqual([
      { kind: 'conflict', field: 'user_composition', theirs: 'An evening in Rome.' },
    ]);
    expect(server()?.user_composition).toBe('An evening in Rome.');
  });

  it('C29: a refused edit is kept, does not keep others back, survives a reload, and can be given up', async () => {
    const answering = { ...api };
    api.changeSession = (id, patch, options) =>
      patch.user_composition === undefined
        ? answering.changeSession(id, patch, options)
        : Promise.reject(new ApiError(422, 'Too long.'));
    const browser = createTestBrowser();
    const tab = browser.page(api);
    const a = await opened(tab);
    a.write('Long');
    a.toggleSaved('p-1');
    await wait(2000);
    expect(server()).toMatchObject({ saved_products: ['p-1'] });
    expect(a.store.get().editNotes).toEqual([
      { kind: 'refused', field: 'user_composition', detail: 'Too long.' },
    ]);
    expect(tab.workspace.unsent()).toBe(1);
    tab.kill();
    const second = browser.page(api);
    const again = await opened(second);
    await wait(2000);
    expect(again.store.get()).toMatchObject({ composition: 'Long' });
    expect(again.store.get().editNotes).toHaveLength(1);
    again.sync.giveUp();
    await wait(2000);
    expect(again.store.get()).toMatchObject({ composition: 'An evening in town.', editNotes: [] });
    expect(second.workspace.unsent()).toBe(0);
  });

  it('C60: goes on asking while the server is away, whatever is dismissed', async () => {
    const a = await opened(createTestBrowser().page(api));
    const answering = { ...api };
    api.getSession = () => Promise.reject(AWAY);
    api.changeSession = () => Promise.reject(AWAY);
    a.write('An evening in town. Rain.');
    await wait(5000);
    a.dismissProblem();
    expect(pageSave(a.store.get()).kind).toBe('offline');
    Object.assign(api, answering);
    await wait(20_000);
    expect(server()?.user_composition).toBe('An evening in town. Rain.');
    expect(pageSave(a.store.get()).kind).toBe('saved');
  });

  it('C60: an answer that was lost is not sent twice and is no conflict', async () => {
    const answering = { ...api };
    let lost = 0;
    api.changeSession = async (id, patch, options) => {
      const answer = await answering.changeSession(id, patch, options);
      if (lost++ === 0) throw AWAY;
      return answer;
    };
    const a = await opened(createTestBrowser().page(api));
    a.write('An evening in town. Rain.');
    await wait(750);
    a.write('An evening in town. Rain on stones.');
    await wait(10_000);
    expect(a.store.get().editNotes).toEqual([]);
    expect(server()?.user_composition).toBe('An evening in town. Rain on stones.');
  });
});
