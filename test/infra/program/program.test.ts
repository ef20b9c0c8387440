import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { program } from "../../../infra/program";
import {
  dependenciesOf,
  recordResources,
  resourceNamed,
  resourcesOf,
  settled,
  valueOf,
  type Recorded,
} from "../../_helpers/pulumi-mocks";
import { stackFileConfig } from "../../_helpers/stack-file";

const startedAt = "20251119-143022";

type Stack = "staging" | "production";

interface Run {
  readonly resources: readonly Recorded[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Builds a checked-in stack. */
async function build(stack: Stack, changes: Readonly<Record<string, string>> = {}): Promise<Run> {
  const resources = await recordResources({ config: { ...stackFileConfig(stack), ...changes }, stack });
  const outputs = await valueOf(pulumi.output(await program({ startedAt })));
  await settled();
  return { resources, outputs };
}

const countOf = (resources: readonly Recorded[], type: string): number => resourcesOf(resources, type).length;

const resourceTypes = {
  services: "aws:ecs/service:Service",
  definitions: "aws:ecs/taskDefinition:TaskDefinition",
  targetGroups: "aws:lb/targetGroup:TargetGroup",
  alarms: "aws:cloudwatch/metricAlarm:MetricAlarm",
} as const;

/** Services of the stack files, and what depends on their number. */
const expected: Readonly<Record<Stack, Record<keyof typeof resourceTypes, number>>> = {
  // Two alarms of the database, three for each target group, one for each service.
  staging: { services: 3, definitions: 3, targetGroups: 3, alarms: 2 + 3 * 3 + 3 },
  production: { services: 5, definitions: 5, targetGroups: 3, alarms: 2 + 3 * 3 + 5 },
};

describe("program", function () {
  // Whole environments: a second each, and several on a busy machine.
  this.timeout(30_000);

  for (const stack of ["staging", "production"] as const) {
    it(`declares ${stack} from its checked-in stack file`, async () => {
      const { resources } = await build(stack);

      const counts = Object.entries(resourceTypes).map(([what, type]) => [what, countOf(resources, type)]);
      expect(Object.fromEntries(counts)).to.deep.equal(expected[stack]);
      // The VPC's own children, which its provider makes, come on top.
      expect(resources.length).to.be.at.least(60);
    });

    it(`puts every resource of ${stack} into a layer, on the provider that guards account and tags`, async () => {
      const { resources } = await build(stack);

      const top = resources.filter(({ parent }) => parent === undefined).map(({ type }) => type.replace(/[^:]*$/, ""));
      expect([...new Set(top)].sort()).to.deep.equal([
        "pulumi:providers:",
        "slipway:alarms:",
        "slipway:database:",
        "slipway:network:",
        "slipway:services:",
      ]);
      const strays = resources.filter(({ type, provider }) => type.startsWith("aws:") && provider !== "aws");
      expect(strays.map(({ name }) => name)).to.deep.equal([]);
      const { inputs } = resourceNamed(resources, "aws");
      expect({ ...inputs, defaultTags: undefined, allowedAccountIds: undefined }).to.deep.include({
        region: "eu-central-1",
      });
      expect(JSON.parse(String(inputs["allowedAccountIds"]))).to.deep.equal(["686831565523"]);
      expect(JSON.parse(String(inputs["defaultTags"]))).to.deep.equal({
        tags: {
          CostCenter: `axonflow-${stack}`,
          Project: "slipway",
          System: "axonflow",
          Environment: stack,
          ManagedBy: "slipway",
        },
      });
    });
  }

  it("gives the documented outputs", async () => {
    const { outputs } = await build("staging");

    const name = "axonflow-staging-20251119-143022";
    const dns = "load-balancer-1234567890.eu-central-1.elb.amazonaws.com";
    expect(outputs).to.deep.include({
      stackName: name,
      VpcId: "vpc-network-vpc",
      LoadBalancerDNS: dns,
      DbInstanceId: `${name}-db`,
      DbPort: 5432,
      DbName: "axonflow",
      ClusterName: `${name}-cluster`,
      AgentEndpoint: `https://${dns}`,
      OrchestratorEndpoint: `https://${dns}/orchestrator`,
      CustomerPortalEndpoint: `https://${dns}/portal`,
      ServiceNames: {
        agent: { blue: `${name}-agent-service` },
        "customer-portal": { blue: `${name}-customer-portal-service` },
        orchestrator: { blue: `${name}-orchestrator-service` },
      },
    });
    expect(outputs["TargetGroupArn"]).to.match(/targetgroup\/agent-blue\//);
    expect(Object.values(outputs)).to.not.include(undefined);
  });

  it("gives a single service's name, and leaves out what the environment does not have", async () => {
    const services = { worker: { containers: { worker: { image: { repository: "shop" } } } } };
    const resources = await recordResources({
      config: {
        "aws:region": "us-east-1",
        "slipway:system": "shop",
        "slipway:environment": "dev",
        "slipway:account": '{"id":"686831565523"}',
        "slipway:network": '{"mode":"create"}',
        "slipway:services": JSON.stringify(services),
      },
    });

    const outputs = await valueOf(pulumi.output(await program({ startedAt })));
    await settled();

    expect(Object.keys(outputs).sort()).to.deep.equal([
      "ClusterName",
      "EcsSecurityGroupId",
      "ServiceName",
      "ServiceNames",
      "VpcId",
      "releases",
      "stackName",
    ]);
    expect(outputs["ServiceName"]).to.equal("shop-dev-worker-service");
    const components = resources.filter(({ custom }) => !custom).map(({ type }) => type);
    expect(components.filter((type) => /Database|LoadBalancer|Alarms/.test(type))).to.deep.equal([]);
  });

  it("starts services only when routing, capacity, rights, secrets and open ports are in place", async () => {
    const { resources } = await build("staging");

    expect(dependenciesOf(resourceNamed(resources, "agent-service"))).to.include.members([
      "load-balancer-https",
      "load-balancer-https-orchestrator",
      "cluster-capacity",
      "agent-execution-policy",
      "secrets-license-placeholder",
      "database-credentials",
      "security-groups-services-to-database-5432",
    ]);
  });

  it("takes guards off as the step before a destroy", async () => {
    const config = stackFileConfig("production");
    const resources = await recordResources({ config, stack: "production" });

    await program({ startedAt, teardown: true });
    await settled();

    const [instance] = resourcesOf(resources, "aws:rds/instance:Instance");
    expect([instance?.options.protect, instance?.inputs["deletionProtection"]]).to.deep.equal([undefined, false]);
  });

  it("declares nothing when the password is too weak", async () => {
    const config = { ...stackFileConfig("staging"), "slipway:databasePassword": "weak" };
    const resources = await recordResources({ config });

    const refusal = await program({ startedAt }).catch((error: unknown) => error);

    expect(refusal).to.be.instanceOf(pulumi.RunError);
    expect(resources).to.deep.equal([]);
  });
});
