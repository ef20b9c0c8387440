import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Finding } from "../../../automation/model/finding";
import type { GateOverride, HistoryEntry } from "../../../automation/ports/history";
import { sandboxCloud } from "../../_helpers/sandbox-cloud";
import { run, sandboxProject, type SandboxProject } from "../../_helpers/sandbox-project";
import { slipwayPath } from "../../_helpers/started";
import { attempt, changeStackFile, ends, readStackFile, stateFile, traces, writeStackFile } from "./attempt";

const other = "111122223333";
const forbidden = "709825985650";

/** Ids of everything at AWS that the state knows. */
function idsIn(project: SandboxProject): readonly string[] {
  const { checkpoint } = JSON.parse(readFileSync(stateFile(project), "utf8")) as {
    checkpoint: { latest: { resources: readonly { urn: string; custom?: boolean; id?: string }[] } };
  };
  const resources = checkpoint.latest.resources.filter(({ custom }) => custom === true);
  return resources.map(({ urn, id }) => `${urn} ${id}`).sort();
}

describe("an environment that is deployed, layer by layer", () => {
  let project: SandboxProject;
  let cloud: Awaited<ReturnType<typeof sandboxCloud>>;
  let correct: string;

  before(async () => {
    project = sandboxProject();
    correct = readStackFile(project);
    cloud = await sandboxCloud(project, "staging");
  });

  afterEach(() => writeStackFile(project, correct));

  after(async () => project.remove());

  it("refuses a layer before the one it stands on", async () => {
    const early = await attempt(project, ["up", "staging", "--sandbox", "--yes", "--layer", "services"]);
    const typo = await attempt(project, ["up", "staging", "--sandbox", "--yes", "--layer", "netwrok"]);

    expect([ends(early), ends(typo)]).to.deep.equal([
      [2, "layer-order"],
      [2, "usage"],
    ]);
    expect(early.said).to.match(/^Layer services needs layer (database|network) first: \S+ is not there yet\./);
    expect(early.said).to.match(/`slipway up staging --layer (database|network)`, or the whole of staging\.$/);
    expect(typo.said).to.contain('Choices: "dns", "network", "database", "services", "alarms", "identity"');
    expect(Object.values(await cloud.leftovers()).flat()).to.deep.equal([]);
  });

  it("is the same as one that was built as a whole", async () => {
    for (const layer of ["network", "database", "services", "alarms"]) {
      const { outcome } = await project.json("up", "staging", "--sandbox", "--yes", "--layer", layer);
      expect(outcome, layer).to.equal("deployed");
    }
    const whole = await project.slipway("preview", "staging", "--sandbox", "--expect-no-changes");

    expect(whole.code, whole.stdout + whole.stderr).to.equal(0);
  });

  it("does not let a layer go that carries others", async () => {
    const before = await traces(project, cloud);

    const refused = await attempt(project, ["destroy", "staging", "--sandbox", "--yes", "--layer", "network"]);

    expect(ends(refused)).to.deep.equal([3, "layer-in-use"]);
    expect(refused.said).to.equal(
      "Layer network carries database, services, alarms; nothing was changed.\nDestroy first, in this order: alarms, services, database.",
    );
    expect(await traces(project, cloud)).to.deep.equal(before);
  });

  it("is neither changed nor destroyed without a terminal and without --yes", async () => {
    changeStackFile(project, "retentionDays: 30", "retentionDays: 60");
    const before = await traces(project, cloud);

    const refused = [
      await attempt(project, ["up", "staging", "--sandbox"]),
      await attempt(project, ["destroy", "staging", "--sandbox"]),
    ];

    expect(refused.map(ends)).to.deep.equal([
      [2, "usage"],
      [2, "usage"],
    ]);
    for (const { said } of refused) {
      expect(said).to.contain("There is no terminal to ask on, so nothing was done.").and.to.contain("--yes");
    }
    expect(await traces(project, cloud)).to.deep.equal(before);
  });

  it("is not touched with the credentials of another account, and a forbidden one is named as such", async () => {
    changeStackFile(project, "retentionDays: 30", "retentionDays: 60");
    const before = await traces(project, cloud);
    const as = (account: string) => ({ ...cloud.env, AWS_ACCESS_KEY_ID: `SANDBOX${account}` });

    const mistaken = [
      await attempt(project, ["up", "staging", "--yes"], as(other)),
      await attempt(project, ["destroy", "staging", "--yes"], as(other)),
    ];
    const refused = [
      await attempt(project, ["up", "staging", "--yes"], as(forbidden)),
      await attempt(project, ["destroy", "staging", "--yes"], as(forbidden)),
    ];

    expect([...mistaken, ...refused].map(ends)).to.deep.equal([
      [3, "account-mismatch"],
      [3, "account-mismatch"],
      [3, "account-forbidden"],
      [3, "account-forbidden"],
    ]);
    for (const { said } of mistaken)
      expect(said).to.match(/staging belongs to account 686831565523, and the caller \S+ is in account 111122223333\./);
    for (const { said } of refused) expect(said).to.contain(`Account ${forbidden} is forbidden for staging`);
    for (const { said } of [...mistaken, ...refused])
      expect(said).to.contain("Nothing was changed. Use credentials of account 686831565523");
    expect(await traces(project, cloud)).to.deep.equal(before);
  });

  it("is not touched by a plain engine in another account either: its provider refuses", async () => {
    const [ids, before] = [idsIn(project), await cloud.leftovers()];
    const inOther = { ...cloud.env, AWS_ACCESS_KEY_ID: `SANDBOX${other}` };

    const plain = await run(
      "pulumi",
      ["up", "-s", "staging", "--yes", "--skip-preview", "--non-interactive"],
      project.folder,
      { ...process.env, ...inOther },
    );
    const preview = await attempt(project, ["preview", "staging"], inOther);

    expect(plain.code).to.not.equal(0);
    expect(plain.stdout).to.contain(`AWS account ID not allowed: ${other}`);
    expect(ends(preview)).to.deep.equal([3, "account-mismatch"]);
    expect(idsIn(project)).to.deep.equal(ids);
    expect(await cloud.leftovers()).to.deep.equal(before);
  });

  it("keeps its database although the protection is taken off in the same change, unless somebody answers for it", async () => {
    changeStackFile(project, "    name: axonflow\n", "    name: other\n    protect: false\n");
    const before = await traces(project, cloud);
    const skip = { SKIP_DIFF_GATE: "true" };
    const words = ["--justification", "#42", "--approved-by", "Ada"];

    const gate = await attempt(project, ["gate", "staging", "--sandbox"]);
    const closed = await attempt(project, ["up", "staging", "--sandbox", "--yes"]);
    const wrongValue = await attempt(project, ["up", "staging", "--sandbox", "--yes", ...words], {
      SKIP_DIFF_GATE: "TRUE",
    });
    const withoutWords = await attempt(project, ["up", "staging", "--sandbox", "--yes"], skip);
    const unapproved = await attempt(project, ["up", "staging", "--sandbox", "--yes", "--justification", "#42"], skip);

    expect([gate, closed, wrongValue, withoutWords, unapproved].map(ends)).to.deep.equal([
      [1, undefined],
      [3, "gate-blocked"],
      [3, "gate-blocked"],
      [3, "gate-override-incomplete"],
      [3, "gate-override-incomplete"],
    ]);
    for (const { data } of [gate, closed, wrongValue]) {
      const found = (data["findings"] as readonly Finding[]).map(({ op, name, rule }) => `${op} ${name}: ${rule}`);
      expect(found).to.include.members([
        "replace database-instance: protection-removed",
        "replace database-instance: database-replaced",
      ]);
    }
    expect(closed.said).to.contain("SKIP_DIFF_GATE=true with --justification");
    expect(withoutWords.said).to.contain("--justification <issue or pull request> --approved-by <name>");
    expect([await traces(project, cloud), await overrides()]).to.deep.equal([before, []]);
  });

  it("prints and records the findings of an overridden gate before anything is applied", async () => {
    changeStackFile(project, "    name: axonflow\n", "    name: other\n    protect: false\n");

    const { stderr, code } = await run(
      process.execPath,
      [slipwayPath, "gate", "staging", "--sandbox", "--justification", "#42", "--approved-by", "Ada"],
      project.folder,
      { ...process.env, SKIP_DIFF_GATE: "true" },
    );

    const [override] = await overrides();
    const { at, by, findings = [], ...record } = override ?? {};
    expect(code, stderr).to.equal(0);
    expect(stderr)
      .to.contain("Diff gate: BLOCKED")
      .and.to.match(/replace +\| database-instance .*database-replaced/);
    expect(stderr).to.contain("The gate is overridden: #42 (approved by Ada).");
    expect(record).to.deep.equal({
      kind: "gate-override",
      stack: "staging",
      justification: "#42",
      approvedBy: "Ada",
    });
    expect([typeof at, by]).to.deep.equal(["string", "arn:aws:sts::686831565523:user/moto"]);
    expect(findings.map(({ rule }) => rule)).to.include("database-replaced");
  });

  /** What the history tells of overridden gates. */
  async function overrides(): Promise<readonly GateOverride[]> {
    const { entries } = (await project.json("history", "staging", "--sandbox")) as { entries: readonly HistoryEntry[] };
    return entries.filter((entry) => entry.kind === "gate-override");
  }
});
