/** Changes of both sides of a list without doubles, and of a value that has no parts. Pure. */
import type { Merged } from './textMerge.ts';

/** What either side took out is out, what either side put in is in; in their order, mine after it. */
export function mergeLists(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
): Merged<readonly string[]> {
  if (isSame(mine, theirs) || isSame(theirs, base)) return { value: mine };
  if (isSame(mine, base)) return { value: theirs };
  const removed = new Set(base.filter((item) => !mine.includes(item)));
  const known = new Set([...base, ...theirs]);
  const added = mine.filter((item) => !known.has(item));
  return { value: [...theirs.filter((item) => !removed.has(item)), ...added] };
}

/** Of a value without parts only one side's change can stand. */
export function mergeWhole<Value>(base: Value, mine: Value, theirs: Value): Merged<Value> {
  if (isSame(mine, theirs) || isSame(theirs, base)) return { value: mine };
  if (isSame(mine, base)) return { value: theirs };
  return { value: mine, theirs };
}

/** How many items are in one of the lists only. */
export function listDistance(a: readonly string[], b: readonly string[]): number {
  const lacking = (list: readonly string[], item: string): boolean => !list.includes(item);
  return a.filter((item) => lacking(b, item)).length + b.filter((item) => lacking(a, item)).length;
}

export function wholeDistance(a: unknown, b: unknown): number {
  return isSame(a, b) ? 0 : 1;
}

/** Compares values as they are written down: numbers, texts, lists, plain objects in one key order. */
export function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}
