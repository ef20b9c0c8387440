import { expect } from "chai";
import {
  differsBeyondImage,
  serviceType,
  taskDefinitionType,
} from "../../../../automation/model/release/image-difference";

const web = {
  name: "web",
  image: "shop:v1",
  essential: true,
  portMappings: [{ containerPort: 8080, protocol: "tcp" }],
  environment: [
    { name: "A", value: "1" },
    { name: "B", value: "2" },
  ],
  secrets: [{ name: "KEY", valueFrom: "arn:key" }],
};

const containersDiffer = (before: unknown, after: unknown): boolean =>
  differsBeyondImage(taskDefinitionType, "containerDefinitions", JSON.stringify(before), JSON.stringify(after));

describe("differsBeyondImage", () => {
  it("takes another image for no difference", () => {
    expect(containersDiffer([web], [{ ...web, image: "shop:v2" }])).to.equal(false);
  });

  for (const [what, after] of [
    ["another value in the environment", [{ ...web, environment: [{ name: "A", value: "9" }, web.environment[1]] }]],
    ["a variable less", [{ ...web, environment: web.environment.slice(1) }]],
    ["no environment any more", [{ ...web, environment: [] }]],
    ["another secret", [{ ...web, secrets: [{ name: "KEY", valueFrom: "arn:other" }] }]],
    ["another port", [{ ...web, portMappings: [{ containerPort: 8081, protocol: "tcp" }] }]],
    ["a port of the host", [{ ...web, portMappings: [{ containerPort: 8080, hostPort: 80, protocol: "tcp" }] }]],
    ["a command", [{ ...web, command: ["sh"] }]],
    ["a container that is not essential any more", [{ ...web, essential: false }]],
    ["another name", [{ ...web, name: "api" }]],
    ["a further container", [web, { name: "proxy", image: "proxy:v1" }]],
    ["no container", []],
    ["a logging option", [{ ...web, logConfiguration: { logDriver: "awslogs" } }]],
  ] as const) {
    it(`sees ${what}`, () => {
      expect([containersDiffer([web], after), containersDiffer(after, [web])]).to.deep.equal([true, true]);
    });
  }

  it("takes what ECS tells after a refresh for what was declared", () => {
    const told = {
      cpu: 0,
      mountPoints: [],
      volumesFrom: [],
      systemControls: [],
      ...web,
      environment: [...web.environment].reverse(),
      portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }],
    };

    expect(containersDiffer([told], [web])).to.equal(false);
  });

  it("compares what is no list of containers as it is", () => {
    const differs = (before: unknown, after: unknown): boolean =>
      differsBeyondImage(taskDefinitionType, "containerDefinitions", before, after);

    expect([differs("[secret]", "[secret]"), differs("nonsense", "[]"), differs(undefined, "[]")]).to.deep.equal([
      false,
      true,
      true,
    ]);
  });

  it("lets the tag Version be another, and no other tag", () => {
    const differs = (after: unknown): boolean =>
      differsBeyondImage(taskDefinitionType, "tags", { Service: "web", Version: "v1" }, after);

    expect([
      differs({ Service: "web", Version: "v2" }),
      differs({ Service: "web" }),
      differs({ Service: "shop", Version: "v1" }),
      differs({ Service: "web", Version: "v1", Owner: "me" }),
    ]).to.deep.equal([false, false, true, true]);
  });

  it("lets a service point at another revision, and differ in nothing else", () => {
    expect([
      differsBeyondImage(serviceType, "taskDefinition", "web:1", "web:2"),
      differsBeyondImage(serviceType, "desiredCount", 2, 3),
      differsBeyondImage(serviceType, "tags", { Version: "v1" }, { Version: "v2" }),
      differsBeyondImage(taskDefinitionType, "cpu", "256", "512"),
      differsBeyondImage("aws:sqs/queue:Queue", "taskDefinition", 1, 2),
    ]).to.deep.equal([false, true, true, true, true]);
  });

  it("leaves out what a provider's check has filled in, and only that", () => {
    const differs = (before: unknown, after: unknown): boolean =>
      differsBeyondImage(serviceType, "networkConfiguration", before, after);
    const filled = { __defaults: ["assignPublicIp"], assignPublicIp: false, subnets: ["a"] };

    expect([
      differs(filled, { subnets: ["a"] }),
      differs({ ...filled, securityGroups: ["sg"] }, { subnets: ["a"] }),
      differs({ __defaults: [], assignPublicIp: false, subnets: ["a"] }, { subnets: ["a"] }),
      differs([{ b: 1, a: { __defaults: [] } }], [{ a: {}, b: 1 }]),
    ]).to.deep.equal([false, true, true, false]);
  });
});
