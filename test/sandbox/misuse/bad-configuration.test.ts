import { join } from "node:path";
import { expect } from "chai";
import { sandboxCloud } from "../../_helpers/sandbox-cloud";
import { run, sandboxProject, type SandboxProject } from "../../_helpers/sandbox-project";
import { attempt, changeStackFile, ends, readStackFile, traces, writeStackFile } from "./attempt";

interface Mistake {
  readonly is: string;
  readonly from: string | RegExp;
  readonly to: string;
  readonly code: string;
  /** Place, what was found, what is allowed, and what to do. */
  readonly words: readonly string[];
}

const mistakes: readonly Mistake[] = [
  {
    is: "broken YAML",
    from: "    mode: create",
    to: "    mode: [create",
    code: "config-unreadable",
    words: ["Pulumi.staging.yaml:", "Correct the YAML at this place."],
  },
  {
    is: "an unknown key",
    from: "multiAz: false",
    to: "multiAZ: false",
    code: "config-invalid",
    words: ["slipway:database.multiAZ", "an unknown key with yes/no", "multiAz", "Did you mean `multiAz`?"],
  },
  {
    is: "a value of the wrong type",
    from: "storageGb: 20",
    to: 'storageGb: "20"',
    code: "config-invalid",
    words: ["slipway:database.storageGb", 'text "20"', "a whole number", "Write it without quotes."],
  },
  {
    is: "a pair of cpu and memory that Fargate does not have",
    from: /cpu: 1024\n {6}memory: 2048/,
    to: "cpu: 1024\n      memory: 1024",
    code: "config-invalid",
    words: [
      "slipway:services.agent.cpu",
      "cpu 1024 with memory 1024",
      "a pair that Fargate runs",
      "The nearest valid pair is cpu 1024 with memory 2048 MiB.",
    ],
  },
  {
    is: "one zone below a load balancer",
    from: "zones: 2",
    to: "zones: 1",
    code: "config-invalid",
    words: [
      "slipway:network.zones",
      "number 1",
      "a whole number from 2 to 6, because there is a load balancer and a database",
      "Use at least 2 zones.",
    ],
  },
  {
    is: "subnets whose addresses overlap",
    from: "    nat: single",
    to: `    nat: single
    subnets:
      public: [10.10.0.0/24, 10.10.1.0/24]
      private: [10.10.1.128/25, 10.10.3.0/24]
      database: [10.10.4.0/24, 10.10.5.0/24]`,
    code: "config-invalid",
    words: [
      "slipway:network.subnets.private[0]",
      "10.10.1.128/25 overlaps 10.10.1.0/24 of subnets.public[1].",
      "none twice",
      "Give every subnet addresses of its own.",
    ],
  },
  {
    is: "no account id",
    from: '    id: "686831565523"\n',
    to: "",
    code: "config-invalid",
    words: ["slipway:account.id", "nothing", "12 digits", "Add `id`."],
  },
];

describe("a stack file with a mistake in it", () => {
  let project: SandboxProject;
  let cloud: Awaited<ReturnType<typeof sandboxCloud>>;
  let correct: string;

  before(async () => {
    project = sandboxProject();
    correct = readStackFile(project);
    cloud = await sandboxCloud(project, "staging");
    await project.json("up", "staging", "--sandbox", "--yes", "--layer", "network");
  });

  afterEach(() => writeStackFile(project, correct));

  after(async () => project.remove());

  for (const { is, from, to, code, words } of mistakes) {
    it(`is refused before anything is touched: ${is}`, async () => {
      changeStackFile(project, from, to);
      const before = await traces(project, cloud);

      const attempts = [
        await attempt(project, ["config", "validate", "staging"]),
        await attempt(project, ["up", "staging", "--sandbox", "--yes"]),
        await attempt(project, ["destroy", "staging", "--yes"], cloud.env),
      ];

      expect(attempts.map(ends)).to.deep.equal([1, 2, 3].map(() => [2, code]));
      for (const { said } of attempts) for (const word of words) expect(said).to.contain(word);
      expect(await traces(project, cloud)).to.deep.equal(before);
    });
  }

  it("is told with all its mistakes at once", async () => {
    changeStackFile(project, "multiAz: false", "multiAZ: false");
    changeStackFile(project, "zones: 2", "zones: 1");

    const { said } = await attempt(project, ["config", "validate", "staging"]);

    expect(said).to.match(/^Pulumi\.staging\.yaml has 2 faults:/);
    expect(said).to.contain("slipway:database.multiAZ").and.to.contain("slipway:network.zones");
  });

  it("is not looked for under a name that no stack has; the known ones are named", async () => {
    const before = await traces(project, cloud);

    const refused = await attempt(project, ["up", "stagin", "--sandbox", "--yes"]);

    expect(ends(refused)).to.deep.equal([2, "stack-unknown"]);
    expect(refused.said).to.equal(
      "There is no stack stagin: Pulumi.stagin.yaml is missing.\nDid you mean `staging`? Stacks here: production, staging.",
    );
    expect(await traces(project, cloud)).to.deep.equal(before);
  });

  it("is refused for a weak password, which is never shown", async () => {
    const weak = "Weak-Pw-4711";
    const env = { ...process.env, ...cloud.env };
    const config = join(project.folder, ".slipway/sandbox/config");
    await run("pulumi", ["config", "set", "--secret", "slipway:databasePassword", weak, "-s", "staging"], config, env);
    const before = await traces(project, cloud);

    const refused = await attempt(project, ["up", "staging", "--sandbox", "--yes"]);
    const plain = await project.slipway("up", "staging", "--sandbox", "--yes");

    expect(ends(refused)).to.deep.equal([2, "config-invalid"]);
    for (const word of [
      "slipway:databasePassword",
      "a password (not shown)",
      "at least 16 characters",
      "pulumi config set --secret slipway:databasePassword",
    ])
      expect(refused.said).to.contain(word);
    expect(refused.text + plain.stdout + plain.stderr).not.to.contain(weak);
    expect(plain.code).to.equal(2);
    expect(await traces(project, cloud)).to.deep.equal(before);
  });
});
