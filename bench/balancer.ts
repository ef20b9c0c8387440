import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { createBalancer } from "../sandbox/balancer/balancer";
import type { SandboxClock, Timer } from "../sandbox/model/clock";

/**
 * How many requests go through the sandbox's load balancer to six programs in the same process, and what that costs
 * beside a direct connection to the programs, in one run. The load comes from another process.
 *
 * `node dist/bench/balancer.js [requests per second] [seconds]`
 */
const [rate = "2000", seconds = "10"] = process.argv.slice(2);

const clock: SandboxClock = {
  now: () => new Date(),
  after: (ms, work) =>
    timer(
      setTimeout(() => void work(), ms / speed),
      clearTimeout,
    ),
  every: (ms, work) =>
    timer(
      setInterval(() => void work(), ms / speed),
      clearInterval,
    ),
};
const speed = 20;
const timer = (handle: NodeJS.Timeout, stop: (handle: NodeJS.Timeout) => void): Timer => ({
  cancel: () => stop(handle),
});

const prefix = "arn:aws:elasticloadbalancing:eu-central-1:123456789012";
const group = `${prefix}:targetgroup/bench/0123456789abcdef`;
const balancerArn = `${prefix}:loadbalancer/app/bench/0123456789abcdef`;
const listener = `${prefix}:listener/app/bench/0123456789abcdef/1`;
const forward = { Type: "forward", ForwardConfig: { TargetGroups: [{ TargetGroupArn: group, Weight: 100 }] } };
const cloud = {
  LoadBalancers: [
    { LoadBalancerArn: balancerArn, LoadBalancerName: "bench", DNSName: "bench.example", Type: "application" },
  ],
  Listeners: [{ ListenerArn: listener, LoadBalancerArn: balancerArn, Port: 80, Protocol: "HTTP" }],
  Rules: [
    {
      RuleArn: `${listener}/10`,
      ListenerArn: listener,
      Priority: "10",
      IsDefault: false,
      Conditions: [{ Field: "path-pattern", Values: ["/api/*"] }],
      Actions: [forward],
    },
    {
      RuleArn: `${listener}/0`,
      ListenerArn: listener,
      Priority: "default",
      IsDefault: true,
      Conditions: [],
      Actions: [forward],
    },
  ],
  TargetGroups: [
    {
      TargetGroupArn: group,
      Port: 8080,
      Protocol: "HTTP",
      TargetType: "ip",
      HealthCheckPath: "/health",
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
    },
  ],
};

interface Figures {
  readonly rps: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly errors: number;
  readonly cpu: number;
}

/** Loads the addresses in turn; CPU in cores. */
async function load(addresses: readonly string[]): Promise<Figures & { readonly ownCpu: number }> {
  const before = process.cpuUsage();
  const start = performance.now();
  const child = spawn(process.execPath, [join(__dirname, "balancer-load.js"), addresses.join(), rate, seconds], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = "";
  child.stdout.on("data", (chunk: Buffer) => (told += chunk.toString()));
  await new Promise((resolve) => child.once("close", resolve));
  const { user, system } = process.cpuUsage(before);
  return { ...(JSON.parse(told) as Figures), ownCpu: (user + system) / 1000 / (performance.now() - start) };
}

const line = (name: string, { rps, p50, p99, max, errors, cpu, ownCpu }: Awaited<ReturnType<typeof load>>): string =>
  `${name} ${rps.toFixed(0)} rps, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, max ${max.toFixed(0)} ms, ` +
  `${errors} errors; CPU of the sandbox ${ownCpu.toFixed(2)}, of the load ${cpu.toFixed(2)} cores`;

async function run(): Promise<void> {
  const balancer = createBalancer({
    clock,
    moto: {
      call: () => Promise.resolve({}),
      query: () => Promise.resolve(),
      door: () => Promise.resolve(cloud),
    },
    faults: { isLost: () => false },
    metrics: { put: () => undefined },
    versionOf: () => "1",
  });
  await balancer.reload({ account: "123456789012", region: "eu-central-1" });
  const programs: Server[] = [];
  for (let number = 1; number <= 6; number++) {
    const program = createServer((_request, response) => {
      response.setHeader("Content-Type", "application/json");
      response.end('{"version":"1"}');
    });
    program.keepAliveTimeout = 65_000;
    await new Promise<void>((resolve) => program.listen(18_999, `127.9.9.${number}`, resolve));
    programs.push(program);
    balancer.targets.register(group, { id: `127.9.9.${number}`, port: 18_999 });
  }
  while (balancer.targets.health(group).some(({ state }) => state !== "healthy"))
    await new Promise((resolve) => setTimeout(resolve, 50));

  const through = await load([balancer.ports()[0]?.address ?? ""]);
  const direct = await load(programs.map((_, index) => `http://127.9.9.${index + 1}:18999`));
  process.stdout.write(
    [
      line("balancer", through),
      line("direct  ", direct),
      `ratio     p50 ${(through.p50 / direct.p50).toFixed(1)}, CPU of the sandbox ${(through.ownCpu / direct.ownCpu).toFixed(1)}`,
      "",
    ].join("\n"),
  );
  await balancer.close();
  for (const program of programs) {
    program.close();
    program.closeAllConnections();
  }
}

void run();
