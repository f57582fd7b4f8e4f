import { describe, expect, it } from 'vitest';
import { px } from '../../canvas/units.ts';
import { type Card, cardFromImage } from '../../state/session/sessionState.ts';
import { anImage } from '../../testing/fakeApi.ts';
import { downloadName, factsOf, settingsText } from './pictureSettings.ts';

function aCard(change: Partial<Card> = {}): Card {
  const image = anImage('gal-1', 'img-003', {
    directive: 'Explore serene streets',
    product_name: 'Neverfull MM',
    product_brand: 'Louis Vuitton',
    user_composition: 'Evening wear',
    generator: {
      name: 'sketch',
      model: 'resvg',
      seed: 7,
      prompt: 'A street',
      stepsTaken: 4,
      guidance_scale: 7.5,
      cfg: { low: 1 },
      upscaled: false,
    },
  });
  return { ...cardFromImage(image, px(1080)), size: 1_234_567, ...change };
}
const named = (card: Card): Record<string, string> =>
  Object.fromEntries(factsOf(card).map(({ name, value }) => [name, value]));

describe('the facts on a plate', () => {
  it('C36: are all that the generator recorded', () => {
    expect(named(aCard())).toMatchObject({
      Generator: 'sketch',
      Model: 'resvg',
      Seed: '7',
      Size: '864 × 1056 px',
      File: 'PNG, 1.2 MB',
      'Steps taken': '4',
      'Guidance scale': '7.5',
      CFG: '{"low":1}',
      Upscaled: 'no',
    });
  });

  it('C36: never call a picture generated that came from a file', () => {
    const facts = named(aCard({ generator: { name: 'file', file: 'holiday.jpg' } }));
    expect(facts).toMatchObject({ 'File name': 'holiday.jpg' });
    expect(Object.keys(facts)).not.toContain('Generator');
    expect(Object.keys(facts)).not.toContain('Made');
  });

  it('leave out what is not known', () => {
    const card = aCard({ generator: null, size: null, mediaType: null, pixelWidth: 0 });
    expect(Object.keys(named(card))).toEqual(['Made']);
  });
});

it('C36: tells all settings as text that people can read', () => {
  const text = settingsText(aCard({ sourceUrl: 'https://pictures.example/1.png' }));
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'Directive: Explore serene streets',
      'Product: Louis Vuitton Neverfull MM',
      'Composition: Evening wear',
      'Seed: 7',
      'Hosted at: https://pictures.example/1.png',
      'Prompt: A street',
    ]),
  );
});

describe('the name of a downloaded file', () => {
  it('tells what the picture shows, with the ending of its type', () => {
    expect(downloadName(aCard())).toBe('Explore serene streets, Neverfull MM (img-003).png');
    expect(downloadName(aCard({ mediaType: 'image/jpeg' }))).toMatch(/\.jpg$/);
  });

  it('is one that every system takes', () => {
    const card = aCard({ directive: '../a\\b: "c"?\n\u202e…', productName: '', imageId: null });
    expect(downloadName(card)).toBe('a b c ….png');
    const long = downloadName(aCard({ directive: '🌇'.repeat(400) }));
    expect(Array.from(long).length).toBeLessThan(150);
    expect(downloadName(aCard({ directive: '', productName: '', imageId: null }))).toBe(
      'Picture.png',
    );
  });

  it('is that of the file it came from', () => {
    const generator = { name: 'file', file: 'holiday.jpeg' };
    expect(downloadName(aCard({ generator, mediaType: 'image/jpeg' }))).toBe('holiday.jpg');
  });
});
