/** How far the pictures being made have come. */
import type { Run } from '../session/sessionState.ts';

export interface RunCount {
  /** Pictures whose directives are being written. */
  readonly asked: number;
  readonly total: number;
  readonly made: number;
  readonly failed: number;
}

export const NO_RUN: RunCount = { asked: 0, total: 0, made: 0, failed: 0 };

export function runOf({ asked, total, made, failed }: RunCount): Run {
  const phase = asked > 0 && total === 0 ? 'directives' : 'pictures';
  return { phase, total: asked + total, done: made, failed };
}
