/** What is to be seen at a time: a pure function of script and time, cheap enough for every frame. */
import { countUntil } from './bisect.ts';
import { clamp, easeBoth, easeOut, mix } from './easing.ts';
import { type CardBeat, type Script, type WallRect, titleOf } from './script.ts';
import { typedSoFar } from './typing.ts';
import { type HungCard, type Wall, createWall } from './wall.ts';

/** A card on its way; a card in `still` is one with `opacity` 1 and `flight` 1. */
export interface MovingCard extends HungCard {
  readonly opacity: number;
  /** 0: held up large before everybody; 1: in its place. */
  readonly flight: number;
}

export interface Caption {
  readonly card: number;
  /** Which picture of the script it is, from 0. */
  readonly picture: number;
  readonly title: string;
  readonly product: string;
  /** 0..1 while it comes up. */
  readonly opacity: number;
}

export interface Frame {
  readonly time: number;
  /** The composition as far as it is typed; the caret stands at `caret` while `typing`. */
  readonly text: string;
  readonly caret: number;
  readonly typing: boolean;
  /** 1 before the first picture: the text has the room to itself. Then it goes to 0. */
  readonly opening: number;
  readonly caption: Caption | null;
  /** How many pictures were hung until now. */
  readonly hung: number;
  /** The same array as long as nothing in it changes. */
  readonly still: readonly HungCard[];
  readonly moving: readonly MovingCard[];
}

export interface FrameOptions {
  /** Cuts instead of flights, for people who asked for reduced motion. */
  readonly cuts?: boolean;
}

/** Below this, a picture goes straight to its place. */
const SHORTEST_SHOW = 1_100;
const APPEAR = 260;
const FLY = 780;
const OPENING = 900;
const CAPTION = 420;

/** Whether a picture is shown large before it goes to its place. */
export function isHeldUp(beat: CardBeat): boolean {
  return beat.kind === 'hang' && beat.lasts >= SHORTEST_SHOW;
}

const walls = new WeakMap<Script, Wall>();

export function frameAt(script: Script, time: number, options: FrameOptions = {}): Frame {
  const now = clamp(time, 0, script.duration);
  const cuts = options.cuts ?? false;
  const wall = wallOf(script).at(now);
  const hung = countUntil(script.hangTimes, now);
  return {
    time: now,
    ...writingAt(script, now, cuts),
    opening: openingAt(script, now, cuts),
    caption: captionAt(script, now, hung, cuts),
    hung,
    still: wall.hung,
    moving: wall.moving.map((beat) => underWay(beat, now, cuts)),
  };
}

function wallOf(script: Script): Wall {
  let wall = walls.get(script);
  if (wall === undefined) walls.set(script, (wall = createWall(script)));
  return wall;
}

function writingAt(script: Script, time: number, cuts: boolean) {
  const beat = script.writes[countUntil(script.writeTimes, time) - 1];
  if (beat === undefined) return { text: '', caret: 0, typing: false };
  const share = beat.lasts > 0 && !cuts ? Math.min(1, (time - beat.at) / beat.lasts) : 1;
  return { ...typedSoFar(beat.edit, share), typing: share < 1 };
}

function openingAt(script: Script, time: number, cuts: boolean): number {
  const first = script.hangTimes[0];
  if (first === undefined || time < first) return 1;
  return cuts ? 0 : 1 - easeBoth((time - first) / OPENING);
}

function captionAt(script: Script, time: number, hung: number, cuts: boolean): Caption | null {
  const beat = script.hangs[hung - 1];
  if (beat === undefined) return null;
  const image = script.cards[beat.card];
  const age = time - beat.at;
  return {
    card: beat.card,
    picture: hung - 1,
    title: titleOf(image, hung - 1),
    product: [image?.productName, image?.productBrand].filter(Boolean).join(', '),
    opacity: cuts ? 1 : easeOut(age / CAPTION),
  };
}

function underWay(beat: CardBeat, time: number, cuts: boolean): MovingCard {
  const { card, z } = beat;
  const age = time - beat.at;
  const share = clamp(age / beat.lasts, 0, 1);
  const to = beat.to ?? beat.from ?? NOWHERE;
  const there = { card, z, rect: to, opacity: 1, flight: 1 };
  if (beat.kind === 'hang') return { ...there, ...arriving(beat, age, cuts) };
  if (cuts) return { ...there, opacity: beat.to === null ? 0 : 1 };
  if (beat.kind === 'move' && beat.from !== null)
    return { ...there, rect: between(beat.from, to, easeBoth(share)) };
  return { ...there, opacity: beat.kind === 'remove' ? 1 - easeOut(share) : easeOut(share) };
}

function arriving(beat: CardBeat, age: number, cuts: boolean) {
  const shown = isHeldUp(beat);
  if (cuts) return { opacity: 1, flight: shown && age < beat.lasts - FLY / 2 ? 0 : 1 };
  const opacity = easeOut(age / Math.min(APPEAR, beat.lasts * 0.6));
  if (!shown) return { opacity, flight: mix(0.6, 1, easeOut(age / beat.lasts)) };
  return { opacity, flight: easeBoth((age - (beat.lasts - FLY)) / FLY) };
}

function between(from: WallRect, to: WallRect, share: number): WallRect {
  return {
    left: mix(from.left, to.left, share),
    top: mix(from.top, to.top, share),
    width: mix(from.width, to.width, share),
    height: mix(from.height, to.height, share),
  };
}

const NOWHERE: WallRect = { left: 0, top: 0, width: 1, height: 1 };
