import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { nothingLeft, sandboxCloud } from "../_helpers/sandbox-cloud";
import { run, sandboxProject, type SandboxProject } from "../_helpers/sandbox-project";

interface Change {
  readonly name: string;
  readonly op: string;
  readonly type: string;
}

const edit = (project: SandboxProject, stack: string, change: (text: string) => string): void => {
  const file = join(project.folder, `Pulumi.${stack}.yaml`);
  writeFileSync(file, change(readFileSync(file, "utf8")));
};

const changesIn = (data: Readonly<Record<string, unknown>>, key = "changes"): readonly Change[] =>
  (data[key] as readonly Change[]).filter(({ type }) => type.startsWith("aws:") || type.startsWith("random:"));

const named = (changes: readonly Change[]): readonly string[] => changes.map(({ op, name }) => `${op} ${name}`).sort();

/** Files below a folder that hold a text, as it is or in base64. */
function filesWith(folder: string, text: string): string[] {
  const forms = [text, Buffer.from(text).toString("base64"), JSON.stringify(text).slice(1, -1)];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .filter((file) => forms.some((form) => readFileSync(file, "latin1").includes(form)));
}

/** A physical name without the time of the first deployment can be known before it. */
const withoutTimestamp = (text: string): string =>
  text.replace("{system}-{environment}-{timestamp}", "{system}-{environment}");

describe("the staging environment in the sandbox", () => {
  let project: SandboxProject;
  let cloud: Awaited<ReturnType<typeof sandboxCloud>>;
  const cluster = "axonflow-staging-cluster";
  const agent = "axonflow-staging-agent-service";

  before(async () => {
    project = sandboxProject(withoutTimestamp);
    cloud = await sandboxCloud(project, "staging");
  });

  after(async () => project.remove());

  it("stops at a resource that cannot be made, keeps the state whole, and finishes with the next up", async () => {
    await cloud.makeLogGroup("/ecs/axonflow-staging/agent");

    const failed = await project.slipway("up", "staging", "--sandbox", "--yes", "--json");

    const { error: failure } = JSON.parse(failed.stdout) as {
      error: { code: string; resource: string; message: string };
    };
    expect([failed.code, failure.code]).to.deep.equal([1, "resource-failed"]);
    expect(failure.resource).to.match(/aws:cloudwatch\/logGroup:LogGroup::agent-logs$/);
    expect(failure.message).to.contain("ResourceAlreadyExists");

    await cloud.removeLogGroup("/ecs/axonflow-staging/agent");
    const finished = await project.json("up", "staging", "--sandbox", "--yes");
    expect(finished["outcome"]).to.equal("deployed");
  });

  it("has nothing left to change", async () => {
    const preview = await project.slipway("preview", "staging", "--sandbox", "--expect-no-changes", "--json");

    expect(preview.code).to.equal(0);
    expect(changesIn((JSON.parse(preview.stdout) as { data: Record<string, unknown> }).data)).to.deep.equal([]);
  });

  it("is the same to a plain pulumi", async () => {
    const plain = await run(
      "pulumi",
      ["preview", "-s", "staging", "--expect-no-changes", "--non-interactive"],
      project.folder,
      {
        ...process.env,
        ...cloud.env,
      },
    );

    expect(plain.code, plain.stdout + plain.stderr).to.equal(0);
    expect(plain.stdout).to.match(/\d{2,} unchanged/);
  });

  it("keeps the database password out of state, plans, copies of stack files and logs", async () => {
    const { password } = await cloud.secret("axonflow-staging/database");
    expect(password).to.be.a("string").with.length.of.at.least(16);

    expect(filesWith(join(project.folder, ".slipway"), String(password))).to.deep.equal([]);
  });

  it("changes exactly what was changed in the file", async () => {
    edit(project, "staging", (text) => text.replace("desiredCount: 2", "desiredCount: 3"));

    const result = await project.json("up", "staging", "--sandbox", "--yes");

    expect(named(changesIn(result))).to.deep.equal(["update agent-service"]);
    expect((await cloud.service(cluster, agent))?.desiredCount).to.equal(3);
  });

  it("moves a service to Spot in place, by a new deployment", async () => {
    const before = await cloud.service(cluster, agent);
    edit(project, "staging", (text) => text.replace("desiredCount: 3", "desiredCount: 3\n      spot: true"));

    const result = await project.json("up", "staging", "--sandbox", "--yes");
    const preview = await project.slipway("preview", "staging", "--sandbox", "--expect-no-changes");

    expect(named(changesIn(result))).to.deep.equal(["update agent-service"]);
    const moved = await cloud.service(cluster, agent);
    expect(moved?.capacityProviderStrategy).to.deep.equal([{ capacityProvider: "FARGATE_SPOT", weight: 1, base: 0 }]);
    expect(moved?.deployments?.[0]?.id).not.to.equal(before?.deployments?.[0]?.id);
    expect(preview.code, preview.stdout).to.equal(0);
  });

  it("starts no deployment where only tags change", async () => {
    const before = await cloud.service(cluster, agent);
    edit(project, "staging", (text) => text.replace("CostCenter: axonflow-staging", "CostCenter: shared"));

    const result = await project.json("up", "staging", "--sandbox", "--yes");

    expect(named(changesIn(result))).to.include("update agent-service");
    const after = await cloud.service(cluster, agent);
    // The one before may still be leaving.
    expect(after?.deployments?.[0]?.id).to.equal(before?.deployments?.[0]?.id);
  });

  it("finds what was changed by the AWS API, and puts it back", async () => {
    await cloud.setDesiredCount(cluster, agent, 9);

    const drift = await project.slipway("drift", "staging", "--sandbox", "--json");
    const repaired = await project.json("up", "staging", "--sandbox", "--yes", "--refresh");

    expect(drift.code).to.equal(5);
    expect(
      named(changesIn((JSON.parse(drift.stdout) as { data: Record<string, unknown> }).data, "drift")),
    ).to.deep.equal(["update agent-service"]);
    expect(repaired["outcome"]).to.equal("deployed");
    expect((await cloud.service(cluster, agent))?.desiredCount).to.equal(3);
  });

  it("takes over with a plain pulumi up what the driver then finds in place", async () => {
    edit(project, "staging", (text) => text.replace("retentionDays: 30", "retentionDays: 60"));

    const plain = await run(
      "pulumi",
      ["up", "-s", "staging", "--yes", "--non-interactive", "--skip-preview"],
      project.folder,
      {
        ...process.env,
        ...(await sandboxCloud(project, "staging")).env,
      },
    );
    const preview = await project.slipway("preview", "staging", "--sandbox", "--expect-no-changes");

    expect(plain.code, plain.stdout + plain.stderr).to.equal(0);
    expect(preview.code, preview.stdout).to.equal(0);
  });

  it("is gone after a destroy but for the final snapshot", async () => {
    const result = await project.json("destroy", "staging", "--sandbox", "--yes");

    expect(result["outcome"]).to.equal("destroyed");
    expect(await cloud.leftovers()).to.deep.equal(nothingLeft);
    const snapshots = await cloud.snapshots();
    expect(snapshots).to.have.lengthOf(1);
    expect(snapshots[0]).to.match(/^axonflow-staging-db-final-[0-9a-f]+$/);
  });
});

describe("the production environment in the sandbox", () => {
  let project: SandboxProject;

  before(() => {
    project = sandboxProject();
  });

  after(async () => project.remove());

  it("is built, stays as it is, and is gone after a destroy although its database is protected", async () => {
    const built = await project.json("up", "production", "--sandbox", "--yes");
    const preview = await project.slipway("preview", "production", "--sandbox", "--expect-no-changes");
    const destroyed = await project.json("destroy", "production", "--sandbox", "--yes");
    const cloud = await sandboxCloud(project, "production");

    expect(changesIn(built).length).to.be.at.least(60);
    expect(preview.code, preview.stdout).to.equal(0);
    expect(destroyed["outcome"]).to.equal("destroyed");
    expect(await cloud.leftovers()).to.deep.equal(nothingLeft);
  });
});
