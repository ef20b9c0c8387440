import { expect } from "chai";
import { commands, groups } from "../../../automation/commands";
import type { SlipwayError } from "../../../automation/model/errors";
import { releaseWords } from "../../../automation/commands/release-options";
import { parse } from "../../../automation/parse";
import { failure } from "../../_helpers/a-left-release";

/** The command that a line means, and what it was given besides defaults and nothing. */
async function typed(line: string): Promise<readonly [string | undefined, Readonly<Record<string, unknown>>]> {
  const choice = await parse(line.split(" "), { commands, groups, version: "0.0.0" });
  const own = Object.keys(choice?.command.options ?? {});
  const given = Object.entries(choice?.values ?? {}).filter(
    ([name, value]) => (own.includes(name) || name === "stack") && value !== undefined && value !== false,
  );
  return [choice?.command.name, Object.fromEntries(given)];
}
const wrong = (line: string): Promise<SlipwayError> => failure(parse(line.split(" "), { commands, groups }));

describe("the words of a release", () => {
  for (const [line, name, values] of [
    ["release staging web=v2", "release", { stack: "staging", targets: ["web=v2"], order: "parallel" }],
    [
      "release staging web=v2 api=v7 --yes",
      "release",
      { stack: "staging", targets: ["web=v2", "api=v7"], order: "parallel", yes: true },
    ],
    [
      "release staging --component agent --version v1.0.13 --type canary",
      "release",
      { stack: "staging", component: "agent", version: "v1.0.13", type: "canary", order: "parallel" },
    ],
    [
      "release staging web=v2 --steps 10:5m,100 --canary-percent 5 --on-failure ask --order sequential --all-or-nothing",
      "release",
      {
        stack: "staging",
        targets: ["web=v2"],
        steps: "10:5m,100",
        "canary-percent": 5,
        "on-failure": "ask",
        order: "sequential",
        "all-or-nothing": true,
      },
    ],
    ["release status staging", "release status", { stack: "staging" }],
    ["release status staging web", "release status", { stack: "staging", service: "web" }],
    ["release resume staging web", "release resume", { stack: "staging", service: "web" }],
    [
      "release abort staging web --forget --reason gone",
      "release abort",
      { stack: "staging", service: "web", forget: true, reason: "gone" },
    ],
    ["release continue staging", "release continue", { stack: "staging" }],
    ["release watch staging --once", "release watch", { stack: "staging", once: true }],
    ["release history staging --limit 3", "release history", { stack: "staging", limit: 3 }],
    ["rollback staging", "rollback", { stack: "staging" }],
    ["rollback staging web --version v1", "rollback", { stack: "staging", service: "web", version: "v1" }],
    ["rollback staging web --to p1", "rollback", { stack: "staging", service: "web", to: "p1" }],
    ["restart staging", "restart", { stack: "staging", order: "parallel" }],
    ["restart staging web api", "restart", { stack: "staging", services: ["web", "api"], order: "parallel" }],
  ] as const)
    it(`are understood in \`${line}\``, async () => {
      const [command, { targets, services, ...rest }] = await typed(line);
      const lists = Object.entries({ targets, services }).filter(([, list]) => Array.isArray(list) && list.length > 0);
      expect([command, { ...rest, ...Object.fromEntries(lists) }]).to.deep.equal([name, values]);
    });

  it("are understood with an option before the stack, and with one that is given again and again", async () => {
    const line = "release --reason because staging web=v2 --ignore-alarm a --ignore-alarm b";
    expect(await typed(line)).to.deep.equal([
      "release",
      { stack: "staging", targets: ["web=v2"], reason: "because", "ignore-alarm": ["a", "b"], order: "parallel" },
    ]);
  });

  for (const line of [
    "release staging web=v2 --strategy sideways",
    "release staging web=v2 --order backwards",
    "release staging web=v2 --on-failure perhaps",
    "release staging web=v2 --bakes 5m",
    "release status",
    "release",
    "rollback",
  ])
    it(`are wrong in \`${line}\``, async () => {
      const { code, exitCode } = await wrong(line);
      expect([code, exitCode]).to.deep.equal(["usage", 2]);
    });
});

describe("releaseWords", () => {
  it("gives each option to a release by its own name", () => {
    const given = {
      strategy: "canary",
      steps: "10,100",
      bake: "5m",
      "canary-percent": 5,
      "health-interval": 30,
      "on-failure": "never",
      "ignore-alarm": ["slow"],
      reason: "because",
    } as const;
    expect(releaseWords({ ...given, "ignore-alarm": ["slow"] })).to.deep.equal({
      strategy: "canary",
      steps: "10,100",
      bake: "5m",
      canaryPercent: 5,
      healthInterval: 30,
      rollback: "never",
      ignoreAlarms: ["slow"],
      reason: "because",
    });
  });
});
