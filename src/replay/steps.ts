/** From picture to picture: where to go so that the wanted one is seen. */
import { countUntil } from './bisect.ts';
import type { Script } from './script.ts';

/** So long after its beginning a picture is fully there. */
const IN_FULL = 420;
/** Whoever goes back this soon after a picture came means the one before it. */
const JUST_CAME = 1_200;

/** The time at which a picture is seen in full, however soon the next one comes. */
export function seenAt(script: Script, picture: number): number {
  const beat = script.hangs[picture];
  if (beat === undefined) return 0;
  return beat.at + Math.min(IN_FULL, beat.lasts * 0.5);
}

/** The time of the next picture; the end when there is none. */
export function nextPicture(script: Script, time: number): number {
  const shown = countUntil(script.hangTimes, time);
  const last = seenAt(script, shown - 1);
  const picture = shown > 0 && last > time + 1 ? shown - 1 : shown;
  return picture < script.hangs.length ? seenAt(script, picture) : script.duration;
}

/** The time of the picture before; the beginning when there is none. */
export function previousPicture(script: Script, time: number, playing: boolean): number {
  const since = time - (playing ? JUST_CAME : 1);
  const shown = countUntil(script.hangTimes, time);
  for (let picture = shown - 1; picture >= 0; picture--) {
    if (seenAt(script, picture) < since) return seenAt(script, picture);
  }
  return 0;
}
