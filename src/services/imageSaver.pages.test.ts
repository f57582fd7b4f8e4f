import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSessionCreation } from '../state/session/sessionCreation.ts';
import { aJob } from '../testing/aJob.ts';
import { AWAY, aSession, anImage } from '../testing/fakeApi.ts';
import { type FakePage, createFakeBrowser } from '../testing/fakeBrowser.ts';
import { ApiError } from './apiError.ts';
import type { GalleryImage } from './galleryApi.ts';
import { type ImageSaver, type SaveJob, createImageSaver } from './imageSaver.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Mood = 'well' | 'away' | 'deaf' | 'slow' | 'ill';

/** Stores by key as the server does, and answers according to its mood. */
function createServer(mood: () => Mood) {
  const images = new Map<string, { image: GalleryImage; bytes: string }>();
  const sessions = new Map<string, string>();
  const underWay = new Map<string, number>();
  let together = 0;
  let asked = 0;

  const answer = async <T>(store: () => T): Promise<T> => {
    asked += 1;
    const now = mood();
    if (now === 'away') throw AWAY;
    if (now === 'ill') throw new ApiError(503, 'Storage is away.', 2000);
    if (now === 'slow') await new Promise((resolve) => setTimeout(resolve, 700));
    const value = store();
    if (now === 'deaf') throw AWAY;
    return value;
  };
  return {
    images,
    sessions,
    /** The most requests for one picture at the same time. */
    together: () => together,
    asked: () => asked,
    createSession: (key: string) =>
      answer(() => {
        const id = sessions.get(key) ?? `gal-${sessions.size + 1}`;
        sessions.set(key, id);
        return { value: aSession(id), version: '"1"' };
      }),
    async save(sessionId: string, job: SaveJob): Promise<GalleryImage> {
      const bytes = 'blob' in job.source ? await job.source.blob.text() : job.source.url;
      const count = (underWay.get(job.key) ?? 0) + 1;
      underWay.set(job.key, count);
      together = Math.max(together, count);
      try {
        return await answer(() => {
          const image = images.get(job.key)?.image ?? anImage(sessionId, `img-${images.size + 1}`);
          images.set(job.key, { image, bytes });
          return image;
        });
      } finally {
        underWay.set(job.key, count - 1);
      }
    },
  };
}

type Server = ReturnType<typeof createServer>;

function openPage(page: FakePage, server: Server, random = () => 0.5): ImageSaver {
  const { outbox, locks, news } = page;
  const creation = createSessionCreation({
    api: { createSession: (_fields, key) => page.ask(() => server.createSession(key)) },
    outbox,
    news,
    onCreated: () => undefined,
  });
  const saver = createImageSaver({
    outbox,
    locks,
    news,
    random,
    draftOf: (canvas) =>
      canvas.startsWith('draft-') ? { key: canvas, fields: {}, sessionId: null, at: 0 } : null,
    upload: async (job) => {
      const sessionId = await creation.idOf(job.canvas);
      return page.ask(() => server.save(sessionId, job));
    },
  });
  void saver.begin();
  return saver;
}

const saved = (server: Server) => [...server.images.keys()].toSorted();

describe('two pages', () => {
  it('C6: send each picture once, and both hear that it is saved', async () => {
    const server = createServer(() => 'slow');
    const browser = createFakeBrowser();
    const one = openPage(browser.newPage(), server);
    const two = openPage(browser.newPage(), server);
    const heard: string[] = [];
    two.subscribe(({ facts, state }) => {
      if (state.status === 'saved') heard.push(facts.key);
    });
    for (const key of ['a', 'b', 'c', 'd', 'e']) one.add(aJob(key));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(saved(server)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(server.asked()).toBe(5);
    expect(heard.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(one.waiting().length + two.waiting().length).toBe(0);
  });

  it('C6: the other takes over when one vanishes in the middle of a save', async () => {
    let mood: Mood = 'slow';
    const server = createServer(() => mood);
    const browser = createFakeBrowser();
    const first = browser.newPage();
    const one = openPage(first, server);
    const two = openPage(browser.newPage(), server);
    one.add(aJob('a'));
    one.add(aJob('b'));
    one.add(aJob('c'));
    await vi.advanceTimersByTimeAsync(100);
    first.crash();
    mood = 'well';
    await vi.advanceTimersByTimeAsync(20_000);
    expect(saved(server)).toEqual(['a', 'b', 'c']);
    expect(two.waiting()).toEqual([]);
  });

  it('C6: one that slept learns how it ended without sending again', async () => {
    const server = createServer(() => 'well');
    const deaf = createFakeBrowser(() => false);
    const one = openPage(deaf.newPage(), server);
    one.add(aJob('a', { canvas: 'draft-1' }));
    const two = openPage(deaf.newPage(), server);
    await two.claim(['draft-1']);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(server.asked()).toBe(2);
    expect([one, two].map((page) => page.waiting())).toEqual([[], []]);
  });
});

describe('a server that is away', () => {
  it('C2: is asked no more than every 15 seconds for long, and gets all when it is back', async () => {
    let mood: Mood = 'away';
    const server = createServer(() => mood);
    const saver = openPage(createFakeBrowser().newPage(), server);
    for (let n = 0; n < 30; n++) saver.add(aJob(`p${n}`, { madeAt: n }));
    await vi.advanceTimersByTimeAsync(60_000);
    const before = server.asked();
    await vi.advanceTimersByTimeAsync(3600_000);
    expect(server.asked() - before).toBeLessThanOrEqual(3600 / 15);
    mood = 'well';
    saver.wake(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.images.size).toBe(30);
    expect([...server.images.keys()]).toEqual(Array.from({ length: 30 }, (_, n) => `p${n}`));
    expect(saver.unsent()).toBe(0);
  });

  it('C2: a wake knocks once, however many pictures wait', async () => {
    const server = createServer(() => 'away');
    const saver = openPage(createFakeBrowser().newPage(), server);
    for (let n = 0; n < 30; n++) saver.add(aJob(`p${n}`));
    await vi.advanceTimersByTimeAsync(120_000);
    const before = server.asked();
    saver.wake(true);
    await vi.advanceTimersByTimeAsync(100);
    expect(server.asked() - before).toBe(1);
  });

  it('C2: a picture that always fails does not hold up the others', async () => {
    const server = createServer(() => 'well');
    const page = createFakeBrowser().newPage();
    const saver = createImageSaver({
      ...page,
      random: () => 0.5,
      upload: (job) => (job.key === 'bad' ? Promise.reject(AWAY) : server.save(job.canvas, job)),
    });
    saver.add(aJob('bad', { madeAt: 1 }));
    for (let n = 0; n < 10; n++) saver.add(aJob(`p${n}`, { madeAt: 2 + n }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.images.size).toBe(10);
    expect(saver.unsent()).toBe(1);
  });
});

/** A small generator of numbers that is the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

const MOODS: readonly Mood[] = ['well', 'away', 'deaf', 'slow', 'ill'];

describe('whatever happens', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'C1, C3: every picture that was kept is on the server once (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
      let over = false;
      const server = createServer(() => (over ? 'well' : pick(MOODS)));
      const browser = createFakeBrowser(() => random() < 0.8);
      const put = vi.spyOn(browser.outbox, 'put');
      const open = () => {
        const page = browser.newPage();
        return { page, saver: openPage(page, server, random) };
      };
      const pages = [open(), open()];
      const canvases = ['gal-0', 'draft-1', 'draft-2'];
      let made = 0;
      for (let step = 0; step < 40; step++) {
        const { saver } = pick(pages);
        const what = random();
        if (what < 0.35) {
          made += 1;
          saver.add(aJob(`p${made}`, { canvas: pick(canvases), madeAt: made }));
        } else if (what < 0.5) {
          const index = Math.floor(random() * pages.length);
          pages[index]?.page.crash();
          pages[index] = open();
        } else if (what < 0.6) saver.wake(random() < 0.5);
        else if (what < 0.7) void saver.claim([pick(canvases)]);
        // Also between two awaits of the same turn.
        if (random() < 0.5) await vi.advanceTimersByTimeAsync(Math.floor(random() * 4000));
        else for (let turn = 0; turn < random() * 12; turn++) await Promise.resolve();
      }
      over = true;
      await vi.advanceTimersByTimeAsync(10_000);
      for (const { saver } of pages) saver.wake();
      await vi.advanceTimersByTimeAsync(120_000);

      expect((await browser.outbox.list()).waiting).toEqual([]);
      expect(saved(server)).toEqual(put.mock.calls.map(([{ key }]) => key).toSorted());
      for (const [key, { bytes }] of server.images) expect(bytes).toBe(`bytes of ${key}`);
      for (const { saver } of pages) expect(saver.waiting()).toEqual([]);
      expect([...server.sessions.keys()].every((key) => key.startsWith('draft-'))).toBe(true);
    },
  );
});
