import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { release } from "../../../automation/release/release";
import { releasing, wrongWords, type Refusal } from "./bad-words";
import { openLab, type Lab } from "./lab";
import { shopStack } from "./shop-stack";
import { textsIn } from "./texts-in";

/** Another account's registry, and one that this environment must never use. */
const elsewhere = "111122223333";
const forbidding = shopStack.replace(`{ id: "686831565523" }`, `{ id: "686831565523", forbidden: ["${elsewhere}"] }`);
const webAlarm = "shop-staging-web-error-rate";

describe("bad input to a release", function () {
  this.timeout(300_000);
  let lab: Lab;

  const backend = (...path: readonly string[]): string => join(lab.folder, ".slipway/sandbox/backend", ...path);
  const stateFile = (): string => backend(".pulumi/stacks/slipway/staging.json");
  const openRecord = (service: string): string => backend(".slipway/releases/slipway/staging/open", `${service}.json`);
  const stackFile = (): string => join(lab.folder, "Pulumi.staging.yaml");

  before(async () => {
    lab = await openLab(() => forbidding);
    await lab.push("web", "v2");
    // The first look at a stack makes it, with a state of its own.
    await lab.slipway("outputs", "production", "--sandbox");
  });
  after(() => lab.remove());

  /** Everything that a release could change. */
  async function everything(): Promise<unknown> {
    const { services, rules } = await lab.cloud.until("any state", () => true);
    const records = ["releases", "points", "watches"].flatMap((kind) => textsIn(backend(".slipway", kind)));
    return {
      services: services.map(({ name, desired, deployments }) => [
        name,
        desired,
        deployments.map(({ id, status, taskDefinition }) => [id, status, taskDefinition]),
      ]),
      weights: rules.map(({ port, priority, weights }) => [
        port,
        priority,
        weights.map(({ group, weight }) => [group, weight]),
      ]),
      records,
      state: readFileSync(stateFile(), "utf8"),
    };
  }

  /** Runs the words, and finds the answer they deserve and everything as it was. */
  async function refused({ words, exitCode, code, says }: Omit<Refusal, "what">, consent = ["--yes"]): Promise<void> {
    const before = await everything();
    const { code: ended, stdout, stderr } = await lab.slipway(...words, "--sandbox", ...consent, "--json");
    const { error } = JSON.parse(stdout === "" ? "{}" : stdout) as {
      readonly error?: { readonly code: string; readonly message: string; readonly remedy: string };
    };
    const said = `${error?.message}\n${error?.remedy}`;
    expect([ended, error?.code], `${stdout}${stderr}`).to.deep.equal([exitCode, code]);
    for (const text of says) expect(said).to.include(text);
    expect(await everything()).to.deep.equal(before);
  }

  /** While a file has another text. */
  async function whileFile(path: string, edit: (text: string) => string, work: () => Promise<void>): Promise<void> {
    const text = readFileSync(path, "utf8");
    const other = edit(text);
    expect(other).not.to.equal(text);
    writeFileSync(path, other);
    try {
      await work();
    } finally {
      writeFileSync(path, text);
    }
  }

  const outcomeOf = async (...words: readonly string[]): Promise<number | null> =>
    (await lab.slipway(...words, "--sandbox", "--yes")).code;

  const fault = async (kind: string, value: string, service?: string): Promise<unknown> =>
    lab.cloud.control("POST", "fault", { kind, value, ...(service === undefined ? {} : { service }) });

  for (const { what, ...rest } of wrongWords) it(`refuses ${what}`, () => refused(rest));

  it("begins nothing where nobody can be asked and nobody has said yes", () =>
    refused(
      { words: releasing("web=v2"), exitCode: 2, code: "usage", says: ["no terminal to ask on", "--yes", "--dry-run"] },
      [],
    ));

  it("refuses an image of a forbidden account", () =>
    whileFile(
      stackFile(),
      (text) =>
        text.replace(
          "686831565523.dkr.ecr.eu-central-1.amazonaws.com/shop-worker",
          `${elsewhere}.dkr.ecr.eu-central-1.amazonaws.com/shop-worker`,
        ),
      () =>
        refused({
          words: releasing("worker=v2"),
          exitCode: 3,
          code: "preflight",
          says: [
            "The preflight found 1 fault:",
            `is in account ${elsewhere}, which is forbidden for this environment`,
            "Push the image to the registry of account 686831565523, and correct `image.repository`.",
          ],
        }),
    ));

  it("refuses a stack that a newer version has deployed", () =>
    whileFile(
      stateFile(),
      (text) => text.replaceAll(/("releases": ?\{\s*"agent": ?\{)/g, `$1"mirror":true,`),
      () =>
        refused({
          words: releasing("web=v2"),
          exitCode: 3,
          code: "record-newer",
          says: [`The output "releases" of staging`, "newer Slipway", "Nothing was changed."],
        }),
    ));

  it("refuses while an alarm fires, unless somebody says why it does not matter", async () => {
    await fault("alarm-forced", webAlarm);
    try {
      await refused({
        words: releasing("web=v2"),
        exitCode: 3,
        code: "preflight",
        says: [`Alarm ${webAlarm} fires`, `--ignore-alarm ${webAlarm} --reason <text>`],
      });
      const ignoring = releasing("web=v2", "--ignore-alarm", webAlarm);
      await refused({
        words: ignoring,
        exitCode: 2,
        code: "usage",
        says: ["--reason", "nothing, with --ignore-alarm"],
      });
      expect(await outcomeOf(...ignoring, "--reason", "INC-204", "--dry-run")).to.equal(0);
    } finally {
      await lab.cloud.control("POST", "fault-clear", {});
    }
  });

  it("lets only one release of a service be under way, and neither up nor destroy beside it", async () => {
    const { serviceLock } = await lab.context();
    const held = await serviceLock("web").acquire({ command: "release", waitMs: 0, say: () => undefined });
    const holder = `process ${process.pid}`;
    try {
      await refused({ words: releasing("web=v2"), exitCode: 4, code: "release-locked", says: [holder] });
      for (const command of ["up", "destroy"])
        await refused({
          words: [command, "staging"],
          exitCode: 4,
          code: "release-locked",
          says: ["A release of web in staging is under way", holder, "slipway release status staging web"],
        });
    } finally {
      await held.release();
    }
  });

  it("leads out of a release that nobody goes on with", async () => {
    const stop = new AbortController();
    stop.abort();
    const never = new AbortController().signal;
    const stopped = await lab.context(() => ({
      interrupts: () => ({ signal: stop.signal, stop: stop.signal, terminate: never }),
    }));
    const end = await release(stopped, { targets: ["web=v2"], yes: true }).catch((error: unknown) => error);
    expect(end).to.have.property("code", "interrupted");
    const ways = ["slipway release resume staging web", "slipway release abort staging web"];

    await refused({ words: releasing("web=v2"), exitCode: 3, code: "release-open", says: ["v1 -> v2", ...ways] });
    for (const command of ["up", "destroy"])
      await refused({ words: [command, "staging"], exitCode: 3, code: "release-open", says: ways });
    // What a later form adds is kept and changes nothing; what it cannot be read without is not guessed.
    for (const [edit, exitCode, code, says] of [
      [(text: string) => text.replace(/"fence"/, `"mirror": true, "fence"`), 3, "release-open", ways],
      [
        (text: string) => text.replace(/"schema": ?1/, `"schema": 2`),
        3,
        "record-newer",
        ["written by a newer Slipway"],
      ],
      [(text: string) => text.replace(/"plan"/, `"plane"`), 1, "record-unreadable", ["open/web.json", "put it back"]],
    ] as const)
      await whileFile(openRecord("web"), edit, () => refused({ words: releasing("web=v2"), exitCode, code, says }));

    expect(await outcomeOf("release", "abort", "staging", "web")).to.equal(10);
    expect(await outcomeOf(...releasing("web=v2", "--dry-run"))).to.equal(0);
  });

  it("refuses while the live side does not run, and names what starts it again", async () => {
    const serviceName = "shop-staging-worker-service";
    await lab.push("worker", "v2");
    await fault("change-desired-count", "0", `shop-staging-cluster/${serviceName}`);
    await lab.cloud.until("no worker", ({ services }) =>
      services.some(({ name, running }) => name === serviceName && running === 0),
    );

    await refused({
      words: releasing("worker=v2"),
      exitCode: 5,
      code: "preflight",
      says: [`${serviceName} is live and runs nothing`, "`slipway up staging --refresh`"],
    });

    expect(await outcomeOf("up", "staging", "--refresh")).to.equal(0);
    await lab.cloud.until("a worker again", ({ services }) =>
      services.some(({ name, running }) => name === serviceName && running === 1),
    );
    expect(await outcomeOf(...releasing("worker=v2", "--dry-run"))).to.equal(0);
  });

  it("refuses while somebody has split the traffic, and names what puts it back", async () => {
    const { traffic } = await lab.context();
    const outputs = await lab.json("outputs", "staging", "--sandbox");
    const { TargetGroupArns: groups } = outputs["outputs"] as {
      readonly TargetGroupArns: { readonly api: { readonly api: { readonly blue: string; readonly green: string } } };
    };
    const routes = await traffic.routesBetween(groups.api.api);
    await traffic.setWeights(routes, { blue: 70, green: 30 });
    await lab.push("api", "v2");

    await refused({
      words: releasing("api=v2"),
      exitCode: 3,
      code: "preflight",
      says: ["split blue 70 / green 30, and blue is the live slot", "`slipway restart staging api`"],
    });

    expect(await outcomeOf("restart", "staging", "api")).to.equal(0);
    expect((await traffic.weights(routes)).map(({ weights }) => weights)).to.deep.equal(
      routes.map(() => ({ blue: 0, green: 100 })),
    );
    expect(await lab.differences()).to.deep.equal([]);
  });
});
