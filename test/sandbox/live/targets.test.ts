import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ModifyListenerCommand,
  ModifyRuleCommand,
  ModifyTargetGroupAttributesCommand,
  RegisterTargetsCommand,
  type Action,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateSubnetCommand, CreateVpcCommand } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { Agent, request } from "node:http";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { program, type Program } from "./program";
import { targetGroup } from "./shop";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];

describe("targets of a load balancer of the sandbox", function () {
  this.timeout(60_000);
  let cloud: LiveCloud;
  let blue: string;
  let green: string;
  let balancer: string;
  let listener: string;
  let origin: string;
  let speed: number;
  let here: Program;
  let there: Program;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  before(async function () {
    if (endpoint === undefined) return this.skip();
    cloud = await liveCloud(endpoint, "100000000031");
    ({ speed } = (await cloud.control("GET", "clock")) as { speed: number });
    await cloud.control("POST", "clock", { speed: 0 });
    const vpc = (await cloud.ec2.send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }))).Vpc?.VpcId ?? "";
    const subnets = await Promise.all(
      ["a", "b"].map(async (zone, index) => {
        const subnet = { VpcId: vpc, CidrBlock: `10.9.${index}.0/24`, AvailabilityZone: `${cloud.region}${zone}` };
        return (await cloud.ec2.send(new CreateSubnetCommand(subnet))).Subnet?.SubnetId ?? "";
      }),
    );
    [blue, green] = [await targetGroup(cloud, "life-blue", vpc), await targetGroup(cloud, "life-green", vpc)];
    const made = await cloud.elb.send(new CreateLoadBalancerCommand({ Name: "life", Subnets: subnets }));
    balancer = made.LoadBalancers?.[0]?.LoadBalancerArn ?? "";
    [here, there] = [await program("127.201.0.1"), await program("127.201.0.2")];
  });
  after(async () => {
    agent.destroy();
    for (const { server } of [here, there]) {
      server.close();
      server.closeAllConnections();
    }
    await cloud.control("POST", "clock", { speed });
  });

  const pass = (seconds: number) => cloud.control("POST", "clock", { stepMs: seconds * 1000 });
  const told = async (group: string, ...targets: readonly { Id: string; Port?: number }[]) => {
    const input = { TargetGroupArn: group, ...(targets.length > 0 ? { Targets: [...targets] } : {}) };
    const { TargetHealthDescriptions = [] } = await cloud.elb.send(new DescribeTargetHealthCommand(input));
    return TargetHealthDescriptions.map(({ TargetHealth: health, HealthCheckPort: port }) =>
      [health?.State, health?.Reason, health?.Description, port === undefined ? "no port" : "port"].filter(Boolean),
    );
  };
  /** A check of health goes over the network, so what it finds is there a moment after its time. */
  const becomes = async (group: string, ...expected: readonly (string | undefined)[]): Promise<void> => {
    for (let tries = 200; ; tries--) {
      const [first = []] = await told(group);
      if (tries === 0) expect(first).to.deep.equal([...expected, "port"]);
      if (first.slice(0, -1).join() === expected.join()) return;
    }
  };
  const register = (group: string, { target }: Program) =>
    cloud.elb.send(new RegisterTargetsCommand({ TargetGroupArn: group, Targets: [target] }));
  const deregister = (group: string, { target }: Program) =>
    cloud.elb.send(new DeregisterTargetsCommand({ TargetGroupArn: group, Targets: [target] }));
  const forward = (...weights: readonly [number, number]): Action[] => [
    {
      Type: "forward",
      ForwardConfig: { TargetGroups: [blue, green].map((arn, at) => ({ TargetGroupArn: arn, Weight: weights[at] })) },
    },
  ];
  /** Always on the same connection, but for the slow ones. */
  const get = (path = "/", own: Agent | false = agent): Promise<string> =>
    new Promise((resolve, reject) => {
      const sent = request(`${origin}${path}`, { agent: own }, (answer) => {
        let body = "";
        answer.setEncoding("utf8").on("data", (text: string) => (body += text));
        answer.on("end", () => resolve(answer.statusCode === 200 ? body : String(answer.statusCode)));
      });
      sent.on("error", reject).end();
    });
  /** A request that its target has, and has not answered. */
  const slow = async ({ owed }: Program): Promise<{ readonly answer: Promise<string> }> => {
    const answer = get("/slow", false);
    while (owed.length === 0) await new Promise(setImmediate);
    return { answer };
  };

  it("are unused until a rule uses their group, then initial, and healthy after one passed check", async () => {
    await register(blue, here);
    const unused = await told(blue);
    const made = await cloud.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: balancer,
        Port: 80,
        Protocol: "HTTP",
        DefaultActions: [{ Type: "forward", TargetGroupArn: blue }],
      }),
    );
    listener = made.Listeners?.[0]?.ListenerArn ?? "";
    const { ports } = (await cloud.control("GET", "ports")) as {
      ports: readonly { account: string; address: string }[];
    };
    origin = ports.find(({ account }) => account === cloud.account)?.address ?? "";
    const registering = await told(blue);
    await pass(4);
    await becomes(blue, "healthy");

    const unusedText = "Target group is not configured to receive traffic from the load balancer";
    expect([unused, registering]).to.deep.equal([
      [["unused", "Target.NotInUse", unusedText, "no port"]],
      [["initial", "Elb.RegistrationInProgress", "Target registration is in progress", "port"]],
    ]);
  });

  it("are unhealthy after the threshold, for the reason of the last check, and get requests when all are", async () => {
    here.health = 503;
    await pass(10);
    const code = "Health checks failed with these codes: [503]";
    await becomes(blue, "unhealthy", "Target.ResponseCodeMismatch", code);
    const whileUnhealthy = await get();
    await cloud.control("POST", "fault", { kind: "lost-target", value: here.target.Id });
    await pass(10);
    await becomes(blue, "unhealthy", "Target.Timeout", "Request timed out");
    await cloud.control("POST", "fault-clear", {});
    here.health = 200;
    await pass(10);
    await becomes(blue, "healthy");

    expect(whileUnhealthy).to.equal("127.201.0.1");
  });

  it("get the next request by the weights of that moment, on the same connection", async () => {
    await register(green, there);
    await cloud.elb.send(new ModifyListenerCommand({ ListenerArn: listener, DefaultActions: forward(100, 0) }));
    await pass(4);
    await becomes(green, "healthy");
    const before = await get();
    await cloud.elb.send(new ModifyListenerCommand({ ListenerArn: listener, DefaultActions: forward(0, 100) }));
    const after = await get();
    const rule = await cloud.elb.send(
      new CreateRuleCommand({
        ListenerArn: listener,
        Priority: 1,
        Conditions: [{ Field: "path-pattern", Values: ["/*"] }],
        Actions: forward(1, 0),
      }),
    );
    const byRule = await get();
    const RuleArn = rule.Rules?.[0]?.RuleArn ?? "";
    await cloud.elb.send(new ModifyRuleCommand({ RuleArn, Actions: forward(50, 50) }));
    const mixed = new Set<string>();
    for (let sent = 0; sent < 60; sent++) mixed.add(await get());
    await cloud.elb.send(new ModifyRuleCommand({ RuleArn, Actions: forward(100, 0) }));

    expect([before, after, byRule]).to.deep.equal(["127.201.0.1", "127.201.0.2", "127.201.0.1"]);
    expect([...mixed].sort()).to.deep.equal(["127.201.0.1", "127.201.0.2"]);
  });

  it("drain: nothing new comes, what is under way is answered, and the API tells it until the delay is over", async () => {
    const { answer } = await slow(here);
    await register(blue, there);
    await pass(4);
    while ((await told(blue)).some(([state]) => state !== "healthy"));
    await deregister(blue, here);
    const next = [await get(), await get(), await get()];
    const draining = await told(blue, here.target);
    here.owed.pop()?.end("late");
    const late = await answer;
    await pass(299);
    const still = await told(blue, here.target);
    await pass(2);

    const state = ["draining", "Target.DeregistrationInProgress", "Target deregistration is in progress", "port"];
    expect([next, draining, late, still]).to.deep.equal([
      ["127.201.0.2", "127.201.0.2", "127.201.0.2"],
      [state],
      "late",
      [state],
    ]);
    expect([await told(blue, here.target), (await told(blue)).length]).to.deep.equal([
      [["unused", "Target.NotRegistered", "Target is not registered to the target group", "no port"]],
      1,
    ]);
  });

  it("that still work when the delay is over leave their clients with 502, an emptied group with 503 and no host counts", async () => {
    await cloud.elb.send(
      new ModifyTargetGroupAttributesCommand({
        TargetGroupArn: blue,
        Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "60" }],
      }),
    );
    await becomes(blue, "healthy");
    const { answer } = await slow(there);
    const { now } = (await cloud.control("GET", "clock")) as { now: string };
    await deregister(blue, there);
    const empty = await get();
    await pass(61);
    const cut = await answer;
    await pass(180);

    expect([empty, cut]).to.deep.equal(["503", "502"]);
    const after = (await cloud.control("GET", "clock")) as { now: string };
    const metric = (group: string) => ({
      MetricStat: {
        Period: 60,
        Stat: "Minimum",
        Metric: {
          Namespace: "AWS/ApplicationELB",
          MetricName: "HealthyHostCount",
          Dimensions: [
            { Name: "LoadBalancer", Value: balancer.split(":loadbalancer/")[1] },
            { Name: "TargetGroup", Value: group.split(":").at(-1) },
          ],
        },
      },
    });
    const { MetricDataResults = [] } = await cloud.cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.parse(now) + 60_000),
        EndTime: new Date(after.now),
        MetricDataQueries: [
          { Id: "blue", ...metric(blue) },
          { Id: "green", ...metric(green) },
        ],
      }),
    );
    const [emptied, full] = MetricDataResults.map(({ Values = [] }) => Values);
    expect([emptied, [...new Set(full)]]).to.deep.equal([[], [1]]);
  });
});
