/** What is known of the samples of one period. */
export interface Bucket {
  sum: number;
  min: number;
  max: number;
  count: number;
  /** Value -> how often; undefined where only a statistic set is known, of which no percentile can be made. */
  samples: Map<number, number> | undefined;
}

/** Samples that come together, or a statistic set. */
export type Samples =
  | { readonly kind: "values"; readonly values: readonly number[]; readonly counts?: readonly number[] | undefined }
  | {
      readonly kind: "set";
      readonly sum: number;
      readonly min: number;
      readonly max: number;
      readonly count: number;
    };

/** More different values than this in a bucket, and they are rounded to three digits: memory is bounded. */
const exactSamples = 200;

/** A period without samples yet. */
export const emptyBucket = (): Bucket => ({ sum: 0, min: Infinity, max: -Infinity, count: 0, samples: new Map() });

/** Adds samples to a period, in place. */
export function addSamples(bucket: Bucket, samples: Samples): void {
  if (samples.kind === "values") {
    samples.values.forEach((value, index) => addValue(bucket, value, samples.counts?.[index] ?? 1));
    return;
  }
  const { sum, min, max, count } = samples;
  // A set of one value, however often, is as good as its samples.
  if (min === max && Math.abs(sum - min * count) <= Math.abs(sum) * 1e-9) return addValue(bucket, min, count);
  addFigures(bucket, samples);
  bucket.samples = undefined;
}

/** Adds what one bucket has to another, in place: a long period is made of minutes. */
export function mergeBucket(into: Bucket, from: Bucket): void {
  addFigures(into, from);
  if (from.samples === undefined) into.samples = undefined;
  else for (const [value, count] of from.samples) addSample(into, value, count);
}

function addFigures(bucket: Bucket, from: Pick<Bucket, "sum" | "min" | "max" | "count">): void {
  bucket.sum += from.sum;
  bucket.min = Math.min(bucket.min, from.min);
  bucket.max = Math.max(bucket.max, from.max);
  bucket.count += from.count;
}

function addValue(bucket: Bucket, value: number, count: number): void {
  if (count <= 0) return;
  addFigures(bucket, { sum: value * count, min: value, max: value, count });
  addSample(bucket, value, count);
}

function addSample({ samples }: Bucket, value: number, count: number): void {
  if (samples === undefined) return;
  const key = samples.size >= exactSamples && !samples.has(value) ? Number(value.toPrecision(3)) : value;
  samples.set(key, (samples.get(key) ?? 0) + count);
}
