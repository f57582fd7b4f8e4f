/** When each thing of a recording is played: three ways to turn recorded time into playing time. */

/** `cut`: as it happened, without the idle gaps. `real`: as it happened. `even`: to an even beat. */
export type Timing = 'cut' | 'real' | 'even';

export const TIMINGS: readonly Timing[] = ['cut', 'real', 'even'];

export type Kind = 'write' | 'hang' | 'move' | 'remove' | 'restore';

/** One thing that happened, before it has a playing time. */
export interface Step {
  readonly kind: Kind;
  /** Milliseconds of recorded time. */
  readonly offset: number;
  /** For what is written: milliseconds of typing. */
  readonly takes: number;
}

/** With `cut`, nothing happens for at most this long. */
export const IDLE = 2_600;
/** With `even`, a picture takes one beat; what takes less of the eye takes half of one. */
export const BEAT = 2_600;
const LEAD = 500;
const AFTER_WRITING = 700;
/** With `cut`, the least that a picture has to itself, so that each one is seen. */
const LEAST_FOR_A_PICTURE = 700;

/** The playing times of the steps in milliseconds; in their order, never one before another. */
export function playingTimes(steps: readonly Step[], timing: Timing): number[] {
  if (timing === 'real') return steps.map((step) => step.offset);
  if (timing === 'even') return evenly(steps);
  return withoutIdling(steps);
}

function withoutIdling(steps: readonly Step[]): number[] {
  let at = 0;
  return steps.map((step, index) => {
    const before = steps[index - 1];
    if (before === undefined) at = Math.min(LEAD, step.offset);
    else at += gapAfter(before, step.offset - before.offset);
    return at;
  });
}

function gapAfter(step: Step, gap: number): number {
  const needs = step.kind === 'write' ? step.takes + AFTER_WRITING : 0;
  const least = step.kind === 'hang' ? LEAST_FOR_A_PICTURE : Math.min(needs, IDLE * 3);
  return Math.max(least, Math.min(gap, Math.max(IDLE, needs)));
}

function evenly(steps: readonly Step[]): number[] {
  let at = 0;
  return steps.map((step) => {
    const here = at;
    at += beatsOf(step) * BEAT;
    return here;
  });
}

function beatsOf(step: Step): number {
  if (step.kind === 'hang') return 1;
  if (step.kind === 'write') return Math.ceil((step.takes + AFTER_WRITING) / BEAT);
  return 0.5;
}
