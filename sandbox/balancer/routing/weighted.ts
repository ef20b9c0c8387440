/** A choice and its share. */
export interface Weighted<T> {
  readonly item: T;
  readonly weight: number;
}

/**
 * One of the items, each as often as its weight says; undefined when all weights are 0.
 *
 * @param draw from 0, to 1 exclusive
 */
export function chooseByWeight<T>(items: readonly Weighted<T>[], draw: number): T | undefined {
  let total = 0;
  for (const { weight } of items) total += weight;
  if (total <= 0) return undefined;
  let left = draw * total;
  for (const { item, weight } of items) {
    left -= weight;
    if (left < 0) return item;
  }
  // Sums of fractions may fall short of the total by a hair.
  return items.findLast(({ weight }) => weight > 0)?.item;
}
