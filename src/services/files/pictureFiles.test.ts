import { describe, expect, it, vi } from 'vitest';
import { readPictureFile } from './pictureFiles.ts';
import { kindOf, sizeOf } from './pictureHeader.ts';

const text = (words: string): number[] => Array.from(words, (char) => char.charCodeAt(0));
const bytes = (...parts: readonly number[][]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(parts.flat());
const big32 = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
const big16 = (value: number): number[] => big32(value).slice(2);

const PNG = (width: number, height: number) =>
  bytes([137, 80, 78, 71, 13, 10, 26, 10], big32(13), text('IHDR'), big32(width), big32(height));
const GIF = bytes(text('GIF89a'), [44, 1, 200, 0]);
const JPEG = bytes(
  [255, 216, 255, 225, ...big16(6), 1, 2, 3, 4],
  [255, 255, 194, ...big16(17), 8, ...big16(300), ...big16(400)],
);
const WEBP = (chunk: string, rest: number[]) =>
  bytes(text('RIFF'), [0, 0, 0, 0], text(`WEBP${chunk}`), [0, 0, 0, 0], rest);
const FTYP = (brand: string, ...rest: number[][]) =>
  bytes(big32(24), text(`ftyp${brand}`), big32(0), text(`mif1${brand}`), ...rest);
const ISPE = (width: number, height: number) => [
  ...text('ispe'),
  ...big32(0),
  ...big32(width),
  ...big32(height),
];

describe('C53: a picture is told by its bytes', () => {
  it.each([
    ['png', PNG(30, 40), 30, 40],
    ['gif', GIF, 300, 200],
    ['jpeg', JPEG, 400, 300],
    ['webp', WEBP('VP8X', [0, 0, 0, 0, 0x2b, 1, 0, 0xc7, 0, 0]), 300, 200],
    ['webp', WEBP('VP8L', [0x2f, 0x2b, 0xc1, 0x31, 0]), 300, 200],
    ['webp', WEBP('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 0x2c, 1, 0xc8, 0]), 300, 200],
    ['avif', FTYP('avif', ISPE(64, 64), ISPE(300, 200)), 300, 200],
  ] as const)('as %s, with its size', (kind, file, width, height) => {
    expect(kindOf(file)).toBe(kind);
    expect(sizeOf(kind, file)).toEqual({ width, height });
  });

  it.each([
    ['heic', FTYP('heic')],
    ['video', bytes(big32(16), text('ftypisom'), big32(0))],
    ['svg', bytes(text('<?xml version="1.0"?>\n<svg xmlns="x">'))],
    ['pdf', bytes(text('%PDF-1.7'))],
    ['empty', bytes()],
    ['unknown', bytes(text('hello'))],
  ] as const)('and so is what is none: %s', (kind, file) => {
    expect(kindOf(file)).toBe(kind);
  });

  it('knows no size of a file that ends too early', () => {
    expect(sizeOf('png', PNG(30, 40).subarray(0, 18))).toBeNull();
    expect(sizeOf('jpeg', JPEG.subarray(0, 14))).toBeNull();
  });
});

describe('C53: what cannot be hung is told in plain words', () => {
  const read = (
    content: Uint8Array<ArrayBuffer>,
    decode = vi.fn().mockResolvedValue({ width: 3, height: 4 }),
  ) => readPictureFile(new File([content], 'holiday.png'), decode);

  it('hangs a file under its true type, whatever its name says', async () => {
    const found = await read(JPEG);
    expect(found).toMatchObject({ name: 'holiday.png', pixelWidth: 3, pixelHeight: 4 });
    expect((found as { blob: Blob }).blob.type).toBe('image/jpeg');
  });

  it('says what it is instead, and what to do', async () => {
    expect(await read(FTYP('heic'))).toMatchObject({
      reason: expect.stringContaining('HEIC') as string,
    });
    expect(await read(bytes(text('<svg>')))).toMatchObject({
      reason: expect.stringContaining('SVG') as string,
    });
  });

  it('does not even draw what has too many pixels', async () => {
    const decode = vi.fn();
    expect(await read(PNG(10_000, 12_000), decode)).toMatchObject({
      reason: expect.stringContaining('120 million pixels') as string,
    });
    expect(decode).not.toHaveBeenCalled();
  });

  it('tells a heavy file, a damaged one, and one that cannot be read', async () => {
    const heavy = new File([new Uint8Array(32 * 1024 * 1024 + 1)], 'big.png');
    expect(await readPictureFile(heavy)).toMatchObject({
      reason: expect.stringContaining('32.1 MiB') as string,
    });
    const broken = vi.fn().mockRejectedValue(new DOMException('no', 'InvalidStateError'));
    expect(await read(PNG(30, 40), broken)).toMatchObject({
      reason: expect.stringContaining('damaged') as string,
    });
    const folder = {
      name: 'Pictures',
      size: 4096,
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error('folder')) }),
    };
    expect(await readPictureFile(folder as unknown as File)).toMatchObject({
      reason: expect.stringContaining('folder') as string,
    });
  });
});
