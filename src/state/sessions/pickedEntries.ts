/** Which entries of a list are chosen, and from where a range would reach. Pure. */
export interface PickedEntries {
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | null;
}

export const NOTHING_PICKED: PickedEntries = { ids: new Set(), anchor: null };

export function toggled({ ids }: PickedEntries, id: string): PickedEntries {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** All from the anchor to this one, in the order of the list; without an anchor this one. */
export function reaching(
  { ids, anchor }: PickedEntries,
  id: string,
  order: readonly { readonly id: string }[],
): PickedEntries {
  const from = order.findIndex((one) => one.id === anchor);
  const to = order.findIndex((one) => one.id === id);
  if (from < 0 || to < 0) return { ids: new Set([...ids, id]), anchor: id };
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1).map((one) => one.id);
  return { ids: new Set([...ids, ...range]), anchor };
}
