import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ensurePythonEnvironment } from "../sandbox/emulator/python-environment";
import { proxyEnvironment } from "../sandbox/session/environment";
import { countingProxy, type CountingProxy } from "./counting-proxy";
import { deploymentEnds, type DeploymentEnds } from "./deployment-ends";
import { describeDrivers, figuresOf, type Drive, type Figures } from "./release-figures";

/**
 * What the driver itself adds to a rolling release, beside ecs-deploy that does the same to a service of the same shape,
 * in turns, in one sandbox whose clock goes as fast as AWS'. The aims are ours alone.
 *
 * `node dist/bench/release.js [rounds] [--speed <times>] [--calls]`: 2 rounds take six minutes at speed 1, and
 * `--calls` tells each call when it came.
 */
const words = process.argv.slice(2);
const speed = words.includes("--speed") ? (words[words.indexOf("--speed") + 1] ?? "20") : "1";
const rounds = Number(words.find((word, index) => words[index - 1] !== "--speed" && !word.startsWith("--")) ?? "2");

const stack = "staging";
const clone = resolve(__dirname, "..", "..");
const cli = join(clone, "dist", "sandbox", "cli.js");
const folder = mkdtempSync(join(tmpdir(), "slipway-bench-"));
/** Both have two tasks of 1 vCPU and the same health check; whoever releases by other means than Slipway leaves its stack behind, so each has its own. */
const services = { slipway: "agent", "ecs-deploy": "orchestrator" } as const;

interface Told {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface Outputs {
  readonly ClusterName: string;
  readonly ServiceNames: Readonly<Record<string, { readonly blue: string }>>;
}

function slipway<T>(env: NodeJS.ProcessEnv, ...args: readonly string[]): T {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args, "--json"], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`slipway ${args.join(" ")} ended with ${status}\n${stdout}\n${stderr}`);
  return (JSON.parse(stdout) as { readonly data: T }).data;
}

/** Runs a driver as a process and writes down what happened meanwhile. */
async function drive(
  { proxy, ends }: { readonly proxy: CountingProxy; readonly ends: DeploymentEnds },
  service: string,
  [command, args, env]: readonly [string, readonly string[], NodeJS.ProcessEnv],
): Promise<Drive> {
  proxy.take();
  const before = ends.of(service);
  const start = performance.now();
  const child = spawn(command, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
  const code = await new Promise<number | null>((done, failed) => child.once("error", failed).once("close", done));
  const end = performance.now();
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}\n${said}`);
  const steady = await ends.after(service, before);
  const calls = proxy.take();
  if (words.includes("--calls"))
    process.stderr.write(
      calls.map(({ operation, at }) => `${((at - start) / 1000).toFixed(2)} ${operation}\n`).join(""),
    );
  return { start, end, steady: steady.at, calls, load: loadavg()[0] ?? 0 };
}

async function measure(): Promise<Readonly<Record<keyof typeof services, readonly Figures[]>>> {
  slipway({ ...process.env, SLIPWAY_SANDBOX_SPEED: "60" }, "up", stack, "--sandbox", "--yes");
  const told = slipway<Told>(process.env, "sandbox", "env", stack);
  const python = await ensurePythonEnvironment({
    venv: join(clone, ".slipway", "sandbox", "clients-venv"),
    requirementsFile: join(clone, "test", "sandbox", "clients", "requirements.txt"),
    say: (line) => void process.stderr.write(`${line}\n`),
    what: "the AWS CLI and ecs-deploy",
  });
  const proxy = await countingProxy(told.endpoint);
  const ends = await deploymentEnds(told.endpoint);
  const repository = (service: string): string =>
    `${told.account}.dkr.ecr.${told.region}.amazonaws.com/axonflow-${service}`;
  const aws = { ...process.env, ...told.environment, AWS_ENDPOINT_URL: proxy.url };
  const { ClusterName: cluster, ServiceNames: names } = slipway<{ readonly outputs: Outputs }>(
    { ...process.env, ...told.environment },
    ...["outputs", stack],
  ).outputs;
  const nameOf = (service: string): string => names[service]?.blue ?? "";
  await ends.allQuiet();
  const commands = {
    slipway: (tag: string) =>
      [
        process.execPath,
        [cli, "release", stack, `${services.slipway}=${tag}`, "--bake", "0s", "--yes"],
        { ...aws, ...proxyEnvironment(told) },
      ] as const,
    "ecs-deploy": (tag: string) =>
      [
        python,
        // By its module: its script names the folder that it was installed in.
        [
          "-c",
          "from ecs_deploy.cli import ecs; ecs(prog_name='ecs')",
          "deploy",
          cluster,
          nameOf(services["ecs-deploy"]),
        ]
          .concat(["--image", services["ecs-deploy"], `${repository(services["ecs-deploy"])}:${tag}`])
          .concat(["--timeout", "1200"]),
        { ...aws, PYTHONWARNINGS: "ignore", LC_ALL: "C.UTF-8" },
      ] as const,
  };
  slipway(process.env, "sandbox", "clock", "--speed", speed);
  const figures: Record<keyof typeof services, Figures[]> = { slipway: [], "ecs-deploy": [] };
  for (let round = 1; round <= rounds; round++) {
    for (const driver of ["slipway", "ecs-deploy"] as const) {
      const [service, tag] = [services[driver], `bench-${round}`];
      slipway(process.env, "sandbox", "image", "push", `${repository(service)}:${tag}`, "--stack", stack);
      const found = figuresOf(await drive({ proxy, ends }, nameOf(service), commands[driver](tag)));
      figures[driver].push(found);
      process.stderr.write(`round ${round}, ${driver}: ${found.total.toFixed(1)} s\n`);
    }
  }
  ends.stop();
  proxy.close();
  return figures;
}

async function run(): Promise<void> {
  try {
    for (const file of ["Pulumi.yaml", "package.json", "tsconfig.json", `Pulumi.${stack}.yaml`])
      cpSync(join(clone, file), join(folder, file));
    for (const name of ["infra", "node_modules"]) symlinkSync(join(clone, name), join(folder, name));
    process.stdout.write(describeDrivers(await measure(), { speed: Number(speed), services }));
  } finally {
    spawnSync(process.execPath, [cli, "sandbox", "stop"], { cwd: folder });
    rmSync(folder, { recursive: true, force: true });
  }
}

void run();
