/** What goes wrong around a canvas: clocks, line ends, locks and networks. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AWAY, type FakeApi, aSession, anImage, createFakeApi } from '../../testing/fakeApi.ts';
import { type TestPage, createTestBrowser } from '../../testing/pages.ts';
import type { SessionController } from './sessionController.ts';

const ID = 'gal-9';
const IMAGE = 'img-1';
let api: FakeApi;

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  api = createFakeApi();
  api.sessions.set(ID, aSession(ID, { user_composition: 'Rain.', auto_named: false }));
  api.images.set(IMAGE, anImage(ID, IMAGE));
});
afterEach(() => void vi.useRealTimers());

async function opened(page: TestPage): Promise<SessionController> {
  const canvas = page.workspace.open(ID);
  await canvas.loading.load();
  return canvas;
}
const someone = () => opened(createTestBrowser().page(api));

describe('a canvas on a bad day', () => {
  it('C20: line ends that a text field writes otherwise are no edit, and no conflict', async () => {
    api.sessions.set(ID, aSession(ID, { user_composition: 'One\r\ntwo', auto_named: false }));
    const canvas = await someone();
    expect(canvas.store.get()).toMatchObject({ composition: 'One\ntwo', editsPending: false });
    canvas.write('One\ntwo three', 'One\ntwo');
    await wait(3000);
    expect(canvas.store.get().editNotes).toEqual([]);
    expect(api.sessions.get(ID)?.user_composition).toBe('One\ntwo three');
  });

  it('C27: a clock that was fast for a while does not keep an old memory', async () => {
    const browser = createTestBrowser();
    vi.setSystemTime(Date.parse('2030-01-01'));
    const fast = browser.page(api);
    (await opened(fast)).cards.nudge(IMAGE, 50, 0);
    await wait(8000);
    fast.kill();
    vi.setSystemTime(Date.parse('2025-01-01'));
    (await someone()).write('Sun.');
    await wait(3000);
    const later = browser.page(api);
    await opened(later);
    await wait(5000);
    later.kill();
    const { store } = browser.page(api).workspace.open(ID);
    expect(store.get()).toMatchObject({ remembered: true, composition: 'Sun.' });
  });

  it('C49: undoing a move leaves the size that others gave the picture since', async () => {
    const [a, b] = [await someone(), await someone()];
    a.cards.nudge(IMAGE, 0, 50);
    await wait(3000);
    await b.loading.look();
    b.cards.grow([IMAGE], 1.5);
    await wait(3000);
    await a.loading.look();
    a.cards.history.step('undo');
    await wait(3000);
    expect(api.images.get(IMAGE)).toMatchObject({ y: 20, width: 270 });
    a.cards.history.step('redo');
    await wait(3000);
    expect(api.images.get(IMAGE)).toMatchObject({ y: 70, width: 270 });
  });

  it('C28: asks no more once its session was discarded here', async () => {
    api.failNext('getSession', AWAY, AWAY, AWAY);
    const canvas = await someone();
    canvas.close();
    const { length } = api.calls;
    await wait(60_000);
    expect(api.calls).toHaveLength(length);
  });

  it('C60: a session that did not open is asked for as often as one that is open', async () => {
    api.failNext('getSession', AWAY, AWAY, AWAY, AWAY, AWAY);
    const canvas = await someone();
    const end = canvas.sync.follow();
    await wait(20_500);
    expect(canvas.store.get().phase).toBe('open');
    end();
  });

  it('C60: a page that may have no locks opens its session all the same', async () => {
    const browser = createTestBrowser();
    const gone = browser.page(api);
    (await opened(gone)).write('Rain. Stones.');
    await wait(300);
    gone.kill();
    const refusing = () => Promise.reject(new DOMException('not here', 'SecurityError'));
    const canvas = await opened(browser.page(api, { attempt: refusing }));
    expect(canvas.store.get().phase).toBe('open');
  });
});
