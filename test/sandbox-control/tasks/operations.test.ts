import { expect } from "chai";
import { account, clusterArn, definitionOf, goodAnswers, region, serviceOrder, TaskCloud, web } from "./task-cloud";

const network = { awsvpcConfiguration: { subnets: ["subnet-a"] } };
const run = { cluster: "shop", taskDefinition: "web", launchType: "FARGATE", networkConfiguration: network };
type Told = Readonly<Record<string, unknown>>;

describe("the operations of tasks", () => {
  let cloud: TaskCloud;
  beforeEach(() => {
    cloud = new TaskCloud();
  });
  afterEach(() => cloud.running.close());

  it("tell a running task as AWS does", async () => {
    const { id } = await cloud.started({ ...serviceOrder, tags: [{ key: "team", value: "shop" }] });
    const { tasks } = await cloud.call("DescribeTasks", { cluster: clusterArn, tasks: [id], include: ["TAGS"] });
    const [task] = tasks as Told[];
    const [container] = task?.["containers"] as Told[];
    const [attachment] = task?.["attachments"] as { details: { name: string; value: string }[] }[];

    expect(task).to.deep.include({
      taskArn: `arn:aws:ecs:${region}:${account}:task/shop/${id}`,
      lastStatus: "RUNNING",
      desiredStatus: "RUNNING",
      healthStatus: "UNKNOWN",
      group: "service:web",
      startedBy: "ecs-svc/1234567890123456789",
      launchType: "FARGATE",
      platformVersion: "1.4.0",
      availabilityZone: "eu-central-1a",
      cpu: "256",
      memory: "512",
      version: 4,
      connectivity: "CONNECTED",
      tags: [{ key: "team", value: "shop" }],
      startedAt: new Date("2026-01-01T00:00:23.700Z"),
    });
    const ip = cloud.task(id).ip;
    expect(attachment?.details.map(({ name }) => name)).to.deep.equal([
      "subnetId",
      "networkInterfaceId",
      "macAddress",
      "privateDnsName",
      "privateIPv4Address",
    ]);
    expect(attachment?.details.at(-1)?.value).to.equal(ip);
    expect(container).to.deep.include({
      name: "web",
      lastStatus: "RUNNING",
      image: web.image,
      healthStatus: "UNKNOWN",
    });
    expect((container?.["networkInterfaces"] as Told[])[0]?.["privateIpv4Address"]).to.equal(ip);
    expect(container?.["runtimeId"]).to.match(new RegExp(`^${id}-\\d+$`));
  });

  it("run one-off tasks, which end by themselves when their command is done", async () => {
    const overrides = {
      containerOverrides: [
        { name: "web", command: ["npm", "run", "migrate"], environment: [{ name: "A", value: "1" }] },
      ],
    };
    const { tasks, failures } = await cloud.call("RunTask", { ...run, count: 2, startedBy: "release", overrides });
    const arns = (tasks as { taskArn: string }[]).map(({ taskArn }) => taskArn);
    expect([arns.length, failures]).to.deep.equal([2, []]);
    expect((tasks as Told[])[0]).to.deep.include({
      lastStatus: "PROVISIONING",
      group: "family:web",
      startedBy: "release",
      version: 1,
    });
    await cloud.clock.advance(100_000);

    const { tasks: ended } = await cloud.call("DescribeTasks", { cluster: "shop", tasks: arns });
    for (const task of ended as Told[]) {
      expect(task).to.deep.include({
        lastStatus: "STOPPED",
        stopCode: "EssentialContainerExited",
        overrides: { inferenceAcceleratorOverrides: [], ...overrides },
      });
      expect((task["containers"] as Told[])[0]).to.deep.include({ exitCode: 0, lastStatus: "STOPPED" });
    }
  });

  it("start nothing twice for a client that asks again, and refuse its token to another request", async () => {
    const [first, second] = await Promise.all([
      cloud.call("RunTask", { ...run, clientToken: "t-1" }),
      cloud.call("RunTask", { ...run, clientToken: "t-1" }),
    ]);

    expect(first).to.deep.equal(second);
    expect(cloud.running.tasks.list(serviceOrder)).to.have.length(1);
    expect(await cloud.refusal("RunTask", { ...run, count: 2, clientToken: "t-1" })).to.have.property(
      "code",
      "ConflictException",
    );
  });

  it("give a one-off task the tags of its definition and of ECS when they are asked for", async () => {
    await cloud.running.close();
    cloud = new TaskCloud({
      ...goodAnswers(),
      "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition": () => ({
        taskDefinition: definitionOf([web]),
        tags: [{ key: "team", value: "shop" }],
      }),
    });
    const tags = [{ key: "by", value: "me" }];
    const { tasks } = await cloud.call("RunTask", {
      ...run,
      tags,
      propagateTags: "TASK_DEFINITION",
      enableECSManagedTags: true,
    });

    expect((tasks as Told[])[0]?.["tags"]).to.deep.equal([
      { key: "aws:ecs:clusterName", value: "shop" },
      { key: "team", value: "shop" },
      { key: "by", value: "me" },
    ]);
    expect(((await cloud.call("RunTask", { ...run, tags }))["tasks"] as Told[])[0]?.["tags"]).to.deep.equal(tags);
  });

  it("keep a one-off task running that serves a port", async () => {
    const { tasks } = await cloud.call("RunTask", run);
    await cloud.clock.advance(500_000);

    expect(cloud.task((tasks as { taskArn: string }[])[0]?.taskArn.split("/").at(-1) ?? "").lastStatus).to.equal(
      "RUNNING",
    );
  });

  it("tell the lack of room as a failure, not as a task", async () => {
    cloud.startFault = { kind: "no-capacity" };
    const reason = "Capacity is unavailable at this time. Please try again later or in a different availability zone";

    expect(await cloud.call("RunTask", run)).to.deep.equal({ tasks: [], failures: [{ reason }] });
  });

  it("stop a task for the reason that is given, and answer with it on its way", async () => {
    const { id, arn } = await cloud.started();
    const { task } = await cloud.call("StopTask", { cluster: "shop", task: arn, reason: "drill" });

    expect(task).to.deep.include({
      taskArn: arn,
      lastStatus: "DEACTIVATING",
      desiredStatus: "STOPPED",
      stopCode: "UserInitiated",
      stoppedReason: "drill",
    });
    expect((await cloud.call("StopTask", { cluster: "shop", task: id, reason: "again" }))["task"]).to.deep.include({
      stoppedReason: "drill",
    });
  });

  it("list tasks by service, family, starter and wanted status, page by page", async () => {
    const first = await cloud.started();
    const second = await cloud.started({ ...serviceOrder, group: "service:api", startedBy: "ecs-svc/9" });
    const list = async (input: object): Promise<unknown> =>
      (await cloud.call("ListTasks", { cluster: "shop", ...input }))["taskArns"];

    expect(await list({})).to.deep.equal([first.arn, second.arn]);
    expect(await list({ serviceName: "api" })).to.deep.equal([second.arn]);
    expect(await list({ serviceName: `arn:aws:ecs:${region}:${account}:service/shop/web` })).to.deep.equal([first.arn]);
    expect(await list({ startedBy: "ecs-svc/9" })).to.deep.equal([second.arn]);
    expect(await list({ family: "other" })).to.deep.equal([]);
    expect(await list({ launchType: "EC2" })).to.deep.equal([]);
    expect(await list({ desiredStatus: "PENDING" })).to.deep.equal([]);
    await cloud.call("StopTask", { cluster: "shop", task: first.id });
    expect(await list({ desiredStatus: "STOPPED" })).to.deep.equal([first.arn]);

    const third = await cloud.started();
    const page = await cloud.call("ListTasks", { cluster: "shop", maxResults: 1 });
    expect(page["taskArns"]).to.deep.equal([second.arn]);
    expect(
      await cloud.call("ListTasks", { cluster: "shop", maxResults: 1, nextToken: page["nextToken"] }),
    ).to.deep.equal({
      taskArns: [third.arn],
      nextToken: undefined,
    });
  });

  it("tell a task that is not there, or in another account, as a failure", async () => {
    const { id } = await cloud.started({ ...serviceOrder, account: "999999999999" });
    const arn = `arn:aws:ecs:${region}:${account}:task/shop/${id}`;

    expect(await cloud.call("DescribeTasks", { cluster: "shop", tasks: [id] })).to.deep.equal({
      tasks: [],
      failures: [{ arn, reason: "MISSING" }],
    });
  });

  it("protect tasks of services for a time, and no others", async () => {
    const { id, arn } = await cloud.started();
    const alone = (await cloud.call("RunTask", run))["tasks"] as { taskArn: string }[];
    const input = { cluster: "shop", tasks: [id, alone[0]?.taskArn], protectionEnabled: true, expiresInMinutes: 60 };
    const until = new Date(cloud.clock.now().getTime() + 3_600_000);

    expect(await cloud.call("UpdateTaskProtection", input)).to.deep.equal({
      protectedTasks: [{ taskArn: arn, protectionEnabled: true, expirationDate: until }],
      failures: [
        { arn: alone[0]?.taskArn, reason: "TASK_NOT_VALID", detail: "The specified task is not part of a service." },
      ],
    });
    expect(cloud.running.protectedUntil(id)).to.deep.equal(until);
    await cloud.clock.advance(3_600_000);
    expect((await cloud.call("GetTaskProtection", { cluster: "shop", tasks: [id] }))["protectedTasks"]).to.deep.equal([
      { taskArn: arn, protectionEnabled: false, expirationDate: undefined },
    ]);
  });

  it("lend their tags to the calls about tags", async () => {
    const { arn } = await cloud.started();
    cloud.running.tag(arn, [
      { key: "a", value: "1" },
      { key: "b", value: "2" },
    ]);
    cloud.running.untag(arn, ["a"]);

    expect([cloud.running.tags(arn), cloud.running.tags(`${arn}0`)]).to.deep.equal([
      [{ key: "b", value: "2" }],
      undefined,
    ]);
  });
});
