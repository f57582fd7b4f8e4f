/** The order in which things were asked and answered in this page; unlike a clock it has no ties. */
export interface Turns {
  /** A number larger than all before. */
  next(): number;
}

export function createTurns(): Turns {
  let last = 0;
  return { next: () => ++last };
}
