import { expect } from "chai";
import { isSameContainers } from "../../../sandbox/plugin/aws/container-definitions";

const web = {
  name: "web",
  image: "nginx:1.27",
  portMappings: [{ containerPort: 8080 }],
  environment: [
    { name: "PORT", value: "8080" },
    { name: "MODE", value: "test" },
  ],
};

/** As ECS answers: defaults and empty lists filled in, lists in its own order. */
const asToldByEcs = {
  ...web,
  cpu: 0,
  essential: true,
  portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }],
  environment: [...web.environment].reverse(),
  mountPoints: [],
  volumesFrom: [],
  systemControls: [],
};

const isSame = (left: readonly object[], right: readonly object[]): boolean =>
  isSameContainers(JSON.stringify(left), JSON.stringify(right));

describe("isSameContainers", () => {
  it("takes what ECS fills in for no change", () => {
    expect(isSame([web], [asToldByEcs])).to.equal(true);
  });

  it("does not mind the order of containers", () => {
    expect(isSame([web, { name: "log" }], [{ name: "log" }, asToldByEcs])).to.equal(true);
  });

  it("sees a new image", () => {
    expect(isSame([web], [{ ...asToldByEcs, image: "nginx:1.28" }])).to.equal(false);
  });

  it("sees another variable, another host port and another order of a command", () => {
    const changes = [
      { environment: [{ name: "PORT", value: "80" }] },
      { portMappings: [{ containerPort: 8080, hostPort: 80 }] },
      { command: ["b", "a"] },
      { essential: false },
    ];

    expect(changes.map((change) => isSame([{ ...web, command: ["a", "b"] }], [{ ...web, ...change }]))).to.deep.equal([
      false,
      false,
      false,
      false,
    ]);
  });
});
