import { DescribeAlarmsCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  DeleteServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  type Service,
  type Task,
} from "@aws-sdk/client-ecs";
import { DescribeListenersCommand, DescribeTargetHealthCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
import type { Snapshot } from "../../../sandbox/model/snapshot";
import { faultCommand, type FaultCommand } from "./fault-command";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { openShop, targetGroup, type Shop } from "./shop";
import { shopState } from "./shop-state";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const name = "faulty";
const account = "100000000062";
const stopTimeoutSeconds = 60;

describe("faults of the sandbox, each asked for by one command,", function () {
  this.timeout(90_000);
  let cloud: LiveCloud;
  let shop: Shop;
  let command: FaultCommand;
  let origin: string;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    [cloud, command] = await Promise.all([liveCloud(endpoint, account), faultCommand(endpoint)]);
    shop = await openShop(cloud, name, ["v1", "v2"]);
    await shop.serve(await define("v1"), { desiredCount: 2 });
    await until("two healthy tasks", (state) => state.healthy("v1") === 2 && state.isSteady);
    origin = await shop.address();
  });

  afterEach(async () => {
    await cloud.control("POST", "fault-clear", {});
  });

  after(async () => {
    if (shop) await cloud.ecs.send(new DeleteServiceCommand({ cluster: name, service: name, force: true }));
    command?.remove();
  });

  describe("of programs that run, which take hold and end at once:", () => {
    it("a wrong version is claimed", async () => {
      await command.fault("wrong-version", "0.9", "--service", name);
      const during = await ask("/health");
      await command.fault("clear");
      const after = await ask("/health");
      expect([during, after].map(({ status, version, header }) => [status, version, header])).to.deep.equal([
        [200, "0.9", "0.9"],
        [200, "v1", "v1"],
      ]);
    });

    it("requests fail in the share that was asked for, and health checks do not", async () => {
      await command.fault("error-rate", "50", "--service", name);
      const statuses = await Promise.all(Array.from({ length: 100 }, async () => (await ask("/")).status));
      const healths = await Promise.all(Array.from({ length: 20 }, async () => (await ask("/health")).status));
      // Each of the two programs fails every other of its own requests.
      expect(statuses.filter((status) => status === 500).length).to.be.within(48, 52);
      expect({ others: new Set([...statuses, ...healths]) }).to.deep.equal({ others: new Set([200, 500]) });
      expect(new Set(healths)).to.deep.equal(new Set([200]));
    });

    it("requests are answered late, and health checks are not", async () => {
      await command.fault("latency", "700", "--service", name);
      const [request, health] = [await ask("/"), await ask("/health")];
      expect(request.ms).to.be.within(700, 5_000);
      expect(health.ms).to.be.below(700);
    });
  });

  it("a lost target times out, is replaced, and its task is stopped for its health", async () => {
    const [lost, kept] = await running();
    const ip = addressOf(lost);
    await command.fault("lost-target", ip);
    const seen = await eventually("the target times out", async () => {
      const { TargetHealthDescriptions = [] } = await cloud.elb.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: shop.targetGroupArn }),
      );
      const found = TargetHealthDescriptions.find(({ Target }) => Target?.Id === ip)?.TargetHealth;
      return found?.State === "unhealthy" ? found : undefined;
    });
    const stopped = await stoppedTask(lost);
    await until("two healthy tasks again", (state) => state.healthy() === 2 && state.isSteady);
    expect({
      seen,
      stopped: [stopped.stopCode, stopped.stoppedReason],
      isKept: (await running()).some(({ taskArn }) => taskArn === kept?.taskArn),
    }).to.deep.equal({
      seen: { State: "unhealthy", Reason: "Target.Timeout", Description: "Request timed out" },
      stopped: ["ServiceSchedulerInitiated", `Task failed ELB health checks in (target-group ${shop.targetGroupArn})`],
      isKept: true,
    });
  });

  it("a program that does not heed SIGTERM is killed after its stop timeout: 137", async () => {
    const [task] = await running();
    await command.fault("hang-on-shutdown", "--task", idOf(task));
    await command.fault("stop-task", idOf(task), "--account", account, "--region", cloud.region);
    const stopped = await stoppedTask(task);
    const [container] = stopped.containers ?? [];
    const seconds = (Number(stopped.executionStoppedAt) - Number(stopped.stoppingAt)) / 1_000;
    expect([stopped.stopCode, stopped.stoppedReason, container?.exitCode]).to.deep.equal([
      "UserInitiated",
      "A fault of the sandbox",
      137,
    ]);
    expect(seconds).to.be.at.least(stopTimeoutSeconds);
    await until("two healthy tasks again", (state) => state.healthy() === 2 && state.isSteady);
  });

  it("a program ends with 1 so many seconds after its start", async () => {
    const before = (await running()).map(idOf);
    await command.fault("crash-after", "1", "--task", before[0] ?? "");
    const stopped = await stoppedTask((await described(before.slice(0, 1)))[0]);
    expect([stopped.stopCode, stopped.stoppedReason, stopped.containers?.[0]?.exitCode]).to.deep.equal([
      "EssentialContainerExited",
      "Essential container in task exited",
      1,
    ]);
    await until("two healthy tasks again", (state) => state.healthy() === 2 && state.isSteady);
  });

  describe("behind the driver's back:", () => {
    const where = ["--account", account, "--region", "eu-central-1"];

    it("another count of tasks is wanted, without a deployment", async () => {
      const before = await service();
      await command.fault("change-desired-count", "3", "--service", `${name}/${name}`, ...where);
      await until("three healthy tasks", (state) => state.healthy() === 3);
      const after = await service();
      expect([after.desiredCount, after.deployments?.map(({ id }) => id)]).to.deep.equal([
        3,
        before.deployments?.map(({ id }) => id),
      ]);
    });

    it("another task definition is deployed", async () => {
      const arn = await define("v2");
      const words = [arn.split("/").at(-1) ?? "", "--service", `${name}/${name}`];
      await command.fault("change-task-definition", ...words, ...where);
      await until("only v2, steady", (state) => state.versions.join() === "v2" && state.isSteady);
      expect((await service()).taskDefinition).to.equal(arn);
    });

    it("the weights of a listener are others", async () => {
      const other = await targetGroup(cloud, `${name}-other`, shop.vpc);
      await command.fault("change-weights", shop.listenerArn, "--weights", `${name}=90,${name}-other=10`);
      const { Listeners } = await cloud.elb.send(new DescribeListenersCommand({ ListenerArns: [shop.listenerArn] }));
      expect(Listeners?.[0]?.DefaultActions?.[0]?.ForwardConfig?.TargetGroups).to.deep.equal([
        { TargetGroupArn: shop.targetGroupArn, Weight: 90 },
        { TargetGroupArn: other, Weight: 10 },
      ]);
      await command.fault("change-weights", shop.listenerArn, "--weights", `${name}=1`);
      expect((await ask("/")).status).to.equal(200);
    });

    it("an alarm is in ALARM whatever it measures, until the fault is cleared", async () => {
      await cloud.cloudWatch.send(
        new PutMetricAlarmCommand({
          AlarmName: "faulty-quiet",
          Namespace: "Slipway/Test",
          MetricName: "Nothing",
          Statistic: "Sum",
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: "GreaterThanThreshold",
          TreatMissingData: "notBreaching",
        }),
      );
      await command.fault("alarm-forced", "faulty-quiet", ...where);
      await cloud.control("POST", "clock", { stepMs: 3 * 60_000 });
      expect(await alarm()).to.deep.equal(["ALARM", "A fault of the sandbox"]);
      await command.fault("clear");
      await eventually("OK again", async () => ((await alarm())[0] === "OK" ? true : undefined));
    });

    const alarm = async (): Promise<readonly (string | undefined)[]> => {
      const { MetricAlarms } = await cloud.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ["faulty-quiet"] }));
      return [MetricAlarms?.[0]?.StateValue, MetricAlarms?.[0]?.StateReason];
    };
  });

  const define = async (tag: string): Promise<string> =>
    shop.define(tag, {
      containerDefinitions: [
        {
          name: "web",
          image: `${shop.repository}:${tag}`,
          essential: true,
          portMappings: [{ containerPort: 8080 }],
          stopTimeout: stopTimeoutSeconds,
        },
      ],
    });

  const ask = async (path: string) => {
    const before = performance.now();
    const answer = await fetch(origin + path);
    const { version } = (await answer.json()) as { version?: string };
    const header = answer.headers.get("x-slipway-version");
    return { status: answer.status, version, header, ms: performance.now() - before };
  };

  const service = async (): Promise<Service> => {
    const { services } = await cloud.ecs.send(new DescribeServicesCommand({ cluster: name, services: [name] }));
    return services?.[0] ?? {};
  };

  const described = async (ids: readonly string[]): Promise<readonly Task[]> =>
    (await cloud.ecs.send(new DescribeTasksCommand({ cluster: name, tasks: [...ids] }))).tasks ?? [];

  const running = async (): Promise<readonly Task[]> => {
    const { taskArns = [] } = await cloud.ecs.send(new ListTasksCommand({ cluster: name, serviceName: name }));
    return (await described(taskArns)).filter(({ lastStatus }) => lastStatus === "RUNNING");
  };

  const stoppedTask = async (task: Task | undefined): Promise<Task> =>
    eventually("the task has stopped", async () => {
      const [now] = await described([task?.taskArn ?? ""]);
      return now?.lastStatus === "STOPPED" ? now : undefined;
    });

  const until = async (what: string, isSo: (state: ReturnType<typeof shopState>) => boolean): Promise<Snapshot> =>
    cloud.until(what, (snapshot) => isSo(shopState(snapshot, name)));

  const eventually = async <T>(what: string, look: () => Promise<T | undefined>): Promise<T> =>
    cloud.eventually(what, look);
});

const idOf = (task: Task | undefined): string => task?.taskArn?.split("/").at(-1) ?? "";

const addressOf = (task: Task | undefined): string =>
  task?.attachments?.[0]?.details?.find(({ name: detail }) => detail === "privateIPv4Address")?.value ?? "";
