import { expect, it, vi } from 'vitest';
import { createPictureDecoder } from './pictureDecoder.ts';

const size = { width: 2, height: 1 };

it('C35: decodes a picture once, however often it is asked for', async () => {
  const load = vi.fn().mockResolvedValue(size);
  const decoder = createPictureDecoder(load);
  expect(decoder.ready('a')).toBeNull();
  const both = await Promise.all([decoder.decode('a'), decoder.decode('a')]);
  expect(both).toEqual([
    { url: 'a', ...size },
    { url: 'a', ...size },
  ]);
  await decoder.decode('a');
  expect(load).toHaveBeenCalledTimes(1);
  expect(decoder.ready('a')).toEqual({ url: 'a', ...size });
});

it('tries again what failed', async () => {
  const load = vi.fn().mockRejectedValueOnce(new Error('gone')).mockResolvedValue(size);
  const decoder = createPictureDecoder(load);
  await expect(decoder.decode('a')).rejects.toThrow('gone');
  await expect(decoder.decode('a')).resolves.toEqual({ url: 'a', ...size });
});

it('keeps a dozen, those used last', async () => {
  const decoder = createPictureDecoder(vi.fn().mockResolvedValue(size));
  for (let n = 0; n < 12; n++) await decoder.decode(`${n}`);
  await decoder.decode('0');
  await decoder.decode('12');
  expect(decoder.ready('0')).not.toBeNull();
  expect(decoder.ready('1')).toBeNull();
});
