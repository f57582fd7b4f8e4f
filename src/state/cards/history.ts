/** What was done to the cards of one canvas, to be undone and done again. Pure. */
import type { Placement } from '../../canvas/placement.ts';

export interface Move {
  readonly key: string;
  readonly before: Placement;
  readonly after: Placement;
}

export type PlaceVerb = 'move' | 'resize' | 'front' | 'back' | 'tidy';

export type Change =
  | { readonly kind: 'placed'; readonly verb: PlaceVerb; readonly moves: readonly Move[] }
  | { readonly kind: 'removed'; readonly keys: readonly string[] }
  | { readonly kind: 'added'; readonly keys: readonly string[] };

interface Entry {
  readonly change: Change;
  /** In ms since 1970. */
  readonly at: number;
  /** Done by keys, of which one presses many: those soon after each other are one. */
  readonly joins: boolean;
}

export interface History {
  readonly past: readonly Entry[];
  readonly future: readonly Entry[];
}

export type Direction = 'undo' | 'redo';

/** What there is on the canvas, and what could be brought back. */
export interface Present {
  has(key: string): boolean;
  canReturn(key: string): boolean;
}

export const EMPTY_HISTORY: History = { past: [], future: [] };

const DEEPEST = 100;
const JOIN_MS = 1000;

export function record(history: History, change: Change, at: number, joins = false): History {
  if (isNothing(change)) return history;
  const last = history.past.at(-1);
  const joined =
    joins && last?.joins === true && at - last.at < JOIN_MS && join(last.change, change);
  const entry = { change: joined === false ? change : joined, at, joins };
  const kept = joined === false ? history.past : history.past.slice(0, -1);
  return { past: [...kept, entry].slice(-DEEPEST), future: [] };
}

/** The change to undo (or redo) next, and the history after it; what concerns only cards that are gone is passed over. */
export function step(
  history: History,
  direction: Direction,
  present: Present,
): { history: History; change: Change } | null {
  const from = [...(direction === 'undo' ? history.past : history.future)];
  const to = direction === 'undo' ? history.future : history.past;
  for (let entry = from.pop(); entry !== undefined; entry = from.pop()) {
    const change = possible(entry.change, direction, present);
    if (change === null) continue;
    const onto = [...to, { ...entry, joins: false }];
    return {
      change,
      history: direction === 'undo' ? { past: from, future: onto } : { past: onto, future: from },
    };
  }
  return null;
}

/** What `step` would do next, in words that follow "Undo" or "Redo"; null when there is nothing. */
export function nextLabel(history: History, direction: Direction, present: Present): string | null {
  const next = step(history, direction, present);
  return next === null ? null : describe(next.change);
}

export function describe(change: Change): string {
  if (change.kind === 'removed') return `taking down ${pictures(change.keys.length)}`;
  if (change.kind === 'added') return `hanging ${pictures(change.keys.length)}`;
  const many = pictures(change.moves.length);
  return {
    move: `moving ${many}`,
    resize: `resizing ${many}`,
    front: `bringing ${many} to the front`,
    back: `sending ${many} to the back`,
    tidy: `tidying up ${many}`,
  }[change.verb];
}

function pictures(count: number): string {
  return count === 1 ? 'a picture' : `${count} pictures`;
}

function possible(change: Change, direction: Direction, present: Present): Change | null {
  if (change.kind === 'placed') {
    const moves = change.moves.filter(({ key }) => present.has(key));
    return moves.length === 0 ? null : { ...change, moves };
  }
  const takesDown = (change.kind === 'added') === (direction === 'undo');
  const keys = change.keys.filter((key) =>
    takesDown ? present.has(key) : !present.has(key) && present.canReturn(key),
  );
  return keys.length === 0 ? null : { ...change, keys };
}

function join(last: Change, next: Change): Change | false {
  if (last.kind !== 'placed' || next.kind !== 'placed' || last.verb !== next.verb) return false;
  const before = new Map(last.moves.map((move) => [move.key, move.before]));
  if (before.size !== next.moves.length) return false;
  if (!next.moves.every(({ key }) => before.has(key))) return false;
  const moves = next.moves.map((move) => ({
    ...move,
    before: before.get(move.key) ?? move.before,
  }));
  return { ...next, moves };
}

function isNothing(change: Change): boolean {
  return change.kind === 'placed'
    ? change.moves.every(({ before, after }) => same(before, after))
    : change.keys.length === 0;
}

function same(a: Placement, b: Placement): boolean {
  const keys = ['x', 'y', 'width', 'height', 'canvasWidth', 'z'] as const;
  return keys.every((key) => a[key] === b[key]);
}
