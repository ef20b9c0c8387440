import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DeleteServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import { CreateRuleCommand, DescribeTargetHealthCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateDBInstanceCommand, DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { anyId, causes, type Cause } from "./causes";
import { faultCommand, type FaultCommand } from "./fault-command";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { openShop, targetGroup, type Shop } from "./shop";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const cluster = "causes";
const account = "100000000060";

/** Names and needs of the table, before there is anything that its texts could name. */
const drafts = causes({ account, region: "", repository: "", cluster, secret: () => "", group: () => "" });

const graceSeconds = 240;

describe("each cause of a failed deployment, made by one command, is told by AWS' API in AWS' words:", function () {
  this.timeout(120_000);
  let cloud: LiveCloud;
  let shop: Shop;
  let command: FaultCommand;
  let table: Readonly<Record<string, Cause>>;
  const secrets: Record<string, string> = {};
  const groups: Record<string, string> = {};

  before(async function () {
    if (endpoint === undefined) return this.skip();
    [cloud, command] = await Promise.all([liveCloud(endpoint, account), faultCommand(endpoint)]);
    shop = await openShop(cloud, cluster, ["v1", "gone"]);
    const names = Object.entries(drafts);
    await Promise.all([
      ...names.map(async ([name, { secretKey }]) => secretKey && (secrets[name] = await secretOf(name))),
      ...names.map(async ([name, { target }], index) => target && (groups[name] = await groupOf(name, index + 1))),
    ]);
    table = causes({
      account,
      region: cloud.region,
      repository: shop.repository,
      cluster,
      secret: (name) => secrets[name] ?? "",
      group: (name) => groups[name] ?? "",
    });
    await Promise.all(Object.values(table).map(({ fault }) => command.fault(...fault)));
    await Promise.all(Object.entries(table).map(([name, cause]) => serve(name, cause)));
  });

  after(async () => {
    const names = Object.keys(table ?? {});
    await Promise.all(
      names.map((service) => cloud.ecs.send(new DeleteServiceCommand({ cluster, service, force: true }))),
    );
    await command?.fault("clear");
    command?.remove();
  });

  for (const [name, { fault, target, stopped, log }] of Object.entries(drafts)) {
    it(`${name} (${fault.filter((word) => word !== "").join(" ")})`, async () => {
      const cause = table[name];
      const told = {
        target: target && (await cloud.eventually(`${name}: its target unhealthy`, () => targetOf(name))),
        stopped: stopped && (await cloud.eventually(`${name}: a stopped task`, () => stoppedOf(name, stopped))),
        event: await cloud.eventually(`${name}: the event`, () => eventOf(name, cause?.event ?? "")),
        log: log && (await cloud.eventually(`${name}: the line in the log`, () => loggedOf(name, log))),
      };
      expect(told).to.deep.equal({
        target,
        stopped: cause?.stopped,
        event: cause?.event,
        log,
      });
    });
  }

  it("and nothing that cannot be placed leaves a task behind", async () => {
    const { taskArns } = await cloud.ecs.send(new ListTasksCommand({ cluster, serviceName: "no-room" }));
    expect(taskArns).to.deep.equal([]);
  });

  it("database-stopped (stop-database shop)", async () => {
    const rds = new RDSClient({
      region: cloud.region,
      endpoint: endpoint ?? "",
      credentials: { accessKeyId: `SANDBOX${account}`, secretAccessKey: "x" },
    });
    const instance = { DBInstanceIdentifier: "causes-shop" };
    const isIn = async (status: string): Promise<unknown> =>
      cloud.eventually(`the database is ${status}`, async () => {
        const { DBInstances } = await rds.send(new DescribeDBInstancesCommand(instance));
        return DBInstances?.[0]?.DBInstanceStatus === status || undefined;
      });
    await rds.send(
      new CreateDBInstanceCommand({
        ...instance,
        DBInstanceClass: "db.t3.micro",
        Engine: "postgres",
        AllocatedStorage: 20,
        MasterUsername: "slipway",
        MasterUserPassword: "not-a-secret-at-all",
      }),
    );
    await isIn("available");
    const said = await command.fault(
      ...["stop-database", "causes-shop", "--account", account, "--region", cloud.region],
    );
    await isIn("stopped");
    expect(said).to.equal("causes-shop is being stopped.\n");
  });

  const secretOf = async (name: string): Promise<string> => {
    const SecretString = JSON.stringify({ username: "slipway", password: "not told" });
    return (await cloud.secrets.send(new CreateSecretCommand({ Name: `causes-${name}`, SecretString }))).ARN ?? "";
  };

  const groupOf = async (name: string, priority: number): Promise<string> => {
    const arn = await targetGroup(cloud, `causes-${name}`, shop.vpc);
    await cloud.elb.send(
      new CreateRuleCommand({
        ListenerArn: shop.listenerArn,
        Priority: priority,
        Conditions: [{ Field: "path-pattern", PathPatternConfig: { Values: [`/${name}`] } }],
        Actions: [{ Type: "forward", TargetGroupArn: arn }],
      }),
    );
    return arn;
  };

  const serve = async (name: string, { secretKey, tag = "v1", target, environment = {} }: Cause): Promise<void> => {
    const definition = await shop.define(tag, {
      family: `causes-${name}`,
      containerDefinitions: [
        {
          name: "web",
          image: `${shop.repository}:${tag}`,
          essential: true,
          portMappings: [{ containerPort: 8080 }],
          environment: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
          ...(secretKey ? { secrets: [{ name: "PASSWORD", valueFrom: `${secrets[name]}:${secretKey}::` }] } : {}),
          logConfiguration: {
            logDriver: "awslogs",
            options: {
              "awslogs-group": `/ecs/${cluster}`,
              "awslogs-region": cloud.region,
              "awslogs-stream-prefix": name,
            },
          },
        },
      ],
    });
    await shop.serve(definition, {
      serviceName: name,
      desiredCount: 1,
      loadBalancers: target ? [{ targetGroupArn: groups[name], containerName: "web", containerPort: 8080 }] : [],
      ...(target ? { healthCheckGracePeriodSeconds: graceSeconds } : {}),
      deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
    });
  };

  const targetOf = async (name: string): Promise<Cause["target"] | undefined> => {
    const { TargetHealthDescriptions } = await cloud.elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: groups[name] }),
    );
    const found = TargetHealthDescriptions?.map(({ TargetHealth }) => TargetHealth).find(
      (one) => one?.State === "unhealthy",
    );
    return found && [found.State ?? "", found.Reason ?? "", found.Description ?? ""];
  };

  const stoppedOf = async (
    name: string,
    { container }: NonNullable<Cause["stopped"]>,
  ): Promise<Cause["stopped"] | undefined> => {
    const { taskArns = [] } = await cloud.ecs.send(
      new ListTasksCommand({ cluster, serviceName: name, desiredStatus: "STOPPED" }),
    );
    if (taskArns.length === 0) return undefined;
    const { tasks = [] } = await cloud.ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
    const [first] = tasks
      .filter(({ lastStatus }) => lastStatus === "STOPPED")
      .sort((a, b) => Number(a.createdAt) - Number(b.createdAt));
    return first && wordsOf(first, container !== undefined);
  };

  const wordsOf = ({ stopCode, stoppedReason, containers }: Task, isTold: boolean): Cause["stopped"] => ({
    code: stopCode ?? "",
    reason: withoutIds(stoppedReason ?? ""),
    ...(containers?.[0]?.exitCode === undefined ? {} : { exitCode: containers[0].exitCode }),
    ...(isTold || containers?.[0]?.reason ? { container: withoutIds(containers?.[0]?.reason ?? "") } : {}),
  });

  const eventOf = async (name: string, event: string): Promise<string | undefined> => {
    const { services } = await cloud.ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
    return services?.[0]?.events?.map(({ message }) => withoutIds(message ?? "")).find((message) => message === event);
  };

  const loggedOf = async (name: string, line: string): Promise<string | undefined> => {
    const { events = [] } = await cloud.logs.send(
      new FilterLogEventsCommand({ logGroupName: `/ecs/${cluster}`, logStreamNamePrefix: `${name}/` }),
    );
    return events.some(({ message }) => message?.includes(line)) ? line : undefined;
  };
});

/** Ids of tasks and requests: 32 hexadecimal digits, or in groups. */
const withoutIds = (text: string): string =>
  text.replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b/g, anyId);
