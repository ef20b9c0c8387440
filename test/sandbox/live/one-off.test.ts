import {
  DescribeTasksCommand,
  ListTasksCommand,
  RunTaskCommand,
  UpdateServiceCommand,
  waitUntilTasksStopped,
  type RunTaskCommandInput,
} from "@aws-sdk/client-ecs";
import { expect } from "chai";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { openShop, type Shop } from "./shop";
import { shopState } from "./shop-state";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const name = "patient";

describe("tasks of the sandbox", function () {
  this.timeout(120_000);
  let cloud: LiveCloud;
  let shop: Shop;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    cloud = await liveCloud(endpoint, "100000000260");
    const tags = ["v1", "v2-fault.slow-start.60", "v3-fault.slow-start.150", "v4-fault.crash-at-start.3"];
    shop = await openShop(cloud, name, tags);
  });

  describe("that RunTask starts", () => {
    it("do what they are told to and end with 0", async () => {
      expect(await ran({ taskDefinition: await shop.define("v1") })).to.deep.equal({
        stopCode: "EssentialContainerExited",
        stoppedReason: "Essential container in task exited",
        exitCode: 0,
        startedBy: "release",
        group: `family:${name}`,
      });
    });

    it("end with the exit code of a program that fails", async () => {
      expect(await ran({ taskDefinition: await shop.define("v4-fault.crash-at-start.3") })).to.deep.include({
        stopCode: "EssentialContainerExited",
        exitCode: 3,
      });
    });

    it("have no role when its ARN is empty", async () => {
      const taskDefinition = await shop.define("v1", { taskRoleArn: "" });
      const { exitCode } = await ran({ taskDefinition, overrides: { taskRoleArn: "", executionRoleArn: "" } });
      expect(exitCode).to.equal(0);
    });
  });

  describe("of a service with a grace period of 90 s", () => {
    before(async () => {
      await shop.serve(await shop.define("v1"), { desiredCount: 1, healthCheckGracePeriodSeconds: 90 });
      await until("one healthy task", (state) => state.healthy("v1") === 1 && state.isSteady);
    });

    it("stay when they listen after 60 s", async () => {
      const before = (await stopped()).length;
      await update("v2-fault.slow-start.60");
      await until("only v2, steady", (state) => state.versions.join() === "v2-fault.slow-start.60" && state.isSteady);
      const gone = (await stopped()).slice(before).map(({ stoppedReason }) => stoppedReason ?? "");
      expect(gone.filter((reason) => reason.startsWith("Task failed ELB health checks"))).to.deep.equal([]);
    });

    it("are stopped for their health when they need 150 s, until the breaker takes the version back", async () => {
      await update("v3-fault.slow-start.150");
      await until("a rollback", (state) => state.has("rolling back to deployment"));
      const failed = (await stopped()).filter(({ stoppedReason }) => stoppedReason?.includes("ELB health checks"));
      expect({
        codes: [...new Set(failed.map(({ stopCode }) => stopCode))],
        reasons: [...new Set(failed.map(({ stoppedReason }) => stoppedReason))],
        count: failed.length,
        waited: failed.every(({ startedAt, stoppingAt }) => seconds(startedAt, stoppingAt) >= 90),
      }).to.deep.equal({
        codes: ["ServiceSchedulerInitiated"],
        reasons: [`Task failed ELB health checks in (target-group ${shop.targetGroupArn})`],
        count: 3,
        waited: true,
      });
    });
  });

  /** Its end, as the client's own waiter saw it. */
  const ran = async (input: Pick<RunTaskCommandInput, "taskDefinition" | "overrides">) => {
    const { tasks: [task] = [] } = await cloud.ecs.send(
      new RunTaskCommand({
        cluster: name,
        startedBy: "release",
        launchType: "FARGATE",
        networkConfiguration: { awsvpcConfiguration: { subnets: [...shop.subnets] } },
        ...input,
        overrides: { ...input.overrides, containerOverrides: [{ name: "web", command: ["migrate"] }] },
      }),
    );
    const tasks = [task?.taskArn ?? ""];
    await waitUntilTasksStopped(
      { client: cloud.ecs, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
      { cluster: name, tasks },
    );
    const { tasks: [end] = [] } = await cloud.ecs.send(new DescribeTasksCommand({ cluster: name, tasks }));
    const { stopCode, stoppedReason, containers, startedBy, group } = end ?? {};
    return { stopCode, stoppedReason, exitCode: containers?.[0]?.exitCode, startedBy, group };
  };

  const stopped = async () => {
    const { taskArns: tasks = [] } = await cloud.ecs.send(
      new ListTasksCommand({ cluster: name, serviceName: name, desiredStatus: "STOPPED" }),
    );
    if (tasks.length === 0) return [];
    return (await cloud.ecs.send(new DescribeTasksCommand({ cluster: name, tasks }))).tasks ?? [];
  };

  const update = async (tag: string): Promise<unknown> =>
    cloud.ecs.send(new UpdateServiceCommand({ cluster: name, service: name, taskDefinition: await shop.define(tag) }));

  const until = async (what: string, isSo: (state: ReturnType<typeof shopState>) => boolean): Promise<unknown> =>
    cloud.until(what, (snapshot) => isSo(shopState(snapshot, name)));
});

const seconds = (from: Date | undefined, to: Date | undefined): number =>
  ((to?.getTime() ?? 0) - (from?.getTime() ?? 0)) / 1000;
