/**
 * Which cards hang still at a time, and which are on their way. Between two boundaries (a card
 * sets off or arrives) the list of still cards is one and the same array, so that whoever draws it
 * sees at once that nothing changed. Seeking starts from a checkpoint: never from the beginning.
 */
import { countUntil } from './bisect.ts';
import type { CardBeat, Script, WallRect } from './script.ts';

/** A card that hangs still. */
export interface HungCard {
  readonly card: number;
  readonly rect: WallRect;
  readonly z: number;
}

export interface WallAt {
  /** In order of hanging. */
  readonly hung: readonly HungCard[];
  /** Under way, in order of setting off. */
  readonly moving: readonly CardBeat[];
}

interface State {
  readonly hung: Map<number, HungCard>;
  readonly moving: Set<CardBeat>;
}

export interface Wall {
  at(time: number): WallAt;
}

export function createWall(script: Script): Wall {
  const boundaries = boundariesOf(script);
  const times = Float64Array.from(boundaries, (boundary) => boundary.at);
  const every = Math.max(32, Math.ceil(4 * Math.sqrt(boundaries.length)));
  const checkpoints: State[] = [{ hung: new Map(), moving: new Set() }];
  let current = { index: 0, state: copyOf(checkpoints[0]) };
  let shown: { index: number; wall: WallAt } | null = null;

  /** Goes on from where we are when that is nearer than the last checkpoint. */
  const goTo = (index: number): State => {
    const known = Math.min(checkpoints.length - 1, Math.floor(index / every));
    if (current.index > index || current.index < known * every)
      current = { index: known * every, state: copyOf(checkpoints[known]) };
    while (current.index < index) {
      const boundary = boundaries[current.index];
      if (boundary !== undefined) cross(current.state, boundary);
      current.index += 1;
      if (current.index === checkpoints.length * every) checkpoints.push(copyOf(current.state));
    }
    return current.state;
  };

  return {
    at(time) {
      const index = countUntil(times, time);
      if (shown?.index !== index) {
        const state = goTo(index);
        const hung = [...state.hung.values()].toSorted((a, b) => a.card - b.card);
        shown = { index, wall: { hung, moving: [...state.moving] } };
      }
      return shown.wall;
    },
  };
}

interface Boundary {
  readonly at: number;
  readonly beat: CardBeat;
  readonly order: number;
}

function boundariesOf(script: Script): Boundary[] {
  const boundaries = script.beats.flatMap((beat, index): Boundary[] =>
    beat.kind === 'write'
      ? []
      : [
          { at: beat.at, beat, order: 2 * index },
          { at: beat.at + beat.lasts, beat, order: 2 * index + 1 },
        ],
  );
  return boundaries.sort((a, b) => a.at - b.at || a.order - b.order);
}

function cross(state: State, { beat, order }: Boundary): void {
  if (order % 2 === 0) {
    state.hung.delete(beat.card);
    state.moving.add(beat);
  } else {
    state.moving.delete(beat);
    if (beat.to !== null) state.hung.set(beat.card, { card: beat.card, rect: beat.to, z: beat.z });
  }
}

function copyOf(state: State | undefined): State {
  return { hung: new Map(state?.hung), moving: new Set(state?.moving) };
}
