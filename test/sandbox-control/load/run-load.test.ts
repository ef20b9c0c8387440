import { expect } from "chai";
import fc from "fast-check";
import type { Outcome } from "../../../sandbox/load/outcome";
import { runLoad, type LoadOptions, type LoadReport, type LoadTarget } from "../../../sandbox/load/run-load";
import type { SecondReport } from "../../../sandbox/load/tally";
import { FakeWorld } from "./fake-world";

const target: LoadTarget = { origin: "http://127.0.0.1:1", path: "/", headers: {} };
const ok = (version = "v1", task = "t1"): Outcome => ({ kind: "answer", status: 200, version, task });

/** Runs a load in invented time against a service that answers as told. */
async function load(
  options: Partial<LoadOptions>,
  serve: (target: LoadTarget, atMs: number) => { readonly afterMs: number; readonly outcome: Outcome },
  more: { readonly groupOf?: (task: string) => string | undefined; readonly stopAtMs?: number } = {},
): Promise<{ report: LoadReport; seconds: readonly SecondReport[] }> {
  const world = new FakeWorld();
  const seconds: SecondReport[] = [];
  const stop = new AbortController();
  if (more.stopAtMs !== undefined) world.after(more.stopAtMs, () => stop.abort());
  const report = runLoad(
    { targets: [target], rps: 10, durationMs: 2000, ...options },
    {
      now: () => world.now(),
      after: (ms, work) => world.after(ms, work),
      send: (to, done) => {
        const { afterMs, outcome } = serve(to, world.now());
        world.after(afterMs, () => done(outcome));
      },
      ...(more.groupOf && { groupOf: more.groupOf }),
      onSecond: (second) => seconds.push(second),
      stop: stop.signal,
    },
  );
  world.run();
  return { report: await report, seconds };
}

describe("a load", () => {
  it("sends every request when it is due and counts what becomes of them", async () => {
    const { report, seconds } = await load(
      {},
      (_, atMs) => ({
        afterMs: 5,
        outcome:
          atMs < 1000
            ? ok("v1", "t1")
            : atMs < 1500
              ? ok("v2", "t2")
              : { kind: "answer", status: 503, version: undefined, task: undefined },
      }),
      { groupOf: (task) => ({ t1: "blue", t2: "green" })[task] },
    );

    const exact = { p50: 5, p90: 5, p99: 5, max: 5 };
    expect(near(report)).to.deep.equal({
      rps: 10,
      durationMs: 2000,
      maxLagMs: 0,
      sent: 20,
      answered: 15,
      failed: 5,
      failures: { "503": 5 },
      byStatus: { "200": 15, "503": 5 },
      byVersion: { v1: { count: 10, percent: 66.67 }, v2: { count: 5, percent: 33.33 } },
      byGroup: { blue: { count: 10, percent: 66.67 }, green: { count: 5, percent: 33.33 } },
      latencyMs: exact,
      seconds: [
        { second: 0, sent: 10, answered: 10, failed: 0, byVersion: { v1: 10 }, latencyMs: exact },
        { second: 1, sent: 10, answered: 5, failed: 5, byVersion: { v2: 5 }, latencyMs: exact },
      ],
    });
    expect(seconds.map(({ second, sent }) => [second, sent])).to.deep.equal([[0, 10]]);
  });

  it("goes on sending while nothing answers, and counts each wait from when its request was due", async () => {
    // Everything that is sent in the first second is answered at its end.
    const { report } = await load({ durationMs: 1000 }, (_, atMs) => ({ afterMs: 1000 - atMs, outcome: ok() }));

    expect(report.sent).to.equal(10);
    expect(report.latencyMs?.max).to.equal(1000);
    expect(report.latencyMs?.p50).to.be.closeTo(500, 5);
  });

  it("counts a timeout's whole wait, and no wait of a refused connection", async () => {
    const { report } = await load({ durationMs: 200 }, (_, atMs) =>
      atMs === 0
        ? { afterMs: 3000, outcome: { kind: "timeout" } }
        : { afterMs: 1, outcome: { kind: "connection", reason: "ECONNREFUSED" } },
    );

    expect(report.failures).to.deep.equal({ connection: 1, timeout: 1 });
    expect(report.latencyMs).to.deep.equal({ p50: 3000, p90: 3000, p99: 3000, max: 3000 });
  });

  it("gives every target its turn", async () => {
    const paths: string[] = [];
    await load({ targets: ["/a", "/b"].map((path) => ({ ...target, path })), durationMs: 500 }, ({ path }) => {
      paths.push(path);
      return { afterMs: 1, outcome: ok() };
    });

    expect(paths).to.deep.equal(["/a", "/b", "/a", "/b", "/a"]);
  });

  it("sends nothing more once it is stopped, and waits for what is on its way", async () => {
    const { report } = await load({ durationMs: 60_000 }, () => ({ afterMs: 400, outcome: ok() }), { stopAtMs: 950 });

    expect([report.sent, report.answered, report.durationMs]).to.deep.equal([10, 10, 950]);
  });

  it("tells when it could not keep its schedule itself", async () => {
    const world = new FakeWorld();
    const report = runLoad(
      { targets: [target], rps: 10, durationMs: 1000 },
      {
        now: () => world.now(),
        // A machine that is too busy: every timer is a third of a second late.
        after: (ms, work) => world.after(ms + 333, work),
        send: (_, done) => done(ok()),
      },
    );
    world.run();

    expect((await report).sent).to.equal(10);
    expect((await report).maxLagMs).to.be.greaterThan(300);
  });

  it("sends as many as the rate and the time say, and loses none, at any rate", async () => {
    const rates = fc.record({
      rps: fc.double({ min: 0.5, max: 700, noNaN: true }),
      durationMs: fc.integer({ min: 10, max: 4000 }),
    });
    await fc.assert(
      fc.asyncProperty(rates, async ({ rps, durationMs }) => {
        const { report } = await load({ rps, durationMs }, () => ({ afterMs: 2, outcome: ok() }));
        const bySecond = report.seconds.reduce((sum, { sent }) => sum + sent, 0);
        expect([report.sent, bySecond]).to.deep.equal(
          Array(2).fill(Math.max(1, Math.round((rps * durationMs) / 1000))),
        );
        expect(report.answered).to.equal(report.sent);
      }),
      { numRuns: 30 },
    );
  });
});

/** The report with latencies in whole milliseconds, as they are within half a percent. */
const near = (report: LoadReport): unknown =>
  JSON.parse(JSON.stringify(report), (key, value: unknown) =>
    /^(p\d+|max)$/.test(key) && typeof value === "number" ? Math.round(value) : value,
  );
