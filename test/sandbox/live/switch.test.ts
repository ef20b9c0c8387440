import { CreateSubnetCommand, CreateVpcCommand } from "@aws-sdk/client-ec2";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { expect } from "chai";
import { liveCloud, type LiveCloud } from "./live-cloud";
import { program, type Program } from "./program";
import { targetGroup } from "./shop";

const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"];
const name = "www.switch.example";

interface Side {
  readonly set: string;
  readonly dnsName: string;
  readonly zone: string;
  readonly program: Program;
}

describe("a switch of weights in Route 53", function () {
  this.timeout(60_000);
  let cloud: LiveCloud;
  let zone: string;
  let speed: number;
  let blue: Side;
  let green: Side;

  before(async function () {
    if (endpoint === undefined) return this.skip();
    cloud = await liveCloud(endpoint, "100000000034");
    ({ speed } = (await cloud.control("GET", "clock")) as { speed: number });
    await cloud.control("POST", "clock", { speed: 0 });
    const vpc = (await cloud.ec2.send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }))).Vpc?.VpcId ?? "";
    const subnets = await Promise.all(
      ["a", "b"].map(async (letter, index) => {
        const subnet = { VpcId: vpc, CidrBlock: `10.9.${index}.0/24`, AvailabilityZone: `${cloud.region}${letter}` };
        return (await cloud.ec2.send(new CreateSubnetCommand(subnet))).Subnet?.SubnetId ?? "";
      }),
    );
    blue = await side("blue", "127.202.0.1", vpc, subnets);
    green = await side("green", "127.202.0.2", vpc, subnets);
    const made = await zones(
      "POST",
      "/2013-04-01/hostedzone",
      "<CreateHostedZoneRequest><Name>switch.example</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>",
    );
    zone = /<Id>([^<]*)</.exec(made)?.[1] ?? "";
    await pass(5);
    await cloud.until(
      "healthy targets",
      ({ rules }) =>
        rules.filter((rule) => rule.loadBalancer.startsWith("switch-") && rule.weights.every((one) => one.healthy > 0))
          .length === 2,
    );
  });
  after(async () => {
    for (const one of [blue, green]) {
      one.program.server.close();
      one.program.server.closeAllConnections();
    }
    await cloud.control("POST", "fault-clear", {});
    await cloud.control("POST", "clock", { speed });
  });

  const pass = (seconds: number) => cloud.control("POST", "clock", { stepMs: seconds * 1000 });
  /** There is no client of Route 53 here. */
  const zones = async (method: string, path: string, body?: string): Promise<string> => {
    const authorization = `AWS4-HMAC-SHA256 Credential=SANDBOX${cloud.account}/20260101/us-east-1/route53/aws4_request, SignedHeaders=host, Signature=0`;
    const headers = { authorization, "content-type": "text/xml" };
    const answer = await fetch(`${endpoint ?? ""}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return answer.text();
  };
  const side = async (set: string, ip: string, vpc: string, Subnets: string[]): Promise<Side> => {
    const group = await targetGroup(cloud, `switch-${set}`, vpc);
    const { LoadBalancers = [] } = await cloud.elb.send(
      new CreateLoadBalancerCommand({ Name: `switch-${set}`, Subnets }),
    );
    const [balancer] = LoadBalancers;
    await cloud.elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: balancer?.LoadBalancerArn,
        Port: 80,
        Protocol: "HTTP",
        DefaultActions: [{ Type: "forward", TargetGroupArn: group }],
      }),
    );
    const own = await program(ip);
    await cloud.elb.send(new RegisterTargetsCommand({ TargetGroupArn: group, Targets: [own.target] }));
    return { set, dnsName: balancer?.DNSName ?? "", zone: balancer?.CanonicalHostedZoneId ?? "", program: own };
  };
  const weigh = async (weights: Readonly<Record<string, number>>): Promise<string> => {
    const changes = [blue, green].map(
      (one) =>
        `<Change><Action>UPSERT</Action><ResourceRecordSet><Name>${name}</Name><Type>A</Type>` +
        `<SetIdentifier>${one.set}</SetIdentifier><Weight>${weights[one.set] ?? 0}</Weight>` +
        `<AliasTarget><HostedZoneId>${one.zone}</HostedZoneId><DNSName>${one.dnsName}</DNSName>` +
        `<EvaluateTargetHealth>true</EvaluateTargetHealth></AliasTarget></ResourceRecordSet></Change>`,
    );
    const body = `<ChangeResourceRecordSetsRequest><ChangeBatch><Changes>${changes.join("")}</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`;
    return /<Id>([^<]*)</.exec(await zones("POST", `/2013-04-01${zone}/rrset/`, body))?.[1] ?? "";
  };
  const statusOf = async (change: string) =>
    /<Status>([^<]*)</.exec(await zones("GET", `/2013-04-01${change}`))?.[1] ?? "";
  /** How often which record was answered, of 400 questions. */
  const dig = async (): Promise<Record<string, number>> => {
    const question = { account: cloud.account, region: cloud.region, name, count: 400 };
    const { shares } = (await cloud.control("POST", "dig", question)) as {
      shares: readonly { record: string; count: number }[];
    };
    const of = ({ set }: Side): number => shares.find(({ record }) => record.includes(set))?.count ?? 0;
    return { blue: of(blue), green: of(green) };
  };

  it("is answered by weight, a minute after it was asked for", async () => {
    await weigh({ blue: 100, green: 0 });
    await pass(61);
    const before = await dig();
    const change = await weigh({ blue: 90, green: 10 });
    const during = [await statusOf(change), await dig()];
    await pass(61);
    const canary = await dig();
    await weigh({ blue: 0, green: 100 });
    await pass(61);

    expect([before, during, await statusOf(change), await dig()]).to.deep.equal([
      { blue: 400, green: 0 },
      ["PENDING", { blue: 400, green: 0 }],
      "INSYNC",
      { blue: 0, green: 400 },
    ]);
    // Ten percent of 400; outside of these bounds once in a million times.
    expect(canary["green"]).to.be.within(12, 75);
  });

  it("goes to the record without weight when the load balancer of the other has no healthy target", async () => {
    await cloud.control("POST", "fault", { kind: "lost-target", value: green.program.target.Id });
    await pass(15);
    await cloud.until("no healthy target", ({ rules }) =>
      rules.some((rule) => rule.loadBalancer === "switch-green" && rule.weights.every((one) => one.healthy === 0)),
    );

    expect(await dig()).to.deep.equal({ blue: 400, green: 0 });
  });
});
