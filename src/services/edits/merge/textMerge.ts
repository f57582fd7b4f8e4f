/** Two people's changes of one text, joined where they wrote in different places. Pure. */
import { type Hunk, changesOf } from './textDiff.ts';

/** What becomes of a value that was changed on both sides. */
export interface Merged<Value> {
  /** Both sides' changes; where they cannot both stand, mine. */
  readonly value: Value;
  /** The same with theirs where they cannot both stand; absent when all could be joined. */
  readonly theirs?: Value;
}

/** Hunks of both sides that touch the same part of the text they started from. */
interface Cluster {
  start: number;
  end: number;
  mine: Hunk[];
  theirs: Hunk[];
}

export function mergeTexts(base: string, mine: string, theirs: string): Merged<string> {
  if (mine === theirs || theirs === base) return { value: mine };
  if (mine === base) return { value: theirs };
  let value = '';
  let other = '';
  let conflict = false;
  let at = 0;
  for (const cluster of clusters(changesOf(base, mine), changesOf(base, theirs))) {
    const between = base.slice(at, cluster.start);
    const [ours, yours] = joined(base, cluster);
    conflict ||= ours !== yours;
    value += between + ours;
    other += between + yours;
    at = cluster.end;
  }
  value += base.slice(at);
  other += base.slice(at);
  return conflict ? { value, theirs: other } : { value };
}

/** How many characters would have to be taken out and put in. */
export function textDistance(a: string, b: string): number {
  return changesOf(a, b).reduce((sum, { start, end, text }) => sum + end - start + text.length, 0);
}

/** Where a caret is in a text that became another one while it stood there. */
export function movedCaret(before: string, after: string, caret: number): number {
  let moved = caret;
  for (const { start, end, text } of changesOf(before, after)) {
    if (start >= caret) break;
    moved += end <= caret ? text.length - (end - start) : Math.min(0, start + text.length - caret);
  }
  return Math.max(0, Math.min(after.length, moved));
}

function joined(base: string, cluster: Cluster): [mine: string, theirs: string] {
  const mine = applied(base, cluster, cluster.mine);
  const theirs = applied(base, cluster, cluster.theirs);
  if (cluster.theirs.length === 0) return [mine, mine];
  if (cluster.mine.length === 0) return [theirs, theirs];
  return [mine, theirs];
}

function applied(base: string, { start, end }: Cluster, hunks: readonly Hunk[]): string {
  let text = '';
  let at = start;
  for (const hunk of hunks) {
    text += base.slice(at, hunk.start) + hunk.text;
    at = hunk.end;
  }
  return text + base.slice(at, end);
}

function clusters(mine: readonly Hunk[], theirs: readonly Hunk[]): Cluster[] {
  const all = [
    ...mine.map((hunk) => ({ hunk, side: 'mine' as const })),
    ...theirs.map((hunk) => ({ hunk, side: 'theirs' as const })),
  ].toSorted((a, b) => a.hunk.start - b.hunk.start || a.hunk.end - b.hunk.end);
  const found: Cluster[] = [];
  for (const { hunk, side } of all) {
    const last = found.at(-1);
    if (last !== undefined && touches(last, hunk)) {
      last.end = Math.max(last.end, hunk.end);
      last[side].push(hunk);
    } else {
      const cluster: Cluster = { start: hunk.start, end: hunk.end, mine: [], theirs: [] };
      cluster[side].push(hunk);
      found.push(cluster);
    }
  }
  return found;
}

/** Whether they change the same words, or write at the same point; side by side is no conflict. */
function touches(cluster: Cluster, hunk: Hunk): boolean {
  const samePoint = hunk.start === cluster.start && hunk.end === cluster.end;
  return samePoint || hunk.start < cluster.end;
}
