import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Want, createPictures } from './pictures.ts';

/** Pictures that arrive when the test says so. */
class FakeImage {
  static readonly made: FakeImage[] = [];
  src = '';
  decoding = '';
  draggable = true;
  arrive: () => void = () => undefined;
  fail: () => void = () => undefined;
  readonly #decoded = new Promise<void>((resolve, reject) => {
    this.arrive = resolve;
    this.fail = () => reject(new Error('no such picture'));
  });

  constructor() {
    FakeImage.made.push(this);
  }

  decode(): Promise<void> {
    return this.#decoded;
  }
}

const wants = (...names: string[]): Want[] =>
  names.map((name) => ({ key: name, source: { url: `${name}.png`, print: false }, width: 100 }));
const asked = () => FakeImage.made.map((image) => image.src);
const imageOf = (name: string) => {
  const image = FakeImage.made.find((made) => made.src === `${name}.png`);
  if (image === undefined) throw new Error(`${name} was not asked for`);
  return image;
};
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('Image', FakeImage);
  FakeImage.made.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('R7: pictures ahead', () => {
  it('are asked for in the order in which they are wanted, six at once', async () => {
    const pictures = createPictures(() => undefined);
    pictures.want(wants('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'));
    expect(asked()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.png`));
    imageOf('b').arrive();
    await settle();
    expect(asked().at(-1)).toBe('g.png');
    expect(pictures.settled('b')).toBe(true);
    expect(pictures.settled('a')).toBe(false);
  });

  it('count as missing when they fail, when there is no address, and when they are late', async () => {
    const news = vi.fn();
    const pictures = createPictures(news);
    pictures.want([...wants('gone', 'slow'), { key: 'none', source: null, width: 9 }]);
    expect(pictures.isMissing('none')).toBe(true);
    imageOf('gone').fail();
    await settle();
    expect(pictures.isMissing('gone')).toBe(true);
    await vi.advanceTimersByTimeAsync(14_000);
    expect(pictures.settled('slow')).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(pictures.isMissing('slow')).toBe(true);
    imageOf('slow').arrive(); // better late than never
    await settle();
    expect(pictures.isMissing('slow')).toBe(false);
    expect(pictures.face('slow')).not.toBeNull();
    expect(news).toHaveBeenCalledTimes(3);
  });

  it('R14: are let go when nobody wants them, except some that came last', async () => {
    const pictures = createPictures(() => undefined);
    for (let number = 0; number < 60; number++) {
      pictures.want(wants(`p${number}`));
      imageOf(`p${number}`).arrive();
      await settle();
    }
    pictures.want(wants('p59'));
    expect(pictures.face('p0')).toBeNull();
    expect(pictures.face('p58')).not.toBeNull();
    const kept = Array.from({ length: 60 }, (_, n) => pictures.face(`p${n}`)).filter(Boolean);
    expect(kept).toHaveLength(25);
  });

  it('are given up when they are wanted no more before they came', async () => {
    const pictures = createPictures(() => undefined);
    pictures.want(wants('a'));
    const image = imageOf('a');
    pictures.want(wants('b'));
    expect(image.src).toBe('');
    image.fail();
    await settle();
    expect(pictures.settled('a')).toBe(false);
    pictures.want(wants('a'));
    expect(asked().at(-1)).toBe('a.png');
  });
});
