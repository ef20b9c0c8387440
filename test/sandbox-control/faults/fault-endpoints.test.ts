import { expect } from "chai";
import { cloudActions } from "../../../sandbox/faults/cloud-actions";
import type { FaultActions } from "../../../sandbox/faults/fault-actions";
import { FaultBook } from "../../../sandbox/faults/fault-book";
import { faultRequests } from "../../../sandbox/faults/fault-client";
import { faultEndpoints } from "../../../sandbox/faults/fault-endpoints";
import type { TaskTraits } from "../../../sandbox/model/behaviour";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { Scope } from "../../../sandbox/model/scope";
import { FakeMoto } from "../../_fakes/fake-moto";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";

const here: Scope = { account: "123456789012", region: "eu-central-1" };
const there: Scope = { account: "210987654321", region: "us-east-1" };

/** Remembers what it was told to do. */
class Recorder implements FaultActions {
  readonly done: unknown[][] = [];
  known: readonly Scope[] = [here];
  readonly scopes = (): readonly Scope[] => this.known;
  readonly forceAlarm = (...of: unknown[]): void => void this.done.push(["forceAlarm", ...of]);
  readonly releaseAlarm = (...of: unknown[]): void => void this.done.push(["releaseAlarm", ...of]);
  readonly tasks = (): readonly TaskTraits[] => [
    { cluster: "shop", service: "web", container: "web", image: "web:1", taskId: "abcd1234" },
  ];
  readonly stopDatabase = async (...of: unknown[]): Promise<void> => void this.done.push(["stopDatabase", ...of]);
  readonly setWeights = (...of: unknown[]): void => void this.done.push(["setWeights", ...of]);
  readonly updateService = (...of: unknown[]): void => void this.done.push(["updateService", ...of]);
  readonly stopTask = (...of: unknown[]): void => void this.done.push(["stopTask", ...of]);
  readonly deleteImage = async (...of: unknown[]): Promise<void> => void this.done.push(["deleteImage", ...of]);
  readonly deleteSecret = async (...of: unknown[]): Promise<void> => void this.done.push(["deleteSecret", ...of]);
  readonly dropSecretKey = async (...of: unknown[]): Promise<void> => void this.done.push(["dropSecretKey", ...of]);
}

describe("the faults that are asked for on the command line", () => {
  let actions: Recorder;
  let faults: ReturnType<typeof faultRequests>;

  beforeEach(() => {
    actions = new Recorder();
    const book = new FaultBook({ clock: new FakeSandboxClock(), random: () => 0 });
    const endpoints = faultEndpoints(book, actions);
    faults = faultRequests(async (method, name, body) => {
      const endpoint = endpoints[`${method} ${name}`];
      if (endpoint?.kind !== "answer") throw new Error(`no ${method} ${name}`);
      // Through JSON, as over the wire.
      const answer: unknown = await endpoint.answer(body && JSON.parse(JSON.stringify(body)));
      return JSON.parse(JSON.stringify(answer)) as Record<string, unknown>;
    });
  });

  it("hold until they are over or cleared, and are listed", async () => {
    const added = await faults.add({ kind: "error-rate", value: "25", service: "web", for: "5m" });
    await faults.add({ kind: "throttle", api: "ecs", count: 3 });
    const listed = await faults.list();
    const one = await faults.clear("1");
    const rest = await faults.clear(undefined);

    expect([added, listed, one, rest, await faults.list()].map(({ summary }) => summary)).to.deep.equal([
      "1: error-rate 25 --service web --for 5m, until 2026-01-01T00:05:00.000Z\nSo many percent of the requests are answered with 500; health checks are not.",
      "1: error-rate 25 --service web --for 5m, until 2026-01-01T00:05:00.000Z\n2: throttle --api ecs --count 3, 3 more",
      "1 fault cleared.",
      "1 fault cleared.",
      "Nothing goes wrong.",
    ]);
  });

  it("are explained, each with what it is on AWS", async () => {
    expect((await faults.kinds("crash-a")).summary.split("\n")).to.deep.equal([
      "The program in a task (also in the tag of an image: `1.4.2-fault.crash-after.30`):",
      "  crash-at-start [exit code] [--service] [--tag] [--task] [--for]",
      "      The program ends right after its start.",
      "      On AWS: A missing variable, a bad migration: `Essential container in task exited`.",
      "  crash-after <seconds> [--service] [--tag] [--task] [--for]",
      "      The program ends with exit code 1 so long after its start.",
      "      On AWS: A release that comes up well and falls over when it is used.",
    ]);
  });

  const arn = "arn:aws:elasticloadbalancing:us-east-1:210987654321:listener-rule/app/x/1/2/3";

  for (const [request, done, summary] of [
    [{ kind: "stop-database", value: "shop" }, ["stopDatabase", here, "shop"], "shop is being stopped."],
    [
      { kind: "change-weights", value: arn, weights: "blue=90, green=10" },
      ["setWeights", there, arn, { blue: 90, green: 10 }],
      `Weights of ${arn}: blue=90, green=10.`,
    ],
    [
      { kind: "change-desired-count", value: "0", service: "shop/web" },
      ["updateService", here, { cluster: "shop", service: "web" }, { desiredCount: 0 }],
      "shop/web is to run 0 tasks.",
    ],
    [
      { kind: "change-task-definition", value: "web:3", service: "shop/web" },
      ["updateService", here, { cluster: "shop", service: "web" }, { taskDefinition: "web:3" }],
      "shop/web is to run web:3.",
    ],
    [
      { kind: "stop-task", value: "arn:aws:ecs:us-east-1:210987654321:task/shop/abc" },
      ["stopTask", there, "abc", "A fault of the sandbox"],
      "arn:aws:ecs:us-east-1:210987654321:task/shop/abc is being stopped.",
    ],
    [
      { kind: "delete-image", value: "shop/web:1.4.2" },
      ["deleteImage", here, "shop/web", "1.4.2"],
      "shop/web:1.4.2 is gone.",
    ],
    [{ kind: "delete-secret", value: "db" }, ["deleteSecret", here, "db"], "db is gone."],
    [
      { kind: "drop-secret-key", value: "db", key: "password", to: "Password" },
      ["dropSecretKey", here, "db", "password", "Password"],
      "password of db is called Password now.",
    ],
  ] as const) {
    it(`have ${request.kind} done by others, at once`, async () => {
      const report = await faults.add(request);

      expect(actions.done).to.deep.equal([done]);
      expect(report.summary).to.equal(summary);
      expect((await faults.list()).data).to.deep.equal({ faults: [] });
    });
  }

  it("hold an alarm in a state, and let go of it when they are cleared", async () => {
    const { summary } = await faults.add({ kind: "alarm-forced", value: "web-5xx", for: "5m" });
    actions.known = [here, there];
    await faults.clear(undefined);

    expect(summary.split("\n")[0]).to.equal("1: alarm-forced web-5xx --for 5m, until 2026-01-01T00:05:00.000Z");
    expect(actions.done).to.deep.equal([
      ["forceAlarm", here, "web-5xx", "ALARM", "A fault of the sandbox"],
      ["releaseAlarm", here, "web-5xx"],
    ]);
  });

  it("are cleared with a word on what stays as it was made", async () => {
    await faults.add({ kind: "delete-secret", value: "db" });
    await faults.add({ kind: "throttle" });
    const [first, second] = [await faults.clear(undefined), await faults.clear(undefined)];

    expect(first.summary).to.equal("1 fault cleared.\nWhat was done once stays:\n  db is gone.");
    expect(second.summary).to.equal("0 faults cleared.");
  });

  for (const [request, isWarned] of [
    [{ kind: "never-healthy", service: "web" }, false],
    [{ kind: "never-healthy", service: "wbe" }, true],
    [{ kind: "image-missing", tag: "2" }, true],
    [{ kind: "lost-target", value: "abcd" }, false],
    [{ kind: "lost-target", value: "dcba" }, true],
    [{ kind: "lost-target", value: "127.1.2.3" }, false],
    [{ kind: "throttle", api: "ecs" }, false],
  ] as const) {
    it(`${isWarned ? "warn" : "do not warn"} that nobody is meant by ${JSON.stringify(request)}`, async () => {
      const { summary } = await faults.add(request);
      expect(summary.includes("No task is meant by it at the moment")).to.equal(isWarned);
    });
  }

  for (const [request, message] of [
    [{ kind: "change-desired-count", value: "1", service: "web" }, "It needs `--service <cluster>/<service>`."],
    [{ kind: "change-weights", value: arn }, "It needs `--weights <target group>=<0 to 999>,...`."],
    [{ kind: "change-weights", value: arn, weights: "a=1000" }, "It needs `--weights <target group>=<0 to 999>,...`."],
    [{ kind: "drop-secret-key", value: "db" }, "drop-secret-key needs `--key`."],
    [
      { kind: "delete-secret", value: "db", account: "999999999999" },
      "Which account and region? There is none. Say `--account` and `--region`.",
    ],
  ] as const) {
    it(`refuse ${JSON.stringify(request)}`, async () => {
      const error: unknown = await faults.add(request).catch((reason: unknown) => reason);

      expect(error).to.be.instanceOf(AwsFault).with.property("message", message);
      expect(actions.done).to.deep.equal([]);
    });
  }

  it("ask for account and region where there are several, and take what is said", async () => {
    actions.known = [here, there];
    const error: unknown = await faults.add({ kind: "delete-secret", value: "db" }).catch((reason: unknown) => reason);
    await faults.add({ kind: "delete-secret", value: "db", region: "us-east-1" });

    expect(error).to.have.property(
      "message",
      "Which account and region? There is 123456789012 eu-central-1, 210987654321 us-east-1. Say `--account` and `--region`.",
    );
    expect(actions.done).to.deep.equal([["deleteSecret", there, "db"]]);
  });
});

describe("cloudActions", () => {
  const secret = (text: string): FakeMoto =>
    new FakeMoto({
      "secretsmanager.GetSecretValue": () => ({ SecretString: text }),
      "secretsmanager.PutSecretValue": () => ({}),
    });

  it("takes a key out of a secret, or gives it another name", async () => {
    const moto = secret('{"user":"u","password":"p"}');
    await cloudActions(moto).dropSecretKey(here, "db", "password", undefined);
    await cloudActions(moto).dropSecretKey(here, "db", "password", "Password");

    expect(moto.calls.filter(({ name }) => name.endsWith("PutSecretValue")).map(({ input }) => input)).to.deep.equal([
      { SecretId: "db", SecretString: '{"user":"u"}' },
      { SecretId: "db", SecretString: '{"user":"u","Password":"p"}' },
    ]);
  });

  for (const [text, message] of [
    ['{"user":"u"}', "db has no password; it has user."],
    ["plain", "db is not JSON, so it has no keys."],
    ["[1]", "db is not JSON, so it has no keys."],
  ] as const) {
    it(`changes nothing in a secret that is ${text}`, async () => {
      const moto = secret(text);
      const error: unknown = await cloudActions(moto)
        .dropSecretKey(here, "db", "password", undefined)
        .catch((reason: unknown) => reason);

      expect(error).to.be.instanceOf(AwsFault).with.property("message", message);
      expect(moto.calls.map(({ name }) => name)).to.deep.equal(["secretsmanager.GetSecretValue"]);
    });
  }

  it("says why an image could not be deleted", async () => {
    const target = "AmazonEC2ContainerRegistry_V20150921.BatchDeleteImage";
    const moto = new FakeMoto({ [target]: () => ({ failures: [{ failureReason: "Requested image not found" }] }) });
    const error: unknown = await cloudActions(moto)
      .deleteImage(here, "web", "1")
      .catch((reason: unknown) => reason);

    expect(error).to.have.property("message", "web:1: Requested image not found");
    expect(moto.calls).to.deep.equal([
      { name: target, scope: here, input: { repositoryName: "web", imageIds: [{ imageTag: "1" }] } },
    ]);
  });
});
