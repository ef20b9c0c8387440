import { expect } from "chai";
import { FaultBook } from "../../../sandbox/faults/fault-book";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { TaskTraits } from "../../../sandbox/model/behaviour";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";

const web: TaskTraits = {
  cluster: "shop",
  service: "web",
  container: "app",
  image: "registry/web:1.4.2",
  taskId: "0123456789abcdef0123456789abcdef",
};
const worker: TaskTraits = { ...web, service: "worker", image: "registry/worker:1.4.1", taskId: "ff".repeat(16) };
const alone: TaskTraits = { ...web, service: undefined, taskId: "aa".repeat(16) };

describe("FaultBook", () => {
  let clock: FakeSandboxClock;
  let dice: number[];
  let logged: string[];
  let book: FaultBook;

  beforeEach(() => {
    clock = new FakeSandboxClock();
    dice = [];
    logged = [];
    const owners: Readonly<Record<string, TaskTraits>> = { "127.1.0.1": web, "127.1.0.2": worker };
    book = new FaultBook({
      clock,
      random: () => dice.shift() ?? 0.999,
      ownerOf: (ip) => owners[ip],
      log: (text) => logged.push(text),
    });
  });

  /** Which of three tasks misbehave. */
  const hit = (): readonly string[] =>
    [web, worker, alone]
      .filter((task) => Object.keys(book.behaviour(task)).length > 0)
      .map(({ service }) => service ?? "alone");

  for (const [selector, expected] of [
    [{}, ["web", "worker", "alone"]],
    [{ service: "web" }, ["web"]],
    [{ service: "w*" }, ["web", "worker"]],
    [{ service: "we?" }, ["web"]],
    [{ service: "shop/web" }, ["web"]],
    [{ service: "*/web" }, ["web"]],
    [{ service: "other/web" }, []],
    [{ service: "we.*" }, []],
    [{ tag: "1.4.2" }, ["web", "alone"]],
    [{ tag: "1.4.*", service: "worker" }, ["worker"]],
    [{ task: "0123" }, ["web"]],
  ] as const) {
    it(`means ${expected.join(", ") || "nobody"} by ${JSON.stringify(selector)}`, () => {
      book.add({ kind: "never-healthy", ...selector });

      expect(hit()).to.deep.equal(expected);
    });
  }

  it("puts faults of the tag and of requests together; what was asked for last outdoes the rest", () => {
    const task = { ...web, image: "web:2-fault.latency.100-fault.crash-after.5" };
    book.add({ kind: "latency", value: "200" });
    book.add({ kind: "error-rate", value: 25 });
    book.add({ kind: "latency", value: 300 });

    expect(book.behaviour(task)).to.deep.equal({ latencyMs: 300, crashAfterSeconds: 5, errorPercent: 25 });
  });

  it("says once which fault in a tag it does not know", () => {
    const task = { ...web, image: "web:2-fault.crush" };
    book.behaviour(task);
    book.startFault(task);

    expect(logged).to.deep.equal(["the tag 2-fault.crush names a fault that there is not: crush"]);
  });

  it("keeps tasks from starting, by request and by tag", () => {
    book.add({ kind: "execution-role-denied", service: "web" });

    expect(
      [web, worker, { ...worker, image: "x:1-fault.registry-denied" }].map((task) => book.startFault(task)),
    ).to.deep.equal([{ kind: "role-denied" }, undefined, { kind: "registry-denied" }]);
  });

  it("ends a fault when its time in the sandbox is over", async () => {
    book.add({ kind: "never-healthy", service: "web", for: "30s" });
    const [entry] = book.list();
    await clock.advance(29_999);
    const before = hit();
    await clock.advance(1);

    expect(entry).to.deep.equal({
      id: "1",
      text: "never-healthy --service web --for 30s",
      summary: "Health and readiness paths answer 503.",
      since: new Date("2026-01-01T00:00:00Z"),
      until: new Date("2026-01-01T00:00:30Z"),
      left: undefined,
    });
    expect([before, hit(), book.list()]).to.deep.equal([["web"], [], []]);
  });

  it("takes single faults back, and all of them", () => {
    book.add({ kind: "latency", value: 1 });
    book.add({ kind: "never-healthy" });
    book.add({ kind: "throttle" });

    expect([book.remove("2"), book.remove("2"), book.lines(), book.clear(), book.lines()]).to.deep.equal([
      true,
      false,
      ["latency 1", "throttle"],
      2,
      [],
    ]);
  });

  it("hits the calls that are meant, under the names that people have for services", () => {
    book.add({ kind: "throttle", api: "elbv2", operation: "modify*" });
    book.add({ kind: "api-latency", value: 250, api: "ecs" });

    expect([
      book.apiFault("elasticloadbalancing", "ModifyRule"),
      book.apiFault("elasticloadbalancing", "DescribeRules"),
      book.apiFault("elasticloadbalancing", undefined),
      book.apiFault("ecs", "UpdateService"),
      book.apiFault("rds", "DescribeDBInstances"),
    ]).to.deep.equal([{ kind: "throttle" }, undefined, undefined, { kind: "latency", ms: 250 }, undefined]);
  });

  it("hits the next so many calls, and then is gone", () => {
    book.add({ kind: "connection-reset", count: 2 });
    const first = [book.apiFault("ecs", "A"), book.lines()];

    expect([...first, book.apiFault("ecs", "B"), book.apiFault("ecs", "C"), book.list()]).to.deep.equal([
      { kind: "reset" },
      ["connection-reset --count 2, 1 more"],
      { kind: "reset" },
      undefined,
      [],
    ]);
  });

  it("hits so many percent of the calls", () => {
    book.add({ kind: "server-error", percent: 30 });
    dice = [0.29, 0.3, 0.99, 0];

    expect([1, 2, 3, 4].map(() => book.apiFault("ecs", "A")?.kind)).to.deep.equal([
      "server-error",
      undefined,
      undefined,
      "server-error",
    ]);
  });

  it("loses targets by address, by port, by task and by service", () => {
    const lost = (): readonly boolean[] =>
      [
        { ip: "127.1.0.1", port: 80 },
        { ip: "127.1.0.1", port: 81 },
        { ip: "127.1.0.2", port: 80 },
        { ip: "127.1.0.3", port: 80 },
      ].map((target) => book.isLost(target));
    const after = (request: object): readonly boolean[] => {
      book.clear();
      book.add(request);
      return lost();
    };

    expect([
      lost(),
      after({ kind: "lost-target", value: "127.1.0.1" }),
      after({ kind: "lost-target", value: "127.1.0.1:81" }),
      after({ kind: "lost-target", value: "ffff" }),
      after({ kind: "ports-unreachable", service: "web" }),
      after({ kind: "ports-unreachable" }),
    ]).to.deep.equal([
      [false, false, false, false],
      [true, true, false, false],
      [false, true, false, false],
      [false, false, true, false],
      [true, true, false, false],
      [true, true, true, false],
    ]);
  });

  for (const [request, message] of [
    [undefined, /^A fault: /],
    [{ kind: "crash-at-stat" }, /^There is no fault "crash-at-stat"\. Did you mean crash-at-start\?$/],
    [{ kind: "toString" }, /^There is no fault "toString"\. There is crash-at-start, /],
    [{ kind: "crash-after" }, /^It is `crash-after <seconds>`\.$/],
    [{ kind: "crash-after", value: "soon" }, /^crash-after <seconds> is `soon`, and must be a number\.$/],
    [{ kind: "error-rate", value: 101 }, /^error-rate <percent> is `101`, and must be at most 100\.$/],
    [{ kind: "never-healthy", value: "1" }, /^It is `never-healthy`, without `1`\.$/],
    [{ kind: "never-healthy", operation: "X" }, /^never-healthy does not take --operation\.$/],
    [{ kind: "never-healthy", sevice: "web" }, /^A fault: .*sevice/],
    [{ kind: "never-healthy", for: "soon" }, /^--for is `soon`: not a duration\.$/],
    [
      { kind: "lost-target", value: "everything" },
      /^lost-target <target> is `everything`, and must be `<ip>`, `<ip>:<port>` or the id of a task\.$/,
    ],
    [{ kind: "throttle", count: 0 }, /^A fault: count must be at least 1\.$/],
    [{ kind: "stop-task", value: "a" }, /^stop-task is done once; it does not hold\.$/],
  ] as const) {
    it(`refuses ${JSON.stringify(request)} with a reason`, () => {
      expect(() => book.add(request))
        .to.throw(AwsFault, message)
        .with.property("code", "InvalidFault");
    });
  }
});
