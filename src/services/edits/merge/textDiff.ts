/** The changes that make one text of another, word by word. Pure. */

/** The characters from `start` to before `end` of the first text became `text`. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Words; signs and blanks one by one; letters one by one where words are not parted by blanks. */
const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]`;
const PIECES = new RegExp(`(?:(?!${UNSPACED})[\\p{L}\\p{N}\\p{M}_'’])+|[^]`, 'gu');

/** From so many changed words on, all between the first and the last counts as one change. */
const MOST_CHANGES = 400;

export function changesOf(before: string, after: string): Hunk[] {
  const a = before.match(PIECES) ?? [];
  const b = after.match(PIECES) ?? [];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  const room = Math.min(a.length, b.length) - head;
  while (tail < room && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const middleA = a.slice(head, a.length - tail);
  const middleB = b.slice(head, b.length - tail);
  return toHunks(a, lengthOf(a.slice(0, head)), middleA, middleB, head);
}

function toHunks(
  all: readonly string[],
  offset: number,
  a: readonly string[],
  b: readonly string[],
  head: number,
): Hunk[] {
  const hunks: Hunk[] = [];
  let i = 0;
  let j = 0;
  let at = offset;
  for (const [keepA, keepB] of [...keptPairs(a, b), [a.length, b.length] as const]) {
    const end = at + lengthOf(all.slice(head + i, head + keepA));
    if (keepA > i || keepB > j) hunks.push({ start: at, end, text: b.slice(j, keepB).join('') });
    at = end + (a[keepA]?.length ?? 0);
    i = keepA + 1;
    j = keepB + 1;
  }
  return hunks;
}

/** The pieces that stay, as pairs of places: the longest common subsequence, after Myers. */
function keptPairs(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  if (a.length === 0 || b.length === 0) return [];
  const trace: Map<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  for (let changes = 0; changes <= Math.min(a.length + b.length, MOST_CHANGES); changes++) {
    trace.push(reach);
    reach = new Map(reach);
    for (let k = -changes; k <= changes; k += 2) {
      let x = firstStep(reach, k, changes);
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) return walkBack(trace, a.length, b.length);
    }
  }
  return [];
}

function firstStep(reach: Map<number, number>, k: number, changes: number): number {
  const down = reach.get(k + 1) ?? -1;
  const right = reach.get(k - 1) ?? -1;
  return k === -changes || (k !== changes && right < down) ? down : right + 1;
}

function walkBack(trace: readonly Map<number, number>[], endA: number, endB: number) {
  const pairs: (readonly [number, number])[] = [];
  let x = endA;
  let y = endB;
  for (let changes = trace.length - 1; changes >= 0; changes--) {
    const reach = trace[changes] ?? new Map<number, number>();
    const k = x - y;
    const start = firstStep(reach, k, changes);
    while (x > start && y > start - k) pairs.push([--x, --y]);
    const down =
      k === -changes || (k !== changes && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
    const from = down ? k + 1 : k - 1;
    x = reach.get(from) ?? 0;
    y = x - from;
  }
  return pairs.reverse();
}

function lengthOf(pieces: readonly string[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}
