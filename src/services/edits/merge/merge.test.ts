import { describe, expect, it } from 'vitest';
import { mergeLists, mergeWhole } from './listMerge.ts';
import { changesOf } from './textDiff.ts';
import { mergeTexts, movedCaret } from './textMerge.ts';
import { seeded } from '../../../testing/seeded.ts';

const WORDS = ['rain', 'stone', 'light', 'evening', 'town', ' ', ' ', ' ', ',', '\n', '石', '雨'];

const applied = (before: string, after: string): string => {
  let text = '';
  let at = 0;
  for (const { start, end, text: put } of changesOf(before, after)) {
    text += before.slice(at, start) + put;
    at = end;
  }
  return text + before.slice(at);
};

describe('the changes of a text', () => {
  it('make the second text of the first', () => {
    const random = seeded(7);
    const text = () => Array.from({ length: random.below(14) }, () => random.of(WORDS)).join('');
    for (let round = 0; round < 3000; round++) {
      const [before, after] = [text(), text()];
      expect(applied(before, after)).toBe(after);
    }
  });

  it('are found by words, and are one where nearly all is another', () => {
    expect(changesOf('An evening in town', 'An evening in the town')).toHaveLength(1);
    expect(changesOf('a b c d e', 'x b c d y')).toHaveLength(2);
    const long = (word: string) => Array.from({ length: 900 }, (_, n) => `${word}${n}`).join(' ');
    expect(applied(long('a'), long('b'))).toBe(long('b'));
  });
});

describe('merging texts', () => {
  it('C20: keeps what both wrote in different places', () => {
    const merged = mergeTexts('Rain in town.', 'Soft rain in town.', 'Rain in town. Warm stones.');
    expect(merged).toEqual({ value: 'Soft rain in town. Warm stones.' });
  });

  it('C20: says so when both wrote at the same place, and has the words of each', () => {
    const merged = mergeTexts(
      'Rain in town, late',
      'Rain in Rome, late',
      'Rain in Paris, very late',
    );
    expect(merged).toEqual({
      value: 'Rain in Rome, very late',
      theirs: 'Rain in Paris, very late',
    });
    expect(mergeTexts('', 'mine', 'theirs')).toEqual({ value: 'mine', theirs: 'theirs' });
  });

  it('is at odds when one deletes what the other changes', () => {
    expect(mergeTexts('warm old stones', 'warm stones', 'warm grey stones').theirs).toBeDefined();
  });

  it('C20: loses no word that either side put in without saying so', () => {
    const random = seeded(11);
    for (let round = 0; round < 2000; round++) {
      const base = Array.from({ length: 1 + random.below(8) }, () => random.of(['a', 'b', 'c']));
      const edit = (mark: string) => {
        const words = [...base];
        const put: string[] = [];
        for (let step = 0; step <= random.below(3); step++) {
          const at = random.below(words.length + 1);
          const word = `${mark}${step}`;
          put.push(word);
          words.splice(at, random.below(2), word);
        }
        return { text: words.join(' '), words: put.filter((word) => words.includes(word)) };
      };
      const [mine, theirs] = [edit('m'), edit('t')];
      const merged = mergeTexts(base.join(' '), mine.text, theirs.text);
      const has = (text: string, words: string[]) => words.every((word) => text.includes(word));
      expect(has(merged.value, mine.words)).toBe(true);
      expect(has(merged.theirs ?? merged.value, theirs.words)).toBe(true);
    }
  });
});

describe('the caret', () => {
  it('stays at its word when something changes before it, in it, or after it', () => {
    expect(movedCaret('rain in town', 'soft rain in town', 7)).toBe(12);
    expect(movedCaret('rain in town', 'rain in town at night', 7)).toBe(7);
    expect(movedCaret('rain in town', 'rain in town at night', 12)).toBe(12);
    expect(movedCaret('rain in town', 'rain at', 12)).toBe(7);
    expect(movedCaret('a long word', 'a b', 6)).toBe(3);
  });
});

describe('merging lists and names', () => {
  it('C21: takes out what either took out, and puts in what both put in', () => {
    const merged = mergeLists(['a', 'b', 'c'], ['a', 'c', 'mine'], ['a', 'b', 'theirs']);
    expect(merged.value).toEqual(['a', 'theirs', 'mine']);
    expect(mergeLists(['a'], ['a', 'b'], ['a', 'b', 'c']).value).toEqual(['a', 'b', 'c']);
    expect(mergeLists(['a', 'b'], ['b', 'a'], ['a', 'b']).value).toEqual(['b', 'a']);
  });

  it('C21: of two names only one can stand', () => {
    expect(mergeWhole('old', 'mine', 'theirs')).toEqual({ value: 'mine', theirs: 'theirs' });
    expect(mergeWhole('old', 'old', 'theirs')).toEqual({ value: 'theirs' });
    expect(mergeWhole('old', 'same', 'same')).toEqual({ value: 'same' });
  });
});
