import { expect } from "chai";
import { healthProbe } from "../../../sandbox/tasks/container/health-command";
import { afterCheck, unknownHealth, type HealthRecord } from "../../../sandbox/tasks/container/health-record";

describe("the command of a health check", () => {
  const commands: readonly (readonly [readonly string[], object])[] = [
    [
      ["CMD-SHELL", "curl -f http://localhost:8080/health || exit 1"],
      { kind: "fetch", port: 8080, path: "/health", mustSucceed: true },
    ],
    [
      ["CMD-SHELL", "curl -s http://localhost/ > /dev/null"],
      { kind: "fetch", port: 80, path: "/", mustSucceed: false },
    ],
    [["CMD", "curl", "--fail", "http://127.0.0.1:3000/"], { kind: "fetch", port: 3000, path: "/", mustSucceed: true }],
    [
      ["CMD", "wget", "-q", "--spider", "http://localhost:3000/x?y=1"],
      { kind: "fetch", port: 3000, path: "/x?y=1", mustSucceed: true },
    ],
    [
      ["CMD-SHELL", "node -e \"require('http').get('http://localhost:3000/h')\""],
      { kind: "fetch", port: 3000, path: "/h", mustSucceed: true },
    ],
    [["CMD-SHELL", "exit 1"], { kind: "exit", code: 1 }],
    [["CMD-SHELL", "exit 0"], { kind: "exit", code: 0 }],
    [["CMD-SHELL", "curl http://localhost:1 || exit 0"], { kind: "exit", code: 0 }],
    [["CMD", "/bin/check"], { kind: "alive" }],
    [["CMD-SHELL", "pg_isready -h localhost"], { kind: "alive" }],
    [[], { kind: "alive" }],
  ];
  for (const [command, probe] of commands) {
    it(`${JSON.stringify(command)} is understood`, () => {
      expect(healthProbe(command)).to.deep.equal(probe);
    });
  }
});

describe("the health of a container", () => {
  const check = { retries: 3, startPeriod: 60 };
  const checked = (results: readonly (readonly [number, boolean])[]): readonly string[] => {
    let record: HealthRecord = unknownHealth;
    return results.map(([second, hasPassed]) => (record = afterCheck(record, check, second * 1000, hasPassed)).health);
  };

  it("does not suffer from failures in the start period", () => {
    expect(
      checked([
        [10, false],
        [20, false],
        [30, false],
        [40, false],
      ]),
    ).to.deep.equal(Array(4).fill("UNKNOWN"));
  });

  it("counts them from the first success on, though the start period is not over", () => {
    expect(
      checked([
        [10, true],
        [20, false],
        [30, false],
        [40, false],
      ]),
    ).to.deep.equal(["HEALTHY", "HEALTHY", "HEALTHY", "UNHEALTHY"]);
  });

  it("comes back with one success", () => {
    expect(
      checked([
        [70, false],
        [80, false],
        [90, false],
        [100, true],
      ]),
    ).to.deep.equal(["UNKNOWN", "UNKNOWN", "UNHEALTHY", "HEALTHY"]);
  });
});
