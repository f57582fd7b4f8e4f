import { describe, expect, it } from 'vitest';
import { aPlacement, aRandomRecording, anEvent, seeded } from '../testing/randomRecording.ts';
import { UnreadableRecording, readRecording } from './recording.ts';
import { writeScript } from './script.ts';
import { editBetween, typedSoFar } from './typing.ts';

describe('R9: reading a recording', () => {
  it.each([null, 3, 'text', [], {}, { session: {} }, { session: {}, timeline: { events: 3 } }])(
    'says that %j is none',
    (value) => {
      expect(() => readRecording(value)).toThrow(UnreadableRecording);
    },
  );

  it('says that a recording of a newer program needs it', () => {
    expect(() => readRecording({ ...aRandomRecording(1, 3), schema: 2 })).toThrow(/newer version/);
  });

  it('loses only the pieces that are damaged', () => {
    const json = aRandomRecording(4, 12);
    const whole = readRecording(json);
    const broken = [
      null,
      'text',
      anEvent('image_saved', 5, { image_id: 'img-900' }),
      anEvent('image_moved', 5, { image_id: 'img-001', placement: { x: 'left' } }),
      anEvent('image_removed', 5, { image_id: 'img-001', offset_ms: 'soon' }),
      anEvent('image_saved', 9, {
        image_id: 'img-901',
        placement: { ...aPlacement(seeded(1)), width: -3 },
      }),
    ];
    const events = [...broken, ...json.timeline.events] as Record<string, unknown>[];
    const read = readRecording({ ...json, timeline: { ...json.timeline, events } });
    expect(read.events).toEqual(whole.events);
    expect(read.damaged).toBe(broken.length);
    expect(whole.damaged).toBe(0);
  });

  it('takes no address that is a script', () => {
    const json = aRandomRecording(4, 2);
    const url = 'JavaScript:alert(1)';
    const images = json.images.map((image) => ({ ...image, url }));
    for (const image of readRecording({ ...json, images }).images.values())
      expect(image.url).toBeNull();
  });

  it('hangs a listed picture that the timeline forgot', () => {
    const json = aRandomRecording(4, 2);
    const extra = {
      id: 'img-777',
      url: 'x.png',
      created_at: '2024-12-06T10:00:09Z',
      ...aPlacement(seeded(2)),
    };
    const recording = readRecording({ ...json, images: [...json.images, extra] });
    const found = recording.events.find(
      (event) => event.type === 'saved' && event.image === 'img-777',
    );
    expect(found?.offset).toBe(9000);
    const script = writeScript(recording, { timing: 'cut' });
    expect(script.cards.map((card) => card.id)).toContain('img-777');
  });
});

describe('R10: typing', () => {
  const PAIRS = [
    ['', 'rain over the old town'],
    ['rain over the old town', 'rain on the old town'],
    ['a family 👩‍👩‍👧 walks', 'a family 👩‍👩‍👦 walks far'],
    ['e\u0301t\u0301', 'e\u0301t\u0301e\u0301'],
    ['😀', '😁'],
    ['aaaa', 'aa'],
    ['gone', ''],
  ] as const;

  it.each(PAIRS)('leads from %j to %j without half a character', (before, after) => {
    const edit = editBetween(before, after);
    expect(typedSoFar(edit, 1)).toEqual({
      text: after,
      caret: edit.head.length + edit.inserted.length,
    });
    expect(edit.head + edit.removed + edit.tail).toBe(before);
    for (let share = 0; share <= 1; share += 0.01) {
      const { text, caret } = typedSoFar(edit, share);
      expect(() => encodeURI(text)).not.toThrow();
      expect(text.startsWith(edit.head) && text.endsWith(edit.tail)).toBe(true);
      expect(caret).toBeLessThanOrEqual(text.length);
    }
  });

  it('types a family as one character', () => {
    const family = '👩‍👩‍👧';
    const edit = editBetween('', family);
    for (let share = 0; share <= 1; share += 0.05)
      expect(['', family]).toContain(typedSoFar(edit, share).text);
  });
});
