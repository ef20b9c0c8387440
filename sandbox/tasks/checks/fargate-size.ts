const gib = 1024;

/** From, to, and step in MiB by CPU units: "Task CPU and memory" in the ECS developer guide. */
const sizes: Readonly<
  Record<number, { readonly only?: readonly number[]; readonly range?: readonly [number, number, number] }>
> = {
  256: { only: [512, gib, 2 * gib] },
  512: { range: [gib, 4 * gib, gib] },
  1024: { range: [2 * gib, 8 * gib, gib] },
  2048: { range: [4 * gib, 16 * gib, gib] },
  4096: { range: [8 * gib, 30 * gib, gib] },
  8192: { range: [16 * gib, 60 * gib, 4 * gib] },
  16384: { range: [32 * gib, 120 * gib, 8 * gib] },
};

/** CPU units and MiB of a task on Fargate, or what ECS says of a size that there is not. */
export function fargateSize(cpu: string, memory: string): { readonly cpu: number; readonly memory: number } | string {
  const units = amount(cpu, /^(\d*\.?\d+)\s*vcpu$/i);
  const size = units === undefined ? undefined : sizes[units];
  if (units === undefined || !size) {
    return (
      "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS " +
      "Developer Guide."
    );
  }
  const mebibytes = amount(memory, /^(\d*\.?\d+)\s*gb$/i);
  const fits =
    mebibytes !== undefined &&
    (size.only?.includes(mebibytes) ?? (size.range !== undefined && isIn(mebibytes, size.range)));
  return fits ? { cpu: units, memory: mebibytes } : "No Fargate configuration exists for given values.";
}

const isIn = (value: number, [from, to, step]: readonly [number, number, number]): boolean =>
  value >= from && value <= to && (value - from) % step === 0;

/** `1024`, or as many times 1024 as the text with a unit says. */
function amount(text: string, withUnit: RegExp): number | undefined {
  const plain = text.trim();
  if (/^\d+$/.test(plain)) return Number(plain);
  const [, count] = withUnit.exec(plain) ?? [];
  return count === undefined ? undefined : Number(count) * 1024;
}
