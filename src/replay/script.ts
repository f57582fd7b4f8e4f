/**
 * A script: what a replay shows and when, made once from a recording and a timing. Beats lie in
 * order of playing time; all times are milliseconds of playing time. Pure.
 */
import { toRect } from '../canvas/placement.ts';
import { px } from '../canvas/units.ts';
import { countUntil } from './bisect.ts';
import type { RecordedImage, Recording } from './recording.ts';
import { type Happening, happenings } from './happenings.ts';
import { type Timing, playingTimes } from './timing.ts';
import type { Edit } from './typing.ts';

/** Where a card hangs, in units of a wall that is `WALL_WIDTH` wide. */
export interface WallRect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const WALL_WIDTH = 1440;

interface Timed {
  readonly at: number;
  /** How long it is seen happening; 0 when it is a cut. */
  readonly lasts: number;
}

export interface WriteBeat extends Timed {
  readonly kind: 'write';
  readonly edit: Edit;
}

/** Something that happens to a card; `from` is where it hung before (null: nowhere). */
export interface CardBeat extends Timed {
  readonly kind: 'hang' | 'move' | 'remove' | 'restore';
  /** Index in the script's cards. */
  readonly card: number;
  readonly from: WallRect | null;
  /** Null when it hangs no more. */
  readonly to: WallRect | null;
  readonly z: number;
}

export type Beat = WriteBeat | CardBeat;

/** Pictures in a row that were made with one directive. */
export interface Chapter {
  readonly title: string;
  readonly at: number;
  /** Index of its first picture in `hangs`. */
  readonly first: number;
  readonly count: number;
}

export interface Script {
  readonly name: string;
  readonly timing: Timing;
  /** Milliseconds from the first frame to the last. */
  readonly duration: number;
  readonly beats: readonly Beat[];
  readonly cards: readonly RecordedImage[];
  /** The beats that write, and their times. */
  readonly writes: readonly WriteBeat[];
  readonly writeTimes: readonly number[];
  /** The beats that hang a picture for the first time, and their times. */
  readonly hangs: readonly CardBeat[];
  readonly hangTimes: readonly number[];
  readonly chapters: readonly Chapter[];
}

export interface ScriptOptions {
  readonly timing: Timing;
  /** Also play the pictures that were taken down for good, until they are. */
  readonly withRemoved?: boolean;
}

/** How long the finished wall is shown. */
export const TAIL = 3_600;
export const LONGEST_HANG = 2_600;
const SHORTEST_HANG = 450;
const LASTS = { move: 850, remove: 550, restore: 750 } as const;

export function writeScript(recording: Recording, options: ScriptOptions): Script {
  const played = happenings(recording, options.withRemoved ?? false);
  const times = playingTimes(played, options.timing);
  const cards = new Map<string, number>();
  for (const happening of played) {
    if (happening.kind === 'hang') cards.set(happening.image, cards.size);
  }
  const beats = withRects(played, times, cards);
  const writes = beats.filter((beat) => beat.kind === 'write');
  const hangs = beats.filter((beat): beat is CardBeat => beat.kind === 'hang');
  const images = [...cards.keys()].map((id) => recording.images.get(id) ?? unknownImage(id));
  const ends = beats.reduce((latest, beat) => Math.max(latest, beat.at + beat.lasts), 0);
  return {
    name: recording.name,
    timing: options.timing,
    duration: beats.length === 0 ? 0 : ends + TAIL,
    beats,
    cards: images,
    writes,
    writeTimes: writes.map((beat) => beat.at),
    hangs,
    hangTimes: hangs.map((beat) => beat.at),
    chapters: chaptersOf(hangs, images),
  };
}

/** The time in `other` at which the same is happening as at `time` in `script`. */
export function sameMoment(script: Script, other: Script, time: number): number {
  const index = countUntil(
    script.beats.map((beat) => beat.at),
    time,
  );
  const here = stretch(script, index);
  const there = stretch(other, index);
  const share = here.long > 0 ? Math.min(1, (time - here.from) / here.long) : 0;
  return Math.min(other.duration, there.from + share * there.long);
}

function stretch(script: Script, index: number): { from: number; long: number } {
  const from = script.beats[index - 1]?.at ?? 0;
  return { from, long: (script.beats[index]?.at ?? script.duration) - from };
}

function withRects(
  played: readonly Happening[],
  times: readonly number[],
  cards: ReadonlyMap<string, number>,
): Beat[] {
  const places = new Map<number, WallRect>();
  const ends = nextTimes(played, times);
  return played.map((happening, index): Beat => {
    const at = times[index] ?? 0;
    const room = (ends[index] ?? Infinity) - at;
    if (happening.kind === 'write')
      return { kind: 'write', at, lasts: Math.min(happening.takes, room), edit: happening.edit };
    const card = cards.get(happening.image) ?? 0;
    const rect = toRect(happening.placement, px(WALL_WIDTH));
    const before = places.get(card) ?? null;
    const { kind } = happening;
    const z = happening.placement.z;
    const to = kind === 'remove' ? null : rect;
    const from = kind === 'remove' ? (before ?? rect) : kind === 'move' ? before : null;
    places.set(card, rect);
    const quiet = (times[index + 1] ?? Infinity) - at;
    const lasts =
      kind === 'hang' ? Math.max(SHORTEST_HANG, Math.min(LONGEST_HANG, quiet)) : LASTS[kind];
    return { kind, at, lasts: Math.min(lasts, room), card, from, to, z };
  });
}

/** For each happening, when something happens next to the same card or to the text. */
function nextTimes(played: readonly Happening[], times: readonly number[]): number[] {
  const next = new Map<string | null, number>();
  const ends: number[] = [];
  for (let index = played.length - 1; index >= 0; index--) {
    const happening = played[index];
    if (happening === undefined) continue;
    const what = happening.kind === 'write' ? null : happening.image;
    ends[index] = next.get(what) ?? Infinity;
    next.set(what, times[index] ?? 0);
  }
  return ends;
}

function chaptersOf(hangs: readonly CardBeat[], cards: readonly RecordedImage[]): Chapter[] {
  const chapters: Chapter[] = [];
  hangs.forEach((beat, index) => {
    const title = titleOf(cards[beat.card], index);
    const last = chapters.at(-1);
    if (last?.title === title) chapters[chapters.length - 1] = { ...last, count: last.count + 1 };
    else chapters.push({ title, at: beat.at, first: index, count: 1 });
  });
  return chapters;
}

/** What a picture is called: its directive, else its product. */
export function titleOf(image: RecordedImage | undefined, index: number): string {
  const names = [image?.directive.trim(), image?.productName.trim()];
  return names.find((name) => name !== undefined && name !== '') ?? `Picture ${index + 1}`;
}

function unknownImage(id: string): RecordedImage {
  return {
    id,
    url: null,
    directive: '',
    productName: '',
    productBrand: '',
    pixelWidth: 0,
    pixelHeight: 0,
  };
}
