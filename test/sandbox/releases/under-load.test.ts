import { expect } from "chai";
import type { Context } from "../../../automation/context";
import { release } from "../../../automation/release/release";
import type { Slot } from "../../../infra/releases";
import { failureOf, type Outcome } from "../../../sandbox/load/outcome";
import { runLoad, type LoadReport } from "../../../sandbox/load/run-load";
import { loadPorts } from "../../../sandbox/load/sockets";
import { newestOf } from "./end-state";
import { openLab, type Lab } from "./lab";
import { mayHaveWeight, recordedTraffic, type WeightCall } from "./weights-seen";

const services = ["web", "api"] as const;
type Service = (typeof services)[number];
const paths: Readonly<Record<Service, string>> = { web: "/", api: "/api/orders" };
const releases = 20;
const rps = 200;
/** Seconds of the cloud for one. */
const speed = 120;

interface Answer {
  readonly path: string;
  readonly sent: number;
  readonly answered: number;
  readonly outcome: Outcome;
}

describe("twenty releases under load", function () {
  this.timeout(900_000);
  let lab: Lab;
  let context: Context;
  const calls: WeightCall[] = [];
  const answers: Answer[] = [];
  const seconds: number[] = [];
  /** ECS service by task. */
  const tasks = new Map<string, string>();
  let report: LoadReport;

  before(async () => {
    lab = await openLab((text) =>
      text.replace("{ strategy: canary, steps: [", "{ strategy: canary, steps: [{ percent: 10, bakeSeconds: 60 }, "),
    );
    for (const service of services) await lab.push(service, "v2", "v3");
    await lab.cloud.control("POST", "clock", { speed });
    context = await lab.context(({ traffic }) => ({ traffic: recordedTraffic(traffic, calls) }));
  });

  after(() => lab.remove());

  it("of both services at once all end well", async () => {
    const watching = await lab.cloud.watch((state) => {
      for (const { id, service } of state.tasks) tasks.set(id, service);
    });
    const stop = new AbortController();
    const load = loaded(await lab.origin(), stop.signal, answers);
    const codes: number[] = [];
    try {
      for (let turn = 0; turn < releases; turn++) {
        const begun = performance.now();
        const version = turn % 2 === 0 ? "v2" : "v3";
        const { exitCode = 0 } = await release(context, {
          targets: services.map((service) => `${service}=${version}`),
          yes: true,
        });
        codes.push(exitCode);
        seconds.push((performance.now() - begun) / 1000);
      }
    } finally {
      stop.abort();
      report = await load;
      watching.stop();
    }
    print(report, seconds, calls);
    expect(codes).to.deep.equal(Array<number>(releases).fill(0));
  });

  it("lose no request", () => {
    const failed = answers.filter(({ outcome }) => failureOf(outcome) !== undefined);
    expect(failed).to.deep.equal([]);
    expect(answers.length).to.equal(report.sent);
  });

  it("let no slot answer that had no weight", async () => {
    const wrong: string[] = [];
    let judged = 0;
    for (const service of services) {
      const { plan } = await newestOf(context, service);
      const slotOf = new Map(
        (["blue", "green"] as const).map((slot): [string, Slot] => [plan.slots[slot]?.serviceName ?? "", slot]),
      );
      const [route] = plan.routes;
      // It begins with all on blue.
      const first: WeightCall = { arn: route?.arn ?? "", weights: { blue: 100, green: 0 }, begun: 0, ended: 0 };
      const own = [first, ...calls.filter(({ arn }) => arn === route?.arn)];
      for (const { path, sent, answered, outcome } of answers) {
        if (path !== paths[service] || outcome.kind !== "answer") continue;
        const name = tasks.get(outcome.task ?? "");
        const slot = slotOf.get(name ?? "");
        judged += 1;
        if (slot === undefined || !mayHaveWeight(own, slot, sent, answered))
          wrong.push(`${path} by ${name ?? outcome.task} at ${sent.toFixed(0)}-${answered.toFixed(0)}`);
      }
    }
    expect({ wrong: wrong.slice(0, 10), judged }).to.deep.equal({ wrong: [], judged: answers.length });
  });
});

/** Sends requests to every path until it is stopped. */
async function loaded(origin: string, stop: AbortSignal, answers: Answer[]): Promise<LoadReport> {
  const ports = loadPorts({ connections: 64, timeoutMs: 15_000 });
  try {
    return await runLoad(
      { targets: Object.values(paths).map((path) => ({ origin, path, headers: {} })), rps, durationMs: 3_600_000 },
      {
        ...ports,
        stop,
        send: (target, done) => {
          const sent = performance.now();
          ports.send(target, (outcome) => {
            answers.push({ path: target.path, sent, answered: performance.now(), outcome });
            done(outcome);
          });
        },
      },
    );
  } finally {
    ports.close();
  }
}

function print(
  { sent, latencyMs, maxLagMs }: LoadReport,
  seconds: readonly number[],
  calls: readonly WeightCall[],
): void {
  const sorted = [...seconds].sort((one, other) => one - other);
  const [least, middle, most] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((value) =>
    value?.toFixed(1),
  );
  process.stdout.write(
    `    ${sent} requests (${rps}/s), p99 ${latencyMs?.p99} ms, generator late by ${maxLagMs} ms at most; ` +
      `${releases} releases of ${services.length} services, ${least}/${middle}/${most} s each (least/median/most); ` +
      `${calls.length} weight calls\n`,
  );
}
