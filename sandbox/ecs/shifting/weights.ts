import type { ShiftedListener } from "./model";

/**
 * Weights of the two target groups of a rule. They are whole numbers up to 999 (CreateRule), so shares of a tenth of a
 * percent are told in thousandths.
 *
 * @param green percent
 */
export function weightsOf(
  { blue, green: greenGroup }: Pick<ShiftedListener, "blue" | "green">,
  green: number,
): Readonly<Record<string, number>> {
  const scale = Number.isInteger(green) ? 1 : 10;
  const share = Math.round(green * scale);
  return { [blue]: 100 * scale - share, [greenGroup]: share };
}
