import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LockTalk, type PageChannel, createAskingLocks } from './askingLocks.ts';

type Listener = (event: { data: LockTalk }) => void;

let pages: Set<Listener>;

/** What a page says reaches all others, a moment later. */
function channel(): PageChannel & { close(): void } {
  let own: Listener | undefined;
  return {
    postMessage(data) {
      for (const hear of pages) if (hear !== own) queueMicrotask(() => hear({ data }));
    },
    addEventListener(_type, listener) {
      own = listener;
      pages.add(listener);
    },
    close() {
      if (own !== undefined) pages.delete(own);
    },
  };
}

const isLasting = (name: string): boolean => name.startsWith('page:');

beforeEach(() => {
  vi.useFakeTimers();
  pages = new Set();
});
afterEach(() => void vi.useRealTimers());

async function attempt(name: string, way = channel()): Promise<boolean> {
  const done = createAskingLocks(way, isLasting).attempt(name, () => Promise.resolve());
  await vi.advanceTimersByTimeAsync(1000);
  return done;
}

describe('C26: pages without locks of the browser', () => {
  it('leave each other what a living page holds', async () => {
    await createAskingLocks(channel(), isLasting).hold('page:a', 1000);
    expect(await attempt('page:a')).toBe(false);
    expect(await attempt('page:b')).toBe(true);
  });

  it('take up what a page held that is gone', async () => {
    const gone = channel();
    await createAskingLocks(gone, isLasting).hold('page:a', 1000);
    gone.close();
    expect(await attempt('page:a')).toBe(true);
  });

  it('ask nobody about what is held for a moment', async () => {
    const way = channel();
    const say = vi.spyOn(way, 'postMessage');
    expect(await attempt('picture:1', way)).toBe(true);
    expect(say).not.toHaveBeenCalled();
  });

  it('get one answer where they ask twice at once', async () => {
    await createAskingLocks(channel(), isLasting).hold('page:a', 1000);
    const way = channel();
    const say = vi.spyOn(way, 'postMessage');
    const locks = createAskingLocks(way, isLasting);
    const work = vi.fn(() => Promise.resolve());
    const both = [locks.attempt('page:a', work), locks.attempt('page:a', work)];
    await vi.advanceTimersByTimeAsync(1000);
    expect(await Promise.all(both)).toEqual([false, false]);
    expect(say).toHaveBeenCalledTimes(1);
  });
});
