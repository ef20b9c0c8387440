import { Agent, request } from "node:http";

/**
 * Sends requests at a fixed rate, whatever becomes of the answers, and prints what it saw as JSON,
 * two seconds of warming up left out.
 * `node balancer-load.js <address,...> <requests per second> <seconds>`
 */
const [addresses = "", rate = "2000", seconds = "10"] = process.argv.slice(2);
const targets = addresses.split(",").map((address) => new URL(address));
const agent = new Agent({ keepAlive: true, scheduling: "lifo" });
const durations: number[] = [];
let errors = 0;
let sent = 0;
let open = 0;

function send(due: number): void {
  const target = targets[sent++ % targets.length] ?? new URL("http://127.0.0.1");
  open++;
  const isMeasured = sent > warmUp;
  const over = (isGood: boolean): void => {
    open--;
    if (!isMeasured) return;
    if (isGood) durations.push(performance.now() - due);
    else errors++;
  };
  request({ host: target.hostname, port: target.port, path: "/", agent }, (answer) => {
    answer.resume();
    answer.on("end", () => over(answer.statusCode === 200));
  })
    .on("error", () => over(false))
    .end();
}

/** What both processes need to get warm is not measured. */
const warmUp = Number(rate) * 2;
const wanted = warmUp + Number(rate) * Number(seconds);
const start = performance.now();
const pulse = setInterval(() => {
  const due = Math.min(wanted, Math.floor(((performance.now() - start) / 1000) * Number(rate)));
  // Measured from the moment at which it was due: a queue in front of the sender counts.
  while (sent < due) send(start + ((sent + 1) / Number(rate)) * 1000);
  if (sent < wanted || open > 0) return;
  clearInterval(pulse);
  agent.destroy();
  const elapsed = (performance.now() - start) / 1000;
  durations.sort((one, other) => one - other);
  const at = (share: number): number => durations[Math.floor((durations.length - 1) * share)] ?? Number.NaN;
  const { user, system } = process.cpuUsage();
  process.stdout.write(
    JSON.stringify({
      rps: (durations.length / elapsed) * (wanted / (wanted - warmUp)),
      p50: at(0.5),
      p99: at(0.99),
      max: at(1),
      errors,
      cpu: (user + system) / 1e6 / elapsed,
    }),
  );
}, 1);
