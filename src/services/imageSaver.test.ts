import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AWAY, anImage } from '../testing/fakeApi.ts';
import { ApiError } from './apiError.ts';
import type { GalleryImage } from './galleryApi.ts';
import { type LineEvent, type SaveJob, createImageSaver } from './imageSaver.ts';

function job(key: string): SaveJob {
  return {
    key,
    canvas: 'gal-1',
    madeAt: 0,
    pixelWidth: 864,
    pixelHeight: 1056,
    source: { blob: new Blob(['png']) },
    fields: {
      directive: '',
      product_id: '',
      product_name: '',
      product_brand: '',
      x: 0,
      y: 0,
      width: 180,
      height: 220,
      canvas_width: 1080,
      z: 0,
      user_composition: '',
      generator: null,
    },
  };
}

function setUp(upload: (job: SaveJob) => Promise<GalleryImage>) {
  const saver = createImageSaver({ upload, random: () => 0.5 });
  const seen: string[] = [];
  const events: LineEvent[] = [];
  saver.subscribe((event) => {
    seen.push(`${event.facts.key} ${event.state.status}`);
    events.push(event);
  });
  return { saver, seen, events };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the saver', () => {
  it('says saved only after the server did', async () => {
    let answer: (image: GalleryImage) => void = () => undefined;
    const { saver, seen, events } = setUp(() => new Promise((resolve) => (answer = resolve)));
    saver.add(job('a'));
    await vi.advanceTimersByTimeAsync(50_000);
    expect(seen).toEqual(['a queued', 'a saving']);
    expect(saver.unsent()).toBe(1);
    answer(anImage('gal-1', 'img-001'));
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.at(-1)).toBe('a saved');
    expect(events.at(-1)?.image?.id).toBe('img-001');
    expect(saver.unsent()).toBe(0);
  });

  it('tries again by itself, longer apart each time, with the same job', async () => {
    const jobs: SaveJob[] = [];
    const times: number[] = [];
    const { saver, seen } = setUp((one) => {
      jobs.push(one);
      times.push(Date.now());
      return jobs.length < 4 ? Promise.reject(AWAY) : Promise.resolve(anImage('gal-1', 'img-001'));
    });
    saver.add(job('a'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(seen.at(-1)).toBe('a saved');
    expect(new Set(jobs).size).toBe(1);
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 1000, 3000, 7000]);
  });

  it('waits as long as the server asks', async () => {
    const upload = vi
      .fn<(one: SaveJob) => Promise<GalleryImage>>()
      .mockRejectedValueOnce(new ApiError(503, 'Storage is away.', 9000))
      .mockResolvedValue(anImage('gal-1', 'img-001'));
    const { saver } = setUp(upload);
    saver.add(job('a'));
    await vi.advanceTimersByTimeAsync(8900);
    expect(upload).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(upload).toHaveBeenCalledTimes(2);
  });

  it('does not repeat what can never succeed, but does by hand', async () => {
    const upload = vi
      .fn<(one: SaveJob) => Promise<GalleryImage>>()
      .mockRejectedValueOnce(new ApiError(413, 'The picture is too large.'))
      .mockResolvedValue(anImage('gal-1', 'img-001'));
    const { saver, seen } = setUp(upload);
    saver.add(job('a'));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(saver.state('a')).toEqual({
      status: 'failed',
      cause: 'refused',
      detail: 'The picture is too large.',
      retryAt: null,
    });
    saver.retry('a');
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.slice(-3)).toEqual(['a queued', 'a saving', 'a saved']);
  });

  it('retries by hand at once, and not once more by itself', async () => {
    const upload = vi
      .fn<(one: SaveJob) => Promise<GalleryImage>>()
      .mockRejectedValueOnce(AWAY)
      .mockResolvedValue(anImage('gal-1', 'img-001'));
    const { saver } = setUp(upload);
    saver.add(job('a'));
    await vi.advanceTimersByTimeAsync(100);
    saver.retryAll();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(upload).toHaveBeenCalledTimes(2);
  });

  it('saves two at a time, in order', async () => {
    const under: string[] = [];
    const answers: (() => void)[] = [];
    const { saver } = setUp(
      (one) =>
        new Promise((resolve) => {
          under.push(one.key);
          answers.push(() => resolve(anImage('gal-1', one.key)));
        }),
    );
    ['a', 'b', 'c', 'c'].forEach((key) => saver.add(job(key)));
    await vi.advanceTimersByTimeAsync(0);
    expect(under).toEqual(['a', 'b']);
    answers[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(under).toEqual(['a', 'b', 'c']);
    expect(saver.unsent()).toBe(2);
  });

  it('C9: drops at once what the server cannot have, and takes down later what it may have', async () => {
    const refused = new ApiError(413, 'The picture is too large.');
    const errors = [refused, AWAY];
    const finished: string[] = [];
    const saver = createImageSaver({
      upload: () => {
        const error = errors.shift();
        return error === undefined
          ? Promise.resolve(anImage('gal-1', 'img-001'))
          : Promise.reject(error);
      },
      finish: ({ key, unwanted }) => {
        finished.push(`${key} ${String(unwanted)}`);
        return Promise.resolve();
      },
      random: () => 0.5,
    });
    saver.add(job('a'));
    await vi.advanceTimersByTimeAsync(10);
    expect(saver.drop('a')).toBe(true);
    saver.add(job('b'));
    await vi.advanceTimersByTimeAsync(10);
    expect(saver.drop('b')).toBe(false);
    expect(saver.unsent()).toBe(0);
    await vi.advanceTimersByTimeAsync(5000);
    expect(finished).toEqual(['b true']);
    expect(saver.drop('nothing')).toBe(false);
  });
});
