// SPEC R1–R4
import { describe, expect, it } from 'vitest';
import { aRandomRecording, seeded } from '../testing/randomRecording.ts';
import { frameAt } from './frame.ts';
import { takenDown } from './happenings.ts';
import { readRecording } from './recording.ts';
import { type CardBeat, TAIL, WALL_WIDTH, sameMoment, writeScript } from './script.ts';
import { nextPicture, previousPicture, seenAt } from './steps.ts';
import { BEAT, IDLE, TIMINGS } from './timing.ts';

const CASES = Array.from({ length: 24 }, (_, seed) => seed).flatMap((seed) =>
  TIMINGS.map((timing) => ({ seed, timing, pictures: [0, 1, 2, 12, 60][seed % 5] ?? 0 })),
);

function play(seed: number, pictures: number, timing: (typeof TIMINGS)[number]) {
  const recording = readRecording(aRandomRecording(seed, pictures));
  return { recording, script: writeScript(recording, { timing }) };
}

describe.each(CASES)('R1: recording $seed of $pictures pictures, timing $timing', (each) => {
  const { recording, script } = play(each.seed, each.pictures, each.timing);
  const events = recording.events;

  it('seeking to a time shows what playing to it shows', () => {
    const random = seeded(each.seed + 1000);
    const stepped = new Map<number, unknown>();
    for (let time = 0; time <= script.duration; time += 10 + random() * script.duration * 0.02)
      stepped.set(time, frameAt(script, time));
    const times = [...stepped.keys()].sort(() => random() - 0.5);
    const fresh = writeScript(recording, { timing: each.timing });
    for (const time of times) expect(frameAt(fresh, time)).toEqual(stepped.get(time));
  });

  it('keeps the order of what happened', () => {
    const beats = script.beats;
    beats.forEach((beat, index) => {
      expect(beat.at).toBeGreaterThanOrEqual(beats[index - 1]?.at ?? 0);
      expect(beat.lasts).toBeGreaterThanOrEqual(0);
    });
    const kept = takenDown(events);
    const saved = events.flatMap((event) =>
      event.type === 'saved' && !kept.has(event.image) ? [event.image] : [],
    );
    expect(script.hangs.map((beat) => script.cards[beat.card]?.id)).toEqual(saved);
    const ends = new Map<number, number>();
    for (const beat of beats) {
      if (beat.kind === 'write') continue;
      expect(beat.at).toBeGreaterThanOrEqual(ends.get(beat.card) ?? 0);
      ends.set(beat.card, beat.at + beat.lasts);
    }
  });

  it('R3: hangs every kept picture at its last place at the end, and no other', () => {
    const { still, moving, text } = frameAt(script, script.duration);
    const gone = takenDown(events);
    const kept = [...recording.images.keys()].filter((id) => !gone.has(id));
    expect(moving).toEqual([]);
    expect(still.map((card) => script.cards[card.card]?.id).sort()).toEqual(kept.sort());
    for (const card of still) {
      const id = script.cards[card.card]?.id;
      const place = events.findLast((event) => 'placement' in event && event.image === id);
      if (place === undefined || !('placement' in place)) throw new Error('no place');
      expect(card.rect.left).toBeCloseTo((place.placement.x / 100) * WALL_WIDTH);
      expect(card.z).toBe(place.placement.z);
    }
    const written = events.findLast((event) => event.type === 'composition');
    expect(text).toBe(written?.type === 'composition' ? written.text : '');
  });

  it('R3: plays the removed ones too when asked, until they are removed', () => {
    const all = writeScript(recording, { timing: each.timing, withRemoved: true });
    expect(all.cards).toHaveLength(recording.images.size);
    const shown = frameAt(all, all.duration).still.map((card) => all.cards[card.card]?.id);
    const gone = takenDown(events);
    expect(shown.filter((id) => id !== undefined && gone.has(id))).toEqual([]);
    for (const beat of all.hangs.filter((hang) => hang.lasts > 0)) {
      const { still, moving } = frameAt(all, beat.at + beat.lasts / 2);
      expect([...still, ...moving].some((card) => card.card === beat.card)).toBe(true);
    }
  });

  it('has no number that is none, and no character in half', () => {
    const random = seeded(each.seed + 2000);
    for (let count = 0; count < 150; count++) {
      const frame = frameAt(script, random() * script.duration * 1.1 - 50);
      for (const card of [...frame.still, ...frame.moving])
        expect(Object.values(card.rect).every(Number.isFinite)).toBe(true);
      for (const card of frame.moving) {
        expect(card.opacity).toBeGreaterThanOrEqual(0);
        expect(card.opacity).toBeLessThanOrEqual(1);
        expect(card.flight).toBeGreaterThanOrEqual(0);
        expect(card.flight).toBeLessThanOrEqual(1);
      }
      expect(() => encodeURI(frame.text)).not.toThrow();
      expect(frame.caret).toBeLessThanOrEqual(frame.text.length);
      expect(frame.opening >= 0 && frame.opening <= 1).toBe(true);
    }
  });

  it('is as long as its beats and the look at the finished wall', () => {
    const ends = script.beats.map((beat) => beat.at + beat.lasts);
    expect(script.duration).toBe(ends.length === 0 ? 0 : Math.max(...ends) + TAIL);
    for (const chapter of script.chapters) expect(chapter.count).toBeGreaterThan(0);
    const pictures = script.chapters.reduce((sum, chapter) => sum + chapter.count, 0);
    expect(pictures).toBe(script.hangs.length);
  });

  it('R2: keeps to its timing', () => {
    const [first] = script.beats;
    if (first === undefined) return;
    script.beats.forEach((beat, index) => {
      const next = script.beats[index + 1];
      if (next === undefined) return;
      const gap = next.at - beat.at;
      if (each.timing === 'even') expect(gap % (BEAT / 2)).toBe(0);
      if (each.timing === 'even' && beat.kind === 'hang') expect(gap).toBe(BEAT);
      if (each.timing === 'cut') {
        const writing = beat.kind === 'write' ? beat.edit.takes + 700 : 0;
        expect(gap).toBeLessThanOrEqual(Math.max(IDLE, writing) + 1e-6);
        if (beat.kind === 'hang') expect(gap).toBeGreaterThanOrEqual(700 - 1e-6);
      }
    });
    if (each.timing === 'real') {
      const offsets = new Set(events.map((event) => event.offset));
      for (const beat of script.beats) expect(offsets.has(beat.at)).toBe(true);
    }
  });

  it('R4: steps forwards through every picture, and back again', () => {
    const forward: number[] = [0];
    for (let time = 0; time < script.duration; forward.push(time)) {
      const next = nextPicture(script, time);
      expect(next).toBeGreaterThan(time);
      time = next;
    }
    const back: number[] = [script.duration];
    for (let time = script.duration; time > 0; back.push(time)) {
      const before = previousPicture(script, time, false);
      expect(before).toBeLessThan(time);
      time = before;
    }
    if (each.timing !== 'real') {
      expect(forward).toHaveLength(script.duration > 0 ? script.hangs.length + 2 : 1);
      expect(back.toReversed()).toEqual(forward);
      script.hangs.forEach((_, picture) => {
        expect(frameAt(script, seenAt(script, picture)).caption?.picture).toBe(picture);
      });
    }
  });

  it('finds the same moment in another timing', () => {
    const other = writeScript(recording, { timing: each.timing === 'even' ? 'real' : 'even' });
    for (let share = 0; share <= 1; share += 0.05) {
      const time = share * script.duration;
      const moment = sameMoment(script, other, time);
      expect(moment >= 0 && moment <= other.duration).toBe(true);
    }
    for (const [index, beat] of script.hangs.entries()) {
      if (script.hangs[index + 1]?.at === beat.at) continue;
      expect(frameAt(other, sameMoment(script, other, beat.at)).hung).toBeGreaterThan(index);
    }
  });
});

describe('R1: a session of 10,000 pictures', () => {
  const recording = readRecording(aRandomRecording(7, 10_000));
  const script = writeScript(recording, { timing: 'cut' });

  it('does not look at all that happened for each frame', () => {
    let looks = 0;
    const watched = new Proxy(script.beats as CardBeat[], {
      get(target, name, receiver) {
        if (typeof name === 'string' && /^\d+$/.test(name)) looks += 1;
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    const spied = { ...script, beats: watched };
    frameAt(spied, 0);
    const toBegin = looks;
    expect(toBegin).toBeLessThanOrEqual(3 * script.beats.length);
    for (let count = 0; count < 500; count++) frameAt(spied, (count / 500) * script.duration);
    expect(looks).toBe(toBegin);
  });

  it('gives one and the same list of still cards while nothing sets off or arrives', () => {
    const hang = script.hangs[5000];
    if (hang === undefined) throw new Error('no such picture');
    const early = frameAt(script, hang.at + hang.lasts * 0.3);
    expect(frameAt(script, hang.at + hang.lasts * 0.31).still).toBe(early.still);
    expect(frameAt(script, hang.at + hang.lasts).still).not.toBe(early.still);
  });

  it('jumps back and forth and shows the same each time', () => {
    const random = seeded(3);
    const times = Array.from({ length: 40 }, () => random() * script.duration);
    const first = times.map((time) => frameAt(script, time));
    times.toReversed().forEach((time, index) => {
      expect(frameAt(script, time)).toEqual(first[times.length - 1 - index]);
    });
  });
});

describe('R1: reduced motion', () => {
  it('shows no card between two places, and the text as a whole', () => {
    const recording = readRecording(aRandomRecording(11, 40));
    const script = writeScript(recording, { timing: 'cut' });
    const texts = new Set([
      '',
      ...recording.events.map((e) => (e.type === 'composition' ? e.text : '')),
    ]);
    for (let time = 0; time < script.duration; time += 97) {
      const frame = frameAt(script, time, { cuts: true });
      expect(texts.has(frame.text)).toBe(true);
      for (const card of frame.moving) {
        expect([0, 1]).toContain(card.flight);
        expect([0, 1]).toContain(card.opacity);
      }
    }
  });
});
