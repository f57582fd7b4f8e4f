import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AWAY } from '../../testing/fakeApi.ts';
import { createSendLoop } from './sendLoop.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function loopWith(send: (key: string) => Promise<void>) {
  const reached: boolean[] = [];
  const loop = createSendLoop({
    send,
    onReach: (is) => reached.push(is),
    lanes: 2,
    random: () => 0.5,
  });
  return { loop, reached };
}

describe('the loop that sends edits', () => {
  it('waits for a pause in what one does, and sends at once when asked to', async () => {
    const sent: string[] = [];
    const { loop } = loopWith((key) => Promise.resolve(void sent.push(key)));
    loop.soon('a', 500);
    await vi.advanceTimersByTimeAsync(400);
    loop.soon('a', 500);
    await vi.advanceTimersByTimeAsync(400);
    expect(sent).toEqual([]);
    loop.flush();
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent).toEqual(['a']);
  });

  it('C60: knocks with one thing at a time while the server is away, and sends all when it is back', async () => {
    let away = true;
    const tries: string[] = [];
    const { loop, reached } = loopWith((key) => {
      tries.push(key);
      return away ? Promise.reject(AWAY) : Promise.resolve();
    });
    for (const key of ['a', 'b', 'c', 'd']) loop.soon(key, 0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tries.length).toBeLessThan(12);
    away = false;
    tries.length = 0;
    await vi.advanceTimersByTimeAsync(40_000);
    expect(tries.toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect([reached[0], reached.at(-1)]).toEqual([false, true]);
  });

  it('never sends one thing twice at a time, nor anything while it pauses', async () => {
    const release: (() => void)[] = [];
    const { loop } = loopWith(() => new Promise((resolve) => release.push(resolve)));
    loop.soon('a', 0);
    await vi.advanceTimersByTimeAsync(10);
    loop.soon('a', 0);
    await vi.advanceTimersByTimeAsync(10);
    expect(release).toHaveLength(1);
    loop.pause();
    release[0]?.();
    await vi.advanceTimersByTimeAsync(1000);
    expect(release).toHaveLength(1);
    loop.goOn();
    expect(release).toHaveLength(2);
  });
});
