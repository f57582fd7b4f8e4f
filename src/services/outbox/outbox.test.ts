import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aJob } from '../../testing/aJob.ts';
import { anImage } from '../../testing/fakeApi.ts';
import { MEMORY_WAIT_MS, createFallbackOutbox } from './fallback.ts';
import { openIndexedDbOutbox } from './indexedDb.ts';
import { createMemoryOutbox } from './memory.ts';
import { type Draft, KEPT_MS, type Outbox, type SaveJob } from './port.ts';

const DRAFT: Draft = {
  key: 'draft-1',
  fields: { user_composition: 'Evening' },
  sessionId: null,
  at: 1000,
};

const bytesOf = async (outbox: Outbox, key: string): Promise<string | null> => {
  const found = await outbox.find(key);
  if (found.kind !== 'waiting' || !('blob' in found.job.source)) return null;
  return found.job.source.blob.text();
};

beforeEach(() => void (globalThis.indexedDB = new IDBFactory()));
afterEach(() => void vi.useRealTimers());

describe.each([
  ['in the database', () => openIndexedDbOutbox(() => 2000)],
  ['in memory', () => Promise.resolve(createMemoryOutbox())],
  [
    'with a fallback',
    () =>
      Promise.resolve(
        createFallbackOutbox(openIndexedDbOutbox(), {
          onMemory: () => undefined,
          onLate: () => undefined,
        }),
      ),
  ],
  [
    'fallen back',
    () =>
      Promise.resolve(
        createFallbackOutbox(Promise.reject(new Error('closed')), {
          onMemory: () => undefined,
          onLate: () => undefined,
        }),
      ),
  ],
])('an outbox %s', (_name, open) => {
  let outbox: Outbox;
  beforeEach(async () => {
    outbox = await open();
  });

  it('gives back what was put, bytes and all, oldest first', async () => {
    await outbox.put(aJob('b', { madeAt: 2 }), null);
    await outbox.put(aJob('a', { madeAt: 1, source: { url: 'https://host.example/a' } }), null);
    const { waiting } = await outbox.list();
    expect(waiting.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(waiting.every((facts) => !('source' in facts))).toBe(true);
    expect(await bytesOf(outbox, 'b')).toBe('bytes of b');
    expect(await outbox.find('a')).toMatchObject({
      kind: 'waiting',
      job: { source: { url: 'https://host.example/a' } },
    });
  });

  it('keeps a draft with its first picture, and never changes what it is created with', async () => {
    await outbox.put(aJob('a'), DRAFT);
    await outbox.put(aJob('b'), { ...DRAFT, fields: { user_composition: 'Later' } });
    expect((await outbox.draft('draft-1'))?.fields).toEqual(DRAFT.fields);
    await outbox.keepDraft({ ...DRAFT, sessionId: 'gal-1' });
    expect((await outbox.list()).drafts.at(-1)).toMatchObject({ sessionId: 'gal-1' });
    expect(await outbox.draft('draft-2')).toBeNull();
  });

  it('remembers how it ended, until the picture is put again', async () => {
    await outbox.put(aJob('a'), null);
    const note = { key: 'a', image: anImage('gal-1', 'img-001'), at: 3000 };
    await outbox.settle(note);
    expect((await outbox.list()).waiting).toEqual([]);
    expect(await outbox.find('a')).toEqual({ kind: 'over', note });
    await outbox.put(aJob('a'), null);
    expect((await outbox.find('a')).kind).toBe('waiting');
    expect(await outbox.find('never')).toEqual({ kind: 'unknown' });
  });

  it('changes what may change, of what waits', async () => {
    await outbox.put(aJob('a'), null);
    await outbox.change('a', { unwanted: true, canvas: 'draft-2' });
    await outbox.change('b', { unwanted: true });
    const { waiting } = await outbox.list();
    expect(waiting).toHaveLength(1);
    expect(waiting[0]).toMatchObject({ unwanted: true, canvas: 'draft-2', fields: {} });
    expect(await bytesOf(outbox, 'a')).toBe('bytes of a');
  });
});

describe('the database', () => {
  it('C1: outlives the page, and forgets old notes and drafts', async () => {
    const first = await openIndexedDbOutbox(() => 1000);
    await first.put(aJob('a', { canvas: 'draft-1' }), DRAFT);
    await first.keepDraft({ ...DRAFT, key: 'draft-old' });
    await first.settle({ key: 'old', image: null, at: 1000 });
    const second = await openIndexedDbOutbox(() => 1001 + KEPT_MS);
    expect(await bytesOf(second, 'a')).toBe('bytes of a');
    expect(await second.draft('draft-1')).toEqual(DRAFT);
    expect(await second.draft('draft-old')).toBeNull();
    expect((await second.find('old')).kind).toBe('unknown');
  });

  it('keeps nothing of a picture that it has no room for', async () => {
    const outbox = await openIndexedDbOutbox();
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(outbox.put(aJob('a'), null)).rejects.toThrow();
    put.mockRestore();
    expect((await outbox.list()).waiting).toEqual([]);
  });
});

describe('the fallback', () => {
  const told: string[] = [];
  const ports = {
    onMemory: () => void told.push('memory'),
    onLate: () => void told.push('late'),
  };
  beforeEach(() => void (told.length = 0));

  it('C7: says that a picture is in this page only, and moves it over when the database answers late', async () => {
    vi.useFakeTimers();
    let answer: (outbox: Outbox) => void = () => undefined;
    const outbox = createFallbackOutbox(new Promise((resolve) => (answer = resolve)), ports);
    const put = outbox.put(aJob('a', { canvas: 'draft-1' }), DRAFT);
    await vi.advanceTimersByTimeAsync(MEMORY_WAIT_MS - 1);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await put;
    expect(told).toEqual(['memory']);
    vi.useRealTimers();
    const durable = createMemoryOutbox();
    answer(durable);
    await vi.waitFor(() => expect(told).toEqual(['memory', 'late']));
    expect(await bytesOf(durable, 'a')).toBe('bytes of a');
    expect(await durable.draft('draft-1')).toEqual(DRAFT);
    expect((await outbox.list()).waiting).toHaveLength(1);
  });

  it('C7: keeps one picture in memory when there is no room for it, and the others where they were', async () => {
    const durable = createMemoryOutbox();
    const full = (job: SaveJob): boolean => job.key === 'big';
    const outbox = createFallbackOutbox(
      Promise.resolve({
        ...durable,
        put: (job, draft) =>
          full(job)
            ? Promise.reject(new DOMException('full', 'QuotaExceededError'))
            : durable.put(job, draft),
      }),
      ports,
    );
    await outbox.put(aJob('a', { madeAt: 1 }), null);
    await outbox.put(aJob('big', { madeAt: 2 }), null);
    expect(told).toEqual(['memory']);
    expect((await outbox.list()).waiting.map(({ key }) => key)).toEqual(['a', 'big']);
    expect(await bytesOf(outbox, 'big')).toBe('bytes of big');
    await outbox.settle({ key: 'big', image: null, at: 1 });
    expect((await outbox.list()).waiting.map(({ key }) => key)).toEqual(['a']);
  });
});
