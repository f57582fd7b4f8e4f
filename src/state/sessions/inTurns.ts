/** So many requests at once leave the browser some for pictures. */
const AT_ONCE = 4;

export interface Outcome<Item, Result> {
  /** In the order of the items. */
  readonly done: Result[];
  readonly failed: { readonly item: Item; readonly error: unknown }[];
}

/** Does the work for each item, a few at a time; one that fails does not stop the others. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Outcome<Item, Result>> {
  const results = new Map<number, Result>();
  const failed: { item: Item; error: unknown }[] = [];
  let next = 0;
  const walk = async (): Promise<void> => {
    for (let place = next++; place < items.length; place = next++) {
      const item = items[place] as Item;
      try {
        results.set(place, await work(item));
      } catch (error) {
        failed.push({ item, error });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, walk));
  const done = [...results.entries()].sort(([a], [b]) => a - b).map(([, result]) => result);
  return { done, failed };
}
