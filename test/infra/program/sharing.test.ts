import { expect } from "chai";
import { program } from "../../../infra/program";
import { recordResources, resourceNamed, settled, valueOf, type Recorded } from "../../_helpers/pulumi-mocks";
import type * as pulumi from "@pulumi/pulumi";
import { adopted, reference } from "../config/crossed-sharing";

const secretArn = String(reference["secretArn"]);
const container = {
  image: { repository: "shop/web" },
  port: 8080,
  secrets: { DB_PASSWORD: { secret: "database", key: "password" } },
  loadBalancer: { healthCheck: { path: "/health" } },
};

async function green(dns: object = {}, remembered: Readonly<Record<string, unknown>> = {}) {
  const settings = { zoneId: "Z1", name: "www.shop.example", colour: "green", peer: "prod-blue", ...dns };
  const resources = await recordResources({
    config: {
      "aws:region": "eu-central-1",
      "slipway:system": "shop",
      "slipway:environment": "green",
      "slipway:account": '{"id":"686831565523"}',
      "slipway:network": JSON.stringify({ ...adopted, publicSubnetIds: ["subnet-3", "subnet-4"] }),
      "slipway:database": JSON.stringify(reference),
      "slipway:loadBalancer": '{"scheme":"internet-facing","http":"forward"}',
      "slipway:services": JSON.stringify({ web: { containers: { web: container } } }),
      "slipway:dns": JSON.stringify(settings),
    },
    calls: {
      "pulumi:pulumi:readStackOutputs": { outputs: remembered },
      "pulumi:pulumi:readStackResourceOutputs": { outputs: {} },
    },
  });
  const outputs = await program({ startedAt: "20251119-143022" });
  await settled();
  const plain = Object.fromEntries(
    await Promise.all(
      Object.entries(outputs)
        .filter(([name]) => /^(Db|Dns)/.test(name))
        .map(async ([name, value]) => [
          name,
          typeof value === "string" ? value : await valueOf(value as pulumi.Output<unknown>),
        ]),
    ),
  ) as Readonly<Record<string, unknown>>;
  return { resources, outputs: plain };
}

const typesOf = (resources: readonly Recorded[]): readonly string[] => resources.map(({ type }) => type);

describe("program, with what two environments share", function () {
  this.timeout(30_000);

  it("uses another environment's database: its group gets one rule, its secret is read, nothing of it is made", async () => {
    const { resources, outputs } = await green();

    expect(typesOf(resources).filter((type) => /aws:rds|secretsmanager|random|Database/.test(type))).to.deep.equal([]);
    expect(resourceNamed(resources, "security-groups-database-from-services-5432").inputs).to.deep.include({
      securityGroupId: "sg-1",
      fromPort: 5432,
      toPort: 5432,
    });
    expect(JSON.stringify(resources.find(({ type }) => type.includes("taskDefinition"))?.inputs)).to.contain(
      `${secretArn}:password::`,
    );
    expect(outputs).to.deep.equal({
      DbSecurityGroupId: "sg-1",
      DbInstanceId: "shop-db",
      DbEndpoint: reference["host"],
      DbPort: 5432,
      DbName: "shop",
      DbSecretArn: secretArn,
      DnsName: "www.shop.example",
      DnsOwnName: "green.www.shop.example",
      DnsZoneId: "Z1",
      DnsColour: "green",
    });
  });

  it("points the colour's own name at its load balancer", async () => {
    const { resources } = await green();
    expect(resourceNamed(resources, "dns-green-own").inputs["aliases"]).to.deep.equal([
      {
        name: "load-balancer-1234567890.eu-central-1.elb.amazonaws.com",
        zoneId: "Z215JYRZR1TBD5",
        evaluateTargetHealth: true,
      },
    ]);
  });

  it("refuses another colour than the environment has", async () => {
    const error = await green({ colour: "blue" }, { DnsColour: "green" }).catch((thrown: unknown) => thrown);
    expect(String(error)).to.contain("slipway:dns.colour is blue, and this environment is green");
  });
});
