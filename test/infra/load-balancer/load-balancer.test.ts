import { expect } from "chai";
import {
  recordResources,
  resourceNamed,
  resourcesOf,
  settled,
  valueOf,
  type Recorded,
} from "../../_helpers/pulumi-mocks";
import {
  attachedContainer as container,
  certificateArn,
  makeLoadBalancer as make,
} from "../../_helpers/shop-load-balancer";

const groupArn = (name: string): string =>
  `arn:aws:elasticloadbalancing:eu-central-1:686831565523:targetgroup/${name}/73e2d6bc24d8a067`;
const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const balancerOf = (resources: readonly Recorded[]) => resourcesOf(resources, balancerType)[0];
const listenersOf = (resources: readonly Recorded[]) => resourcesOf(resources, "aws:lb/listener:Listener");

describe("LoadBalancer", () => {
  it("is an internet-facing ALB in the public subnets that drops invalid headers", async () => {
    const resources = await recordResources();

    const balancer = make({});
    await settled();

    expect(balancerOf(resources)).to.deep.include({
      name: "lb",
      parent: "lb",
      inputs: {
        loadBalancerType: "application",
        internal: false,
        subnets: ["subnet-public"],
        securityGroups: ["sg-1"],
        idleTimeout: 60,
        enableDeletionProtection: false,
        dropInvalidHeaderFields: true,
      },
      options: { deleteBeforeReplace: true },
    });
    expect(await valueOf(balancer.arnSuffix)).to.equal("app/lb/50dc6c495c0c9188");
  });

  it("is internal in the private subnets, with the name, logs and protection that are asked for", async () => {
    const resources = await recordResources();

    make({
      balancer: {
        scheme: "internal",
        deletionProtection: true,
        idleTimeoutSeconds: 120,
        accessLogs: { bucket: "logs", prefix: "a" },
      },
      naming: { loadBalancer: "{system}-alb" },
    });
    await settled();

    expect(balancerOf(resources)?.inputs).to.deep.include({
      name: "shop-alb",
      internal: true,
      subnets: ["subnet-private"],
      idleTimeout: 120,
      enableDeletionProtection: true,
      accessLogs: { enabled: true, bucket: "logs", prefix: "a" },
    });
  });

  it("takes deletion protection off before a destroy", async () => {
    const resources = await recordResources();

    make({ balancer: { deletionProtection: true } }, { teardown: true });
    await settled();

    expect(balancerOf(resources)?.inputs["enableDeletionProtection"]).to.equal(false);
  });

  it("redirects port 80 and serves 443, the default service in the listener and the other by a rule", async () => {
    const resources = await recordResources();

    make({});
    await settled();

    const made = listenersOf(resources).map(({ name, inputs }) => [name, inputs]);
    expect(Object.fromEntries(made)).to.deep.equal({
      "lb-https": {
        loadBalancerArn: "arn:aws:elasticloadbalancing:eu-central-1:686831565523:loadbalancer/app/lb/50dc6c495c0c9188",
        port: 443,
        protocol: "HTTPS",
        certificateArn,
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        defaultActions: [{ type: "forward", targetGroupArn: groupArn("web-blue") }],
      },
      "lb-http": {
        loadBalancerArn: "arn:aws:elasticloadbalancing:eu-central-1:686831565523:loadbalancer/app/lb/50dc6c495c0c9188",
        port: 80,
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
      },
    });
    expect(resourceNamed(resources, "lb-https-api").inputs).to.deep.include({
      conditions: [{ hostHeader: { values: ["shop.example"] } }, { pathPattern: { values: ["/api/*"] } }],
      actions: [{ type: "forward", targetGroupArn: groupArn("api-blue") }],
      tags: { Service: "api" },
    });
  });

  it("has the same rules on both ports when both forward", async () => {
    const resources = await recordResources();

    make({ balancer: { http: "forward" } });
    await settled();

    const rules = resourcesOf(resources, "aws:lb/listenerRule:ListenerRule");
    expect(rules.map(({ name }) => name).sort()).to.deep.equal(["lb-http-api", "lb-https-api"]);
    expect(new Set(rules.map(({ inputs }) => inputs["priority"])).size).to.equal(1);
  });

  it("opens no port 80 when it is off", async () => {
    const resources = await recordResources();

    make({ balancer: { http: "off" } });
    await settled();

    expect(listenersOf(resources).map(({ name }) => name)).to.deep.equal(["lb-https"]);
  });

  it("answers 404 where no service takes all other requests", async () => {
    const resources = await recordResources();

    make({ services: { api: { containers: { api: container(8081, { paths: ["/api/*"] }) } } } });
    await settled();

    expect(resourceNamed(resources, "lb-https").inputs["defaultActions"]).to.deep.equal([
      {
        type: "fixed-response",
        fixedResponse: { contentType: "text/plain", messageBody: "Not found", statusCode: "404" },
      },
    ]);
  });

  it("makes a target group for addresses with the health check of the configuration", async () => {
    const resources = await recordResources();

    make({});
    await settled();

    expect(resourceNamed(resources, "web-blue")).to.deep.include({
      parent: "lb",
      inputs: {
        vpcId: "vpc-1",
        targetType: "ip",
        protocol: "HTTP",
        port: 80,
        deregistrationDelay: 30,
        healthCheck: {
          enabled: true,
          protocol: "HTTP",
          port: "traffic-port",
          path: "/health",
          matcher: "200-299",
          interval: 15,
          timeout: 5,
          healthyThreshold: 2,
          unhealthyThreshold: 2,
        },
        tags: { Service: "web" },
      },
    });
  });

  it("splits traffic between both slots by the release, and owns the split until it has been deployed", async () => {
    const resources = await recordResources();

    make({ strategy: "blue-green" });
    await settled();

    const split = (service: string): object => ({
      type: "forward",
      forward: {
        targetGroups: [
          { arn: groupArn(`${service}-blue`), weight: 100 },
          { arn: groupArn(`${service}-green`), weight: 0 },
        ],
      },
    });
    expect(resourceNamed(resources, "lb-https").inputs["defaultActions"]).to.deep.equal([split("web")]);
    expect(resourceNamed(resources, "lb-https-api").inputs["actions"]).to.deep.equal([split("api")]);
    expect([
      resourceNamed(resources, "lb-https").options,
      resourceNamed(resources, "lb-https-api").options,
    ]).to.deep.equal([{}, {}]);
  });

  it("leaves exactly the forward actions alone once a service has been deployed with both slots", async () => {
    const resources = await recordResources();

    make({ strategy: "blue-green" }, { releasedServices: new Set(["web", "api"]) });
    await settled();

    const ignored = resources.filter(({ options }) => options.ignoreChanges !== undefined);
    expect(Object.fromEntries(ignored.map(({ name, options }) => [name, options.ignoreChanges]))).to.deep.equal({
      "lb-https": ["defaultActions"],
      "lb-https-api": ["actions"],
    });
  });

  it("refuses services that cannot be told apart before it makes anything", async () => {
    const resources = await recordResources();
    const services = { a: { containers: { a: container(1) } }, b: { containers: { b: container(2) } } };

    expect(() => make({ services })).to.throw("slipway:services: a/a and b/b have neither paths nor hosts");
    await settled();
    expect(resourcesOf(resources, balancerType)).to.deep.equal([]);
  });
});
