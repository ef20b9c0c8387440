import type { Call } from "./counting-proxy";

/** A run of a driver; points in time are of `performance.now()`. */
export interface Drive {
  readonly start: number;
  readonly end: number;
  /** The deployment was COMPLETED. */
  readonly steady: number;
  readonly calls: readonly Call[];
  /** Of the machine in the last minute. */
  readonly load: number;
}

/** Seconds, unless it says otherwise. */
export interface Figures {
  readonly total: number;
  /** From the start of the command to UpdateService: what the driver needs to begin. */
  readonly toUpdate: number;
  /** From the steady state to the end of the command: what it needs to notice and to end. */
  readonly fromSteady: number;
  /** Number of calls. */
  readonly calls: number;
  /** Number of calls between UpdateService and the steady state. */
  readonly waitingCallsPerMinute: number;
  /** Of the machine, when it was over. */
  readonly load: number;
}

export function figuresOf({ start, end, steady, calls, load }: Drive): Figures {
  const update = calls.find(({ operation }) => operation === "UpdateService");
  if (update === undefined) throw new Error(`no UpdateService: ${calls.map(({ operation }) => operation).join(", ")}`);
  const waiting = calls.filter(({ at }) => at > update.at && at < steady);
  return {
    total: (end - start) / 1000,
    toUpdate: (update.at - start) / 1000,
    fromSteady: (end - steady) / 1000,
    calls: calls.length,
    waitingCallsPerMinute: (waiting.length * 60_000) / (steady - update.at),
    load,
  };
}

type Driver = "slipway" | "ecs-deploy";

const rows: readonly {
  readonly title: string;
  readonly of: keyof Figures;
  readonly unit: string;
  readonly aim?: number;
}[] = [
  { title: "total", of: "total", unit: "s" },
  { title: "start to UpdateService", of: "toUpdate", unit: "s", aim: 3 },
  { title: "steady state to exit", of: "fromSteady", unit: "s", aim: 5 },
  { title: "API calls", of: "calls", unit: "" },
  { title: "API calls per minute of waiting", of: "waitingCallsPerMinute", unit: "" },
  { title: "load of the machine", of: "load", unit: "" },
];

/** A table of medians with their spans; the ratio is ours to theirs. */
export function describeDrivers(
  figures: Readonly<Record<Driver, readonly Figures[]>>,
  { speed, services }: { readonly speed: number; readonly services: Readonly<Record<Driver, string>> },
): string {
  const line = (cells: readonly string[]): string =>
    cells.map((cell, index) => (index === 0 ? cell.padEnd(32) : cell.padStart(20))).join("");
  return [
    `A rolling release of one service, ${figures.slipway.length} times each, clock of the sandbox at ${speed}`,
    `slipway releases ${services.slipway}, ecs-deploy ${services["ecs-deploy"]}: of the same shape, since a stack whose service ecs-deploy has changed is refused as not remembered.`,
    ...(speed === 1
      ? []
      : ["AWS is faster than it is: only the time to UpdateService and the number of calls before it are as on AWS."]),
    "",
    line(["median (min-max)", "slipway", "ecs-deploy", "ratio", "aim of slipway"]),
    ...rows.map(({ title, of, unit, aim }) => {
      const [ours, theirs] = [figures.slipway, figures["ecs-deploy"]].map((each) => each.map((one) => one[of]));
      const ratio = median(ours ?? []) / median(theirs ?? []);
      return line([
        title,
        span(ours ?? [], unit),
        span(theirs ?? [], unit),
        of === "load" ? "" : ratio.toFixed(2),
        aim === undefined ? "" : `${aim} s at most`,
      ]);
    }),
    "",
  ].join("\n");
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
};

const span = (values: readonly number[], unit: string): string =>
  `${median(values).toFixed(1)}${unit === "" ? "" : ` ${unit}`} (${Math.min(...values).toFixed(1)}-${Math.max(...values).toFixed(1)})`;
