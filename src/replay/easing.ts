/** How things move: pure functions from 0..1 to 0..1. */

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** Starts and ends at rest. */
export function easeBoth(share: number): number {
  const x = clamp(share, 0, 1);
  return x < 0.5 ? 4 * x * x * x : 1 - (-2 * x + 2) ** 3 / 2;
}

/** Sets off at once and comes to rest. */
export function easeOut(share: number): number {
  return 1 - (1 - clamp(share, 0, 1)) ** 3;
}
