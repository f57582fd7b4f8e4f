/** Rectangles and numbers for tests of what hangs where. */
import type { Rect } from '../canvas/placement.ts';
import { px } from '../canvas/units.ts';

export function rect(left: number, top: number, width: number, height: number): Rect {
  return { left: px(left), top: px(top), width: px(width), height: px(height) };
}

/** The same numbers from 0 to 1 in every run, so that a failure can be repeated. */
export function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; state = (state * 1103515245 + 12345) % 2147483648) {
    yield state / 2147483648;
  }
}
