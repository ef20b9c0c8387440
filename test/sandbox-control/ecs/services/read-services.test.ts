import { expect } from "chai";
import { createServices } from "../../../../sandbox/ecs/services";
import type { Answer } from "../../../../sandbox/model/service-api";
import { caller, clusterArn, ServiceWorld } from "../service-world";

const refusal = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => "accepted",
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );

const named = (count: number): string => `web-${String(count).padStart(2, "0")}`;

describe("DescribeServices", () => {
  it("tells what is there, by name or ARN, and what is missing", async () => {
    const world = new ServiceWorld();
    await world.create();
    const services = ["web", "arn:aws:ecs:eu-central-1:123456789012:service/main/web", "none"];
    const answer = await world.call("DescribeServices", { cluster: clusterArn, services });
    const found = answer["services"] as readonly Answer[];
    expect(found.map(({ serviceName, tags }) => [serviceName, tags])).to.deep.equal([
      ["web", undefined],
      ["web", undefined],
    ]);
    expect(answer["failures"]).to.deep.equal([
      { arn: "arn:aws:ecs:eu-central-1:123456789012:service/main/none", reason: "MISSING" },
    ]);
  });

  it("takes one to ten at once, of a cluster that is there", async () => {
    const world = new ServiceWorld();
    const eleven = Array.from({ length: 11 }, (_, index) => named(index));
    expect([
      await refusal(world.call("DescribeServices", { cluster: "main", services: [] })),
      await refusal(world.call("DescribeServices", { cluster: "main", services: eleven })),
      await refusal(world.call("DescribeServices", { cluster: "none", services: ["web"] })),
      await refusal(world.call("DescribeServices", { cluster: "main" })),
    ]).to.deep.equal([
      "InvalidParameterException: Services cannot be empty.",
      "InvalidParameterException: Services cannot have more than 10 elements.",
      "ClusterNotFoundException: Cluster not found.",
      "SerializationException: services: Invalid input: expected array, received undefined",
    ]);
  });
});

describe("ListServices", () => {
  it("gives ten on a page, each service once, also while others come and go", async () => {
    const world = new ServiceWorld();
    for (let count = 0; count < 23; count++) await world.create({ serviceName: named(count) });
    const seen: string[] = [];
    let nextToken: unknown;
    const sizes: number[] = [];
    do {
      const page = await world.call("ListServices", { cluster: "main", ...(nextToken ? { nextToken } : {}) });
      const arns = page["serviceArns"] as readonly string[];
      nextToken = page["nextToken"];
      sizes.push(arns.length);
      seen.push(...arns.map((arn) => arn.split("/").at(-1) ?? ""));
      await world.call("DeleteService", { cluster: "main", service: named(0), force: true });
    } while (nextToken);
    expect([sizes, seen]).to.deep.equal([[10, 10, 3], Array.from({ length: 23 }, (_, index) => named(index))]);
  });

  it("lists by launch type and strategy, and nothing that drains", async () => {
    const world = new ServiceWorld();
    await world.create();
    await world.create({ serviceName: "gone" });
    await world.call("DeleteService", { cluster: "main", service: "gone", force: true });
    const list = async (input: object): Promise<unknown> =>
      ((await world.call("ListServices", { cluster: "main", ...input }))["serviceArns"] as string[]).length;
    expect([
      await list({}),
      await list({ launchType: "EC2" }),
      await list({ schedulingStrategy: "DAEMON" }),
      await list({ cluster: "other" }),
    ]).to.deep.equal([1, 0, 0, 0]);
  });

  it("refuses tokens that are none, and pages of a size that is none", async () => {
    const world = new ServiceWorld();
    expect([
      await refusal(world.call("ListServices", { cluster: "main", nextToken: "abc" })),
      (await refusal(world.call("ListServices", { cluster: "main", maxResults: 101 }))).split(":")[0],
    ]).to.deep.equal(["InvalidParameterException: Invalid token.", "InvalidParameterException"]);
  });
});

describe("DeleteService", () => {
  it("wants the count at 0 first, unless it is forced", async () => {
    const world = new ServiceWorld();
    await world.create();
    const refused = await refusal(world.call("DeleteService", { cluster: "main", service: "web" }));
    await world.update({ desiredCount: 0 });
    const accepted = await refusal(world.call("DeleteService", { cluster: "main", service: "web" }));
    const unknown = await refusal(world.call("DeleteService", { cluster: "main", service: "none" }));
    expect([refused, accepted, unknown]).to.deep.equal([
      "InvalidParameterException: The service cannot be stopped while it is scaled above 0.",
      "accepted",
      "ServiceNotFoundException: Service not found.",
    ]);
  });
});

describe("tags", () => {
  const service = "arn:aws:ecs:eu-central-1:123456789012:service/main/web";

  it("of services are kept here, the others by moto", async () => {
    const world = new ServiceWorld();
    await world.create({
      tags: [
        { key: "a", value: "1" },
        { key: "b", value: "1" },
      ],
    });
    await world.call("TagResource", { resourceArn: service, tags: [{ key: "b", value: "2" }, { key: "c" }] });
    await world.call("UntagResource", { resourceArn: service, tagKeys: ["a"] });
    const own = await world.call("ListTagsForResource", { resourceArn: service });
    const other = await world.call("ListTagsForResource", { resourceArn: clusterArn });
    expect([own, other]).to.deep.equal([
      {
        tags: [
          { key: "b", value: "2" },
          { key: "c", value: "" },
        ],
      },
      { tags: [{ key: "of", value: "moto" }] },
    ]);
    expect((await world.describe())["tags"]).to.deep.equal(own["tags"]);
  });

  it("are at most fifty, and of a service that is there", async () => {
    const world = new ServiceWorld();
    await world.create();
    const tags = Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: "" }));
    expect([
      await refusal(world.call("TagResource", { resourceArn: service, tags })),
      await refusal(world.call("TagResource", { resourceArn: `${service}x`, tags: [] })),
      await refusal(world.call("TagResource", { resourceArn: "web", tags: [] })),
    ]).to.deep.equal([
      "InvalidParameterException: The maximum number of tags per resource is 50.",
      "ResourceNotFoundException: The specified resource could not be found.",
      "InvalidParameterException: The specified ARN is invalid.",
    ]);
  });

  it("of tasks are kept by those who run them", async () => {
    const world = new ServiceWorld();
    const arn = "arn:aws:ecs:eu-central-1:123456789012:task/main/1";
    const kept: Record<string, readonly { key: string; value: string }[]> = { [arn]: [] };
    const { operations } = createServices({
      clock: world.clock,
      moto: world.moto,
      tasks: world.tasks,
      targets: world.targets,
      alarms: { state: () => undefined },
      taskTags: { read: (task) => kept[task], write: (task, tags) => void (kept[task] = tags) },
    });
    const tag = operations["TagResource"];
    if (tag?.kind === "own") await tag.answer({ resourceArn: arn, tags: [{ key: "a", value: "1" }] }, caller);
    expect(kept).to.deep.equal({ [arn]: [{ key: "a", value: "1" }] });
  });
});

describe("clusters", () => {
  it("tell what is in them", async () => {
    const world = new ServiceWorld();
    await world.create({ desiredCount: 2 });
    await world.settle();
    await world.update({ desiredCount: 3 });
    await world.clock.advance(10_000);
    const operation = world.running.operations["DescribeClusters"];
    if (operation?.kind !== "mended") throw new Error("not mended");
    const mended = await operation.mend({ clusters: [{ clusterArn, clusterName: "main" }], failures: [] }, {}, caller);
    expect(mended["clusters"]).to.deep.equal([
      {
        clusterArn,
        clusterName: "main",
        runningTasksCount: 2,
        pendingTasksCount: 1,
        activeServicesCount: 1,
      },
    ]);
  });

  it("cannot be deleted with services or tasks in them", async () => {
    const world = new ServiceWorld();
    await world.create();
    const operation = world.running.operations["DeleteCluster"];
    if (operation?.kind !== "watched") throw new Error("not watched");
    const remove = () => refusal(Promise.resolve().then(() => operation.before?.({ cluster: "main" }, caller)));
    const answers = [await remove()];
    await world.settle();
    await world.call("DeleteService", { cluster: "main", service: "web", force: true });
    answers.push(await remove());
    while ((await world.describe())["status"] !== "INACTIVE") await world.clock.advance(1_000);
    answers.push(await remove());
    await world.settle();
    answers.push(await remove());
    expect(answers).to.deep.equal([
      "ClusterContainsServicesException: The Cluster cannot be deleted while Services are active.",
      "ClusterContainsServicesException: The Cluster cannot be deleted while Services are active.",
      "ClusterContainsTasksException: The Cluster cannot be deleted while Tasks are active.",
      "accepted",
    ]);
  });
});

describe("the page", () => {
  it("shows a service with its deployments and its newest events", async () => {
    const world = new ServiceWorld();
    await world.create({ desiredCount: 2 });
    await world.settle();
    await world.update({ taskDefinition: "web:2" });
    await world.clock.advance(10_000);
    const [shown] = world.running.snapshot();
    const { deployments, events, ...rest } = shown ?? {};
    expect(rest).to.deep.equal({
      account: caller.account,
      cluster: "main",
      name: "web",
      desired: 2,
      running: 2,
      pending: 2,
    });
    expect(deployments?.map((one) => ({ ...one, id: undefined }))).to.deep.equal([
      {
        id: undefined,
        status: "PRIMARY",
        rolloutState: "IN_PROGRESS",
        taskDefinition: "web:2",
        desired: 2,
        running: 0,
        pending: 2,
        failed: 0,
      },
      {
        id: undefined,
        status: "ACTIVE",
        rolloutState: "COMPLETED",
        taskDefinition: "web:1",
        desired: 2,
        running: 2,
        pending: 0,
        failed: 0,
      },
    ]);
    expect(events?.length).to.equal(4);
  });
});
