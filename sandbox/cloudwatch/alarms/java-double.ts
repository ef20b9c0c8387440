/** A number as CloudWatch prints it: `50.0`, `0.001`, `1.073741824E9`. That is how Java does it. */
export function javaDouble(value: number): string {
  if (value === 0) return "0.0";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  return `${digits.includes(".") ? digits : `${digits}.0`}E${Number(exponent)}`;
}
