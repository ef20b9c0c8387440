import { loadPorts } from "../sandbox/load/sockets";
import { runLoad } from "../sandbox/load/run-load";

/**
 * Sends requests at a fixed rate in a process of its own, and prints what it saw as JSON. Two seconds before, in which
 * both processes get warm, do not count.
 *
 * `node balancer-load.js <address,...> <requests per second> <seconds>`
 */
const [addresses = "", rate = "2000", seconds = "10"] = process.argv.slice(2);
const targets = addresses.split(",").map((origin) => ({ origin, path: "/", headers: {} }));

async function run(): Promise<void> {
  // As `sandbox load` has it: without a limit a short pause of a busy machine becomes a storm of new connections.
  const ports = loadPorts({ connections: 64, timeoutMs: 10_000 });
  const load = async (durationMs: number) => runLoad({ targets, rps: Number(rate), durationMs }, ports);
  await load(2_000);
  const before = process.cpuUsage();
  const start = performance.now();
  const { answered, failed, latencyMs } = await load(Number(seconds) * 1_000);
  const elapsed = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(before);
  ports.close();
  process.stdout.write(
    JSON.stringify({
      rps: answered / elapsed,
      p50: latencyMs?.p50,
      p99: latencyMs?.p99,
      max: latencyMs?.max,
      errors: failed,
      cpu: (user + system) / 1e6 / elapsed,
    }),
  );
}

void run();
