import { expect } from "chai";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { Input } from "../../../sandbox/model/service-api";
import { checkDefinition } from "../../../sandbox/tasks/checks/register";

const fargate = {
  family: "web",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  cpu: "256",
  memory: "512",
  containerDefinitions: [{ name: "web", image: "shop/web:1" }],
};

/** `cpu/memory` as they will be kept, or what ECS says. */
function said(change: Input): string {
  try {
    const kept = { ...fargate, ...change, ...checkDefinition({ ...fargate, ...change }) };
    return `${kept["cpu"]}/${kept["memory"]}`;
  } catch (error) {
    return error instanceof AwsFault ? `${error.code}: ${error.message}` : String(error);
  }
}

describe("a task definition", () => {
  const cases: readonly (readonly [string, Input, string])[] = [
    ["of a size that Fargate has", {}, "256/512"],
    ["of a size in words", { cpu: ".5 vCPU", memory: "3 GB" }, "512/3072"],
    ["of the largest size", { cpu: "16 vcpu", memory: "120GB" }, "16384/122880"],
    ["for EC2 may be of any size", { requiresCompatibilities: ["EC2"], cpu: "300", memory: "300" }, "300/300"],
    [
      "of a CPU that there is not",
      { cpu: "300" },
      "ClientException: Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the " +
        "Amazon ECS Developer Guide.",
    ],
    ["of a memory that does not go with its CPU", { memory: "3072" }, noSize()],
    ["of a memory between two steps", { cpu: "8192", memory: "18 GB" }, noSize()],
    ["without CPU", { cpu: undefined }, "ClientException: Fargate requires that 'cpu' be defined at the task level."],
    ["with an empty list of tags", { tags: [] }, "ClientException: Tags can not be empty."],
    [
      "without an essential container",
      { containerDefinitions: [{ name: "web", essential: false }] },
      "ClientException: Task definition does not have at least one essential container.",
    ],
  ];
  for (const [what, change, answer] of cases) {
    it(`${what}: ${answer.replace(/^ClientException.*/, "is refused")}`, () => {
      expect(said(change)).to.equal(answer);
    });
  }

  it("is refused above 64 KiB", () => {
    expect(said({ containerDefinitions: [{ name: "web", command: ["x".repeat(66_000)] }] })).to.match(
      /^ClientException: Actual length: '66\d{3}'\. Max allowed length is '65536' bytes\.$/,
    );
  });
});

function noSize(): string {
  return "ClientException: No Fargate configuration exists for given values.";
}
