import { describe, expect, it } from 'vitest';
import { px } from '../../canvas/units.ts';
import { type Card, cardFromImage } from '../../state/session/sessionState.ts';
import { anImage } from '../../testing/fakeApi.ts';
import { previewOf, sourcesOf } from './pictureSources.ts';

const card = (change: Partial<Card>): Card => ({
  ...cardFromImage(anImage('gal-1', 'img-1'), px(1080)),
  url: '/p',
  ...change,
});

describe('what is loaded for the large view', () => {
  it('C35: is smaller versions first, and of those not looked at never the original', () => {
    const large = card({ pixelWidth: 4000 });
    expect(sourcesOf(large)).toEqual({
      previews: ['/p?width=640', '/p?width=1280'],
      original: '/p',
    });
    expect(previewOf(large)).toBe('/p?width=1280');
  });

  it('is the original alone where it is no larger than a preview', () => {
    expect(sourcesOf(card({ pixelWidth: 320 })).previews).toEqual([]);
    expect(previewOf(card({ pixelWidth: 320 }))).toBeNull();
  });

  it('is the host’s picture where nobody else has it', () => {
    const hosted = card({ sourceUrl: 'https://pictures.example/1', size: null });
    expect(sourcesOf(hosted)).toEqual({ previews: [], original: '/p' });
    expect(previewOf(hosted)).toBeNull();
  });

  it('is this page’s own picture before it is saved', () => {
    const fresh = card({ imageId: null, url: 'blob:1' });
    expect(sourcesOf(fresh).previews).toEqual([]);
    expect(previewOf(fresh)).toBe('blob:1');
  });
});
