import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/**
 * How much slower a preview of a whole environment is than a bare engine preview of as many resources, both as whole
 * processes, taken in turns in one run. Figures of different machines or moments are not comparable; the ratio is.
 *
 * `node dist/bench/preview.js [stack] [rounds]`
 */
const [stack = "production", rounds = "5"] = process.argv.slice(2);
const clone = resolve(__dirname, "..", "..");
const slipway = join(clone, "dist", "sandbox", "cli.js");
const folder = mkdtempSync(join(tmpdir(), "slipway-bench-"));
const bareFolder = join(folder, "bare");

interface Run {
  readonly seconds: number;
  readonly stdout: string;
}

function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Run {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}\n${stdout}\n${stderr}`);
  return { seconds: (performance.now() - start) / 1000, stdout };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const figures = (values: readonly number[]): string =>
  `min ${Math.min(...values).toFixed(2)} s, median ${median(values).toFixed(2)} s, max ${Math.max(...values).toFixed(2)} s`;

function measure(env: NodeJS.ProcessEnv): void {
  const state = JSON.parse(
    readFileSync(
      join(folder, ".slipway", "sandbox", "backend", ".pulumi", "stacks", "slipway", `${stack}.json`),
      "utf8",
    ),
  ) as { readonly checkpoint: { readonly latest: { readonly resources: readonly unknown[] } } };
  const { resources } = state.checkpoint.latest;
  // The stack itself and the provider are there in both.
  const count = String(resources.length - 1);
  const bare = [join(__dirname, "bare-preview.js")];
  const bareEnv = { ...env };
  delete bareEnv["PULUMI_OPTION_CONFIG_FILE"];
  run([...bare, "up", bareFolder, count], bareFolder, bareEnv);

  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < Number(rounds); round++) {
    theirs.push(run([...bare, "preview", bareFolder, count], bareFolder, bareEnv).seconds);
    ours.push(run([slipway, "preview", stack, "--expect-no-changes"], folder, env).seconds);
  }
  process.stdout.write(
    [
      `${resources.length} resources, ${rounds} rounds`,
      `bare engine preview   ${figures(theirs)}`,
      `slipway preview       ${figures(ours)}`,
      `ratio of the medians  ${(median(ours) / median(theirs)).toFixed(2)}`,
      `ratio of the minima   ${(Math.min(...ours) / Math.min(...theirs)).toFixed(2)}`,
      "",
    ].join("\n"),
  );
}

try {
  for (const file of ["Pulumi.yaml", "package.json", "tsconfig.json", `Pulumi.${stack}.yaml`])
    cpSync(join(clone, file), join(folder, file));
  for (const name of ["infra", "node_modules"]) symlinkSync(join(clone, name), join(folder, name));
  mkdirSync(bareFolder);
  writeFileSync(join(bareFolder, "Pulumi.yaml"), "name: bare\nruntime: nodejs\n");
  run([slipway, "up", stack, "--sandbox", "--yes"], folder, process.env);
  const told = JSON.parse(run([slipway, "sandbox", "env", stack, "--json"], folder, process.env).stdout) as {
    readonly data: { readonly environment: NodeJS.ProcessEnv };
  };
  measure({ ...process.env, ...told.data.environment });
} finally {
  spawnSync(process.execPath, [slipway, "sandbox", "stop"], { cwd: folder });
  rmSync(folder, { recursive: true, force: true });
}
