import { expect } from "chai";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { Answer } from "../../../sandbox/model/service-api";
import { caller, counts, deploymentArn, revision, serviceArn, setUp } from "./deployment-world";

/** Code and text of the error. */
async function refusal(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof AwsFault) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "none";
}

const arnsIn = ({ serviceDeployments }: Answer) =>
  (serviceDeployments as Answer[]).map((one) => String(one["serviceDeploymentArn"]).split("/").at(-1));

async function withThree() {
  const world = setUp();
  for (const name of ["a", "b", "c"]) {
    world.tell(name, { kind: "created", revision: revision(name) });
    await world.clock.advance(60_000);
  }
  world.tell("a", { kind: "finished", outcome: "successful" });
  return world;
}

describe("ListServiceDeployments", () => {
  const web = { cluster: "main", service: "web" };

  it("tells the newest first, in brief", async () => {
    const { ask } = await withThree();
    const answer = await ask("ListServiceDeployments", web);

    expect(arnsIn(answer)).to.deep.equal(["c", "b", "a"]);
    expect(JSON.parse(JSON.stringify((answer["serviceDeployments"] as Answer[])[2]))).to.deep.equal({
      serviceDeploymentArn: deploymentArn("a"),
      serviceArn,
      clusterArn: "arn:aws:ecs:eu-central-1:123456789012:cluster/main",
      createdAt: "2026-01-01T00:00:00.000Z",
      finishedAt: "2026-01-01T00:03:00.000Z",
      targetServiceRevisionArn: counts("1").arn,
      status: "SUCCESSFUL",
    });
  });

  it("gives pages that a token leads on from, also when a new deployment has come in between", async () => {
    const { ask, tell } = await withThree();
    const first = await ask("ListServiceDeployments", { ...web, maxResults: 2 });
    tell("d", { kind: "created", revision: revision("d") });
    const second = await ask("ListServiceDeployments", { ...web, maxResults: 2, nextToken: first["nextToken"] });

    expect([arnsIn(first), arnsIn(second), second["nextToken"]]).to.deep.equal([["c", "b"], ["a"], undefined]);
  });

  it("filters by status and by time", async () => {
    const { ask } = await withThree();
    const minute = Date.parse("2026-01-01T00:01:00Z") / 1000;
    const listed = async (filter: object) => arnsIn(await ask("ListServiceDeployments", { ...web, ...filter }));

    expect([
      await listed({ status: ["SUCCESSFUL"] }),
      await listed({ status: ["PENDING", "IN_PROGRESS"] }),
      await listed({ createdAt: { after: minute } }),
      await listed({ createdAt: { before: minute } }),
      await listed({ status: [] }),
    ]).to.deep.equal([["a"], ["c", "b"], ["c"], ["a"], ["c", "b", "a"]]);
  });

  it("finds the cluster in the ARN of the service", async () => {
    const { ask } = await withThree();

    expect(arnsIn(await ask("ListServiceDeployments", { service: serviceArn }))).to.have.length(3);
  });

  it("tells an unknown cluster from an unknown service", async () => {
    const { ask } = setUp();

    expect([
      await refusal(ask("ListServiceDeployments", { cluster: "main", service: "other" })),
      await refusal(ask("ListServiceDeployments", { cluster: "other", service: "web" })),
      await refusal(ask("ListServiceDeployments", { service: "web" })),
    ]).to.deep.equal([
      "ServiceNotFoundException: Service not found.",
      "ClusterNotFoundException: Cluster not found.",
      "ClusterNotFoundException: Cluster not found.",
    ]);
  });

  const malformed: readonly object[] = [
    { service: undefined },
    { service: 7 },
    { maxResults: 0 },
    { maxResults: 101 },
    { maxResults: "many" },
    { status: ["DONE"] },
    { status: "SUCCESSFUL" },
    { createdAt: { before: "yesterday" } },
    { createdAt: 7 },
    { nextToken: "nonsense" },
    { nextToken: 7 },
  ];
  for (const wrong of malformed)
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      const { ask } = await withThree();

      expect(await refusal(ask("ListServiceDeployments", { ...web, ...wrong }))).to.match(
        /^InvalidParameterException: /,
      );
    });
});

describe("DescribeServiceDeployments and DescribeServiceRevisions", () => {
  it("take 1 to 20 ARNs", async () => {
    const { ask } = await withThree();
    const many = (count: number) => Array.from({ length: count }, () => deploymentArn("a"));
    const refused = async (name: string, value: unknown) =>
      (await refusal(ask(name, { serviceDeploymentArns: value, serviceRevisionArns: value }))).split(":")[0];

    const answers = [];
    for (const name of ["DescribeServiceDeployments", "DescribeServiceRevisions"])
      for (const value of [many(20), many(21), [], undefined, "arn", [7]]) answers.push(await refused(name, value));

    const bad = "InvalidParameterException";
    expect(answers).to.deep.equal(["none", bad, bad, bad, bad, bad, "none", bad, bad, bad, bad, bad]);
  });

  it("know nothing of another account", async () => {
    const { ask } = await withThree();
    const asked = { serviceDeploymentArns: [deploymentArn("a")], serviceRevisionArns: [revision("a").arn] };
    const other = { ...caller, account: "210987654321" };

    expect([
      (await ask("DescribeServiceDeployments", asked, other))["failures"],
      (await ask("DescribeServiceRevisions", asked, other))["failures"],
    ]).to.deep.equal([
      [{ arn: deploymentArn("a"), reason: "MISSING" }],
      [{ arn: revision("a").arn, reason: "MISSING" }],
    ]);
  });
});

describe("StopServiceDeployment", () => {
  const stop = { serviceDeploymentArn: deploymentArn("c") };

  it("asks for a rollback and says so at once; asked again it just goes on", async () => {
    const { ask, state, describe: described } = await withThree();
    const answers = [await ask("StopServiceDeployment", stop), await ask("StopServiceDeployment", stop)];

    expect(answers).to.deep.equal([stop, stop]);
    expect(state.stops).to.deep.equal([`ROLLBACK ${deploymentArn("c")}`]);
    expect((await described("c"))["status"]).to.equal("ROLLBACK_REQUESTED");
  });

  it("can abort", async () => {
    const { ask, describe: described } = await withThree();
    await ask("StopServiceDeployment", { ...stop, stopType: "ABORT" });

    expect((await described("c"))["status"]).to.equal("STOP_REQUESTED");
  });

  it("is too late for one that has ended", async () => {
    const { ask, answers } = await withThree();
    const ended = await refusal(ask("StopServiceDeployment", { serviceDeploymentArn: deploymentArn("a") }));
    answers.stop = "ended";

    expect([ended.split(":")[0], (await refusal(ask("StopServiceDeployment", stop))).split(":")[0]]).to.deep.equal([
      "ConflictException",
      "ConflictException",
    ]);
  });

  it("refuses what it does not know", async () => {
    const { ask } = await withThree();

    expect([
      await refusal(ask("StopServiceDeployment", { serviceDeploymentArn: deploymentArn("z") })),
      await refusal(ask("StopServiceDeployment", stop, { ...caller, region: "us-east-1" })),
      (await refusal(ask("StopServiceDeployment", { ...stop, stopType: "NOW" }))).split(":")[0],
      (await refusal(ask("StopServiceDeployment", {}))).split(":")[0],
    ]).to.deep.equal([
      "ServiceDeploymentNotFoundException: The service deployment does not exist.",
      "ServiceDeploymentNotFoundException: The service deployment does not exist.",
      "InvalidParameterException",
      "InvalidParameterException",
    ]);
  });
});

describe("ContinueServiceDeployment", () => {
  const goOn = { serviceDeploymentArn: deploymentArn("c"), hookId: "ecs-pause-abc" };

  it("answers with the ARN", async () => {
    const { ask } = await withThree();

    expect(await ask("ContinueServiceDeployment", goOn)).to.deep.equal({ serviceDeploymentArn: deploymentArn("c") });
  });

  it("refuses with AWS' own texts", async () => {
    const { ask, answers } = await withThree();
    const refused = (changes: object) => refusal(ask("ContinueServiceDeployment", { ...goOn, ...changes }));
    answers.continue = "not-waiting";

    expect([
      await refused({ hookId: "hook-1" }),
      await refused({ serviceDeploymentArn: deploymentArn("a") }),
      await refused({}),
      await refused({ serviceDeploymentArn: "arn:nothing" }),
    ]).to.deep.equal([
      "InvalidParameterException: Invalid hookId: hookId must follow the format: ecs-{hookType}-{id}",
      "InvalidParameterException: Continuing a service deployment is not allowed for service deployment in terminal states.",
      "InvalidParameterException: Provided hookId is either completed, unavailable, or not associated with the given Resource ARN",
      "ServiceDeploymentNotFoundException: The service deployment does not exist.",
    ]);
    expect((await refused({ action: "WAIT" })).split(":")[0]).to.equal("InvalidParameterException");
  });
});
