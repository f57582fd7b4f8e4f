/** One edit of the composition, and what of it is to be seen while it is being typed. Pure. */

export interface Edit {
  /** What stood there and stays: before and behind the place of the edit. */
  readonly head: string;
  readonly tail: string;
  readonly removed: string;
  readonly inserted: string;
  /** Milliseconds that typing it takes. */
  readonly takes: number;
}

const PER_LETTER = 38;
const PER_LETTER_BACK = 14;
const LEAST = 240;
const MOST = 5_200;
const MOST_BACK = 900;

/** The smallest edit that leads from one text to the other, never inside a character. */
export function editBetween(before: string, after: string): Edit {
  let start = commonStart(before, after);
  if (isTrail(before, start) || isTrail(after, start)) start -= 1;
  let end = commonEnd(before, after, Math.min(before.length, after.length) - start);
  if (isTrail(before, before.length - end) || isTrail(after, after.length - end)) end -= 1;
  const removed = before.slice(start, before.length - end);
  const inserted = after.slice(start, after.length - end);
  const back = Math.min(MOST_BACK, removed.length * PER_LETTER_BACK);
  const takes = Math.min(MOST, Math.max(LEAST, back + inserted.length * PER_LETTER));
  return {
    head: after.slice(0, start),
    tail: after.slice(after.length - end),
    removed,
    inserted,
    takes,
  };
}

/** What is written when `share` (0..1) of the edit is done; the caret stands at `caret`. */
export function typedSoFar(edit: Edit, share: number): { text: string; caret: number } {
  const { head, tail, removed, inserted } = edit;
  if (share >= 1) return { text: head + inserted + tail, caret: head.length + inserted.length };
  const steps = removed.length * (PER_LETTER_BACK / PER_LETTER) + inserted.length;
  const turn = steps === 0 ? 0 : (removed.length * (PER_LETTER_BACK / PER_LETTER)) / steps;
  const middle =
    share < turn
      ? cut(removed, Math.ceil(removed.length * (1 - share / turn)))
      : cut(inserted, Math.floor((inserted.length * (share - turn)) / (1 - turn || 1)));
  return { text: head + middle + tail, caret: head.length + middle.length };
}

const graphemes =
  'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null;

/** At most so many units of a text, and no character in half: accents and families stay whole. */
function cut(text: string, units: number): string {
  if (units >= text.length) return text;
  if (units <= 0) return '';
  // A character is short: what is before the last of them needs no looking at.
  const from = text.lastIndexOf(' ', units - 1) + 1;
  const window = text.slice(from, units + 32);
  const inside = graphemes?.segment(window).containing(units - from)?.index;
  if (inside !== undefined) return text.slice(0, from + inside);
  return text.slice(0, isTrail(text, units) ? units - 1 : units);
}

function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  return length;
}

function commonEnd(one: string, other: string, most: number): number {
  let length = 0;
  while (
    length < most &&
    one.charCodeAt(one.length - 1 - length) === other.charCodeAt(other.length - 1 - length)
  )
    length++;
  return length;
}

/** Whether a cut there would fall inside a surrogate pair. */
function isTrail(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return index > 0 && code >= 0xdc00 && code <= 0xdfff;
}
