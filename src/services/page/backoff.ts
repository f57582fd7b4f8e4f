const FIRST_MS = 1000;
const LONGEST_MS = 20_000;

/** How long to wait before try number `attempt + 1`: doubling, with a spread against stampedes. */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempt - 1));
  return Math.round(full * (0.8 + 0.4 * random()));
}
