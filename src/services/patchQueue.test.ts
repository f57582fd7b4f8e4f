import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AWAY } from '../testing/fakeApi.ts';
import { ApiError, sentence } from './apiError.ts';
import { createPatchQueue } from './patchQueue.ts';

interface Patch {
  name?: string;
  text?: string;
}

function setUp(send: (patch: Patch) => Promise<void>) {
  const sent: Patch[] = [];
  const refused: string[] = [];
  const queue = createPatchQueue<Patch>({
    delayMs: 500,
    onChange: () => undefined,
    onRefused: (_key, error) => void refused.push(sentence(error)),
    send: (_key, patch) => {
      sent.push(patch);
      return send(patch);
    },
  });
  return { queue, sent, refused };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('edits on their way', () => {
  it('are joined while one types, and sent once after it', async () => {
    const { queue, sent } = setUp(() => Promise.resolve());
    queue.add('s', { text: 'a' });
    await vi.advanceTimersByTimeAsync(300);
    queue.add('s', { text: 'ab' });
    queue.add('s', { name: 'n' });
    await vi.advanceTimersByTimeAsync(499);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual([{ text: 'ab', name: 'n' }]);
    expect(queue.size()).toBe(0);
  });

  it('are sent at once when flushed', () => {
    const { queue, sent } = setUp(() => Promise.resolve());
    queue.add('s', { text: 'a' });
    queue.flush(true);
    expect(sent).toEqual([{ text: 'a' }]);
  });

  it('survive a server that is away, and the newest value wins', async () => {
    let away = true;
    const { queue, sent } = setUp(() => (away ? Promise.reject(AWAY) : Promise.resolve()));
    queue.add('s', { text: 'a', name: 'n' });
    await vi.advanceTimersByTimeAsync(600);
    expect(queue.problem()).toBe(`${AWAY.message} It is tried again by itself.`);
    queue.add('s', { text: 'b' });
    away = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent.at(-1)).toEqual({ text: 'b', name: 'n' });
    expect(queue.problem()).toBeNull();
    expect(queue.size()).toBe(0);
  });

  it('that can never be accepted are told of, and not repeated', async () => {
    const { queue, sent, refused } = setUp(() => Promise.reject(new ApiError(422, 'Too long.')));
    queue.add('s', { text: 'a' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
    expect(refused).toEqual(['Too long.']);
    expect(queue.size()).toBe(0);
  });

  it('that were refused stay a problem until the field is changed again', async () => {
    const answers = [new ApiError(422, 'Too long.'), null, null];
    const { queue } = setUp(() => {
      const error = answers.shift() ?? null;
      return error === null ? Promise.resolve() : Promise.reject(error);
    });
    queue.add('s', { text: 'a' });
    await vi.advanceTimersByTimeAsync(600);
    queue.add('s', { name: 'n' });
    await vi.advanceTimersByTimeAsync(600);
    expect(queue.problem()).toBe('Too long.');
    queue.add('s', { text: 'b' });
    expect(queue.problem()).toBeNull();
  });

  it('that were refused are sent again by hand, or replaced by a later answer', async () => {
    const { queue, sent } = setUp(() => Promise.reject(new ApiError(422, 'Too long.')));
    queue.add('s', { text: 'a' });
    await vi.advanceTimersByTimeAsync(600);
    queue.retryRefused();
    await vi.advanceTimersByTimeAsync(600);
    expect(sent).toEqual([{ text: 'a' }, { text: 'a' }]);
    queue.replacedBy('s', Date.now() - 1000);
    expect(queue.problem()).toBe('Too long.');
    queue.replacedBy('s', Date.now());
    expect(queue.problem()).toBeNull();
  });

  it('are newer than an answer asked for before they were confirmed', async () => {
    const { queue } = setUp(() => Promise.resolve());
    queue.add('s', { text: 'a' });
    expect(queue.newerThan('s', Date.now())).toEqual(['text']);
    await vi.advanceTimersByTimeAsync(600);
    expect(queue.newerThan('s', Date.now() - 600)).toEqual(['text']);
    expect(queue.newerThan('s', Date.now() + 1)).toEqual([]);
  });

  it('are settled when all that waited was answered', async () => {
    const answers: (() => void)[] = [];
    const { queue, sent } = setUp(() => new Promise((resolve) => answers.push(resolve)));
    queue.add('s', { text: 'a' });
    queue.flush();
    queue.add('s', { text: 'b' });
    let settled = false;
    void queue.settled().then(() => (settled = true));
    answers[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect([sent.length, settled]).toEqual([2, false]);
    answers[1]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(settled).toBe(true);
  });

  it('never run two requests of one thing at the same time', async () => {
    const answers: (() => void)[] = [];
    const { queue, sent } = setUp(() => new Promise((resolve) => answers.push(resolve)));
    queue.add('s', { text: 'a' });
    queue.flush();
    queue.add('s', { text: 'b' });
    queue.flush();
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent).toEqual([{ text: 'a' }]);
    expect(queue.pending('s')).toEqual({ text: 'b' });
    answers[0]?.();
    await vi.advanceTimersByTimeAsync(600);
    expect(sent).toEqual([{ text: 'a' }, { text: 'b' }]);
  });
});
