import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../services/apiError.ts';
import { createSessionRegistry } from '../../services/sessionRegistry.ts';
import { AWAY, type FakeApi, aSession, createFakeApi } from '../../testing/fakeApi.ts';
import { type FakeBrowser, type FakePage, createFakeBrowser } from '../../testing/fakeBrowser.ts';
import { MEMORY_ONLY } from './outboxNotes.ts';
import { pageSave } from './pageSave.ts';
import type { SessionController } from './sessionController.ts';
import { PAGE_ONLY, type Workspace, createWorkspace } from '../workspace.ts';

let api: FakeApi;
let browser: FakeBrowser;
let keys: number;
/** What the server does now, for all pages. */
let answers: { createSession: FakeApi['createSession']; saveImage: FakeApi['saveImage'] };
const tab = new Map<string, string>();

beforeEach(() => {
  vi.useFakeTimers();
  api = createFakeApi();
  mend();
  browser = createFakeBrowser();
  keys = 0;
  tab.clear();
});
afterEach(() => void vi.useRealTimers());

interface Visit {
  readonly page: FakePage;
  readonly workspace: Workspace;
  /** What `/` shows. */
  readonly canvas: SessionController;
}

/** A page in the one tab of this browser, which has no room when it is `forgetful`. */
async function visit({ forgetful = false } = {}): Promise<Visit> {
  const page = browser.newPage();
  const workspace = createWorkspace(
    {
      ...api,
      createSession: (...given) => answers.createSession(...given),
      saveImage: (...given) => answers.saveImage(...given),
    },
    createSessionRegistry(null),
    () => `key-${++keys}`,
    {
      ...PAGE_ONLY,
      openOutbox: (told) => {
        if (!forgetful) return page.outbox;
        return {
          ...page.outbox,
          put(job, draft) {
            told.onMemory();
            return page.outbox.put(job, draft);
          },
        };
      },
      locks: page.locks,
      news: page.news,
      tabStorage: {
        getItem: (name) => tab.get(name) ?? null,
        setItem: (name, value) => void tab.set(name, value),
      },
    },
  );
  const canvas = workspace.draft();
  void workspace.begin();
  await vi.advanceTimersByTimeAsync(0);
  return { page, workspace, canvas };
}

const cut = () => {
  answers = {
    createSession: () => Promise.reject(AWAY),
    saveImage: () => Promise.reject(AWAY),
  };
};
const mend = () => {
  answers = {
    createSession: (...given) => api.createSession(...given),
    saveImage: (...given) => api.saveImage(...given),
  };
};
const texts = ({ workspace }: Visit) =>
  workspace.toasts.store.get().list.map((toast) => toast.text);
const choose = ({ workspace }: Visit, label: string): void => {
  const actions = workspace.toasts.store.get().list.flatMap((toast) => toast.actions);
  const action = actions.find((one) => one.label === label);
  if (action === undefined || !('act' in action)) throw new Error(`no ${label}`);
  action.act();
};
const generate = async (canvas: SessionController, count: number): Promise<void> => {
  await canvas.run.generate(count);
  await vi.advanceTimersByTimeAsync(100);
};
const saves = (canvas: SessionController) =>
  canvas.store.get().cards.map((card) => card.save.status);

describe('a canvas that is no session yet', () => {
  it('C4, C5: hangs again after a crash, and becomes one session with what is written now', async () => {
    cut();
    const first = await visit();
    const canvas = first.workspace.draft();
    canvas.write('Evening');
    await generate(canvas, 2);
    expect(pageSave(canvas.store.get())).toMatchObject({ kind: 'offline', count: 2 });
    canvas.cards.nudge(canvas.store.get().cards[0]?.key ?? '', 32, 0);
    const places = canvas.store.get().cards.map((card) => card.placement);
    await vi.advanceTimersByTimeAsync(1000);
    first.page.crash();

    const second = await visit();
    const again = second.workspace.draft();
    await vi.advanceTimersByTimeAsync(260);
    expect(again.store.get().cards.map((card) => card.placement)).toEqual(places);
    expect(texts(second)).toEqual(['2 pictures from before are being saved.']);
    expect(second.workspace.unsent()).toBe(2);
    again.write('Evening wear');
    mend();
    const third = await visit();
    third.workspace.wake();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(api.sessions.size).toBe(1);
    expect(api.images.size).toBe(2);
    expect([...api.images.values()].map(({ x }) => x)).toContain(places[0]?.x);
  });

  it('C4: a tab whose canvas became a session opens it', async () => {
    const first = await visit();
    await browser.outbox.keepDraft({
      key: tab.get('dynamic-gallery:draft') ?? '',
      fields: {},
      sessionId: 'gal-7',
      at: 0,
    });
    api.sessions.set('gal-7', aSession('gal-7'));
    first.page.crash();
    const { canvas } = await visit();
    await vi.advanceTimersByTimeAsync(100);
    expect([canvas.store.get().sessionId, api.sessions.size]).toEqual(['gal-7', 1]);
  });
});

describe('pictures of an earlier visit', () => {
  it('C5: are sent although nobody opens their canvas, and it is said', async () => {
    cut();
    const first = await visit();
    await generate(first.workspace.draft(), 2);
    first.page.crash();
    tab.clear();
    mend();
    const second = await visit();
    await vi.advanceTimersByTimeAsync(5000);
    expect(api.images.size).toBe(2);
    const [toast] = second.workspace.toasts.store.get().list;
    expect(toast).toMatchObject({
      text: '2 pictures from before were saved.',
      actions: [{ label: 'Open', href: '/dynamic/gal-1' }],
    });
    expect(second.workspace.unsent()).toBe(0);
  });
});

describe('a session that is not there any more', () => {
  it.each(['Save as a new session', 'Discard'])('C8: "%s"', async (label) => {
    const page = await visit();
    const canvas = page.workspace.draft();
    canvas.write('Evening');
    await generate(canvas, 1);
    answers.saveImage = (id, ...rest) =>
      id === 'gal-1'
        ? Promise.reject(new ApiError(404, 'There is no gal-1.'))
        : api.saveImage(id, ...rest);
    const later = await visit();
    const again = later.workspace.open('gal-1');
    await again.loading.load();
    await generate(again, 2);
    expect(saves(again)).toEqual(['saved', 'failed', 'failed']);
    await vi.advanceTimersByTimeAsync(900_000);
    expect(texts(later)).toEqual([
      '2 pictures could not be saved: the session they are in is not there any more.',
    ]);
    choose(later, label);
    await vi.advanceTimersByTimeAsync(2000);
    expect(saves(again)).toEqual(['saved']);
    expect(later.workspace.unsent()).toBe(0);
    expect(api.images.size).toBe(label === 'Discard' ? 1 : 3);
    expect((await browser.outbox.list()).waiting).toEqual([]);
  });
});

describe('a session that is discarded with unsent pictures', () => {
  const likeTheServer = () => {
    answers.saveImage = async (id, ...rest) => {
      if (!api.sessions.has(id)) throw new ApiError(404, `There is no ${id}.`);
      return api.saveImage(id, ...rest);
    };
  };

  it.each([
    ['when they were refused meanwhile', 5000],
    ['when they are just on their way', 0],
  ])('C8: comes back whole %s', async (_when, ms) => {
    const page = await visit();
    const { sessions } = page.workspace;
    await generate(page.workspace.draft(), 1);
    cut();
    await generate(page.workspace.open('gal-1'), 2);
    await sessions.load();
    await sessions.discard('gal-1');
    if (ms > 0) likeTheServer();
    else {
      // The server refuses it before, and the answer comes after the session is back.
      answers.saveImage = async (id) => {
        await new Promise((resolve) => setTimeout(resolve, 3000));
        likeTheServer();
        throw new ApiError(404, `There is no ${id}.`);
      };
    }
    page.workspace.wake();
    await vi.advanceTimersByTimeAsync(ms);
    expect(texts(page).some((text) => text.startsWith('2 pictures could not'))).toBe(ms > 0);
    expect(sessions.undo()).toBe(true);
    await vi.advanceTimersByTimeAsync(30_000);
    const again = page.workspace.open('gal-1');
    await again.loading.load();
    expect(saves(again)).toEqual(['saved', 'saved', 'saved']);
    expect((await browser.outbox.list()).waiting).toEqual([]);
    expect(texts(page).filter((text) => text.includes('could not'))).toEqual([]);
  });
});

describe('a picture that was just made', () => {
  it('C1: does not claim to wait before the browser has it', async () => {
    cut();
    const page = await visit();
    let kept = (): void => undefined;
    page.page.outbox.put = () => new Promise((resolve) => (kept = resolve));
    await generate(page.canvas, 1);
    expect(saves(page.canvas)).toEqual(['keeping']);
    expect([page.workspace.unsent(), pageSave(page.canvas.store.get()).kind]).toEqual([
      1,
      'saving',
    ]);
    kept();
    await vi.advanceTimersByTimeAsync(0);
    expect(saves(page.canvas)).not.toEqual(['keeping']);
  });
});

describe('what the page says', () => {
  it.each([
    [503, true],
    [507, true],
    [413, false],
  ])('C10: whether %s is tried again by itself: %s', async (status, passing) => {
    const page = await visit();
    answers.saveImage = () => Promise.reject(new ApiError(status, 'No.'));
    await generate(page.canvas, 1);
    expect(pageSave(page.canvas.store.get())).toMatchObject({ kind: 'failed', count: 1, passing });
  });
});

describe('a browser without room', () => {
  it('C7: says so once, until all is saved', async () => {
    cut();
    const page = await visit({ forgetful: true });
    const canvas = page.workspace.draft();
    await generate(canvas, 3);
    expect(texts(page)).toEqual([MEMORY_ONLY]);
    expect(page.workspace.unsent()).toBe(3);
    mend();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([saves(canvas), texts(page)]).toEqual([Array(3).fill('saved'), []]);
  });
});
