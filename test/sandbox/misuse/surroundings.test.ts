import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { sandboxCloud } from "../../_helpers/sandbox-cloud";
import { run, sandboxProject, type SandboxProject } from "../../_helpers/sandbox-project";
import { slipwayPath } from "../../_helpers/started";
import { attempt, ends, orphans, stateFile, traces } from "./attempt";
import { cutOffEndpoint } from "./cut-off-endpoint";

const network = ["up", "staging", "--yes", "--layer", "network"];

describe("a network that fails", () => {
  let project: SandboxProject;
  let cloud: Awaited<ReturnType<typeof sandboxCloud>>;

  before(async () => {
    project = sandboxProject();
    cloud = await sandboxCloud(project, "staging");
  });

  after(async () => project.remove());

  it("is noticed before anything is done when it is gone from the start", async () => {
    const before = await traces(project, cloud);
    const closed = { ...cloud.env, AWS_ENDPOINT_URL: "http://127.0.0.1:1" };

    const refused = [
      await attempt(project, ["up", "staging", "--yes"], closed),
      await attempt(project, ["destroy", "staging", "--yes"], closed),
    ];

    for (const each of refused) {
      expect(ends(each)).to.deep.equal([1, "endpoint-unreachable"]);
      expect(each.said).to.contain("AWS cannot be reached: ").and.to.contain("127.0.0.1:1");
      expect(each.said).to.contain("Check the network, and AWS_ENDPOINT_URL when it is set. Nothing was changed.");
    }
    expect(await traces(project, cloud)).to.deep.equal(before);
  });

  it("leaves a state that the next up finishes when it goes in the middle", async () => {
    const endpoint = await cutOffEndpoint(cloud.env["AWS_ENDPOINT_URL"] ?? "");
    const env = { ...cloud.env, AWS_ENDPOINT_URL: endpoint.url };
    try {
      const dryRun = await attempt(project, [...network, "--dry-run"], env);
      // As many as a look needs, and some of those that make something.
      endpoint.cutAfter(endpoint.passed() + 12);

      const failed = await attempt(project, network, env);
      const left = await orphans(project, cloud);
      const made = Object.values(await cloud.leftovers()).flat();
      endpoint.mend();
      const finished = await attempt(project, network, env);
      const preview = await attempt(project, ["preview", "staging", "--layer", "network", "--expect-no-changes"], env);

      expect(ends(dryRun)).to.deep.equal([0, undefined]);
      expect(ends(failed)).to.deep.equal([1, "endpoint-unreachable"]);
      expect(failed.said).to.contain("AWS cannot be reached: ");
      expect(failed.said).to.contain("then run it again: staging goes on where it stopped.");
      expect(failed.resource).to.match(/^urn:pulumi:staging::slipway::slipway:network:/);
      expect(left).to.deep.equal([]);
      expect(made, "it was cut before the middle").to.not.have.lengthOf(0);
      expect([ends(finished), ends(preview)]).to.deep.equal([
        [0, undefined],
        [0, undefined],
      ]);
    } finally {
      await endpoint.close();
    }
  });
});

describe("a machine without an engine", () => {
  let project: SandboxProject;
  let nothing: string;

  before(() => {
    project = sandboxProject();
    nothing = mkdtempSync(join(tmpdir(), "slipway-empty-"));
  });

  after(async () => {
    await project.remove();
    rmSync(nothing, { recursive: true, force: true });
  });

  it("is told what was tried and how to install one, and nothing is begun", async function () {
    const unshare = (await run("sh", ["-c", "command -v unshare"], "/")).stdout.trim();
    const isAble = unshare !== "" && (await run(unshare, ["--net", "true"], "/")).code === 0;
    // Without a network of its own to be cut off from it would download an engine.
    if (!isAble) this.skip();

    const { code, stdout } = await run(
      unshare,
      ["--net", process.execPath, slipwayPath, "up", "staging", "--sandbox", "--yes", "--json"],
      project.folder,
      { ...process.env, PATH: nothing, XDG_CACHE_HOME: join(nothing, "cache") },
    );

    const { error } = JSON.parse(stdout) as { error: { code: string; message: string; remedy: string } };
    expect([code, error.code]).to.deep.equal([1, "engine-missing"]);
    const [title, ...tried] = error.message.split("\n");
    expect(title).to.equal("No Pulumi engine could be found or made. Tried:");
    expect(tried.map((line) => line.trim().split(/[: ]/)[0])).to.deep.equal(["PATH", "cache", "download", "build"]);
    expect(error.message).to.match(/build: Go does not run \(.*ENOENT/);
    expect(error.remedy).to.contain("https://www.pulumi.com/docs/install/").and.to.contain("or install Go");
    expect(existsSync(join(project.folder, ".slipway", "sandbox", "session.json"))).to.equal(false);
  });
});

describe("a disk that is full", () => {
  let project: SandboxProject;
  let backend: string;
  let isMounted = false;

  before(async () => {
    project = sandboxProject();
    backend = join(project.folder, ".slipway/sandbox/backend");
    mkdirSync(backend, { recursive: true });
    isMounted = (await run("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", backend], "/")).code === 0;
  });

  after(async () => {
    if (isMounted) await run("umount", [backend], "/");
    await project.remove();
  });

  it("lets nothing begin that could not be remembered, and the next up does it", async function () {
    // Needs the rights to mount a small file system.
    if (!isMounted) this.skip();
    const database = ["up", "staging", "--sandbox", "--yes", "--layer", "database"];
    await project.json(...network, "--sandbox");
    const cloud = await sandboxCloud(project, "staging");
    const filler = join(backend, "filler");
    const before = readFileSync(stateFile(project), "utf8");
    // Room for lock and history, and for some states, but not for all that one run may come to.
    writeFileSync(filler, "");
    const { bavail, bsize } = statfsSync(backend);
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 2 * 1024 * 1024));

    const refused = await attempt(project, database);
    const looks = [];
    for (const words of [["outputs"], ["preview", "--layer", "network"], ["drift", "--layer", "network"]])
      looks.push(ends(await attempt(project, [...words, "staging", "--sandbox"])));
    const left = await orphans(project, cloud);
    const after = readFileSync(stateFile(project), "utf8");
    truncateSync(filler);
    const finished = await project.json(...database);
    const preview = await attempt(project, [
      "preview",
      "staging",
      "--sandbox",
      "--layer",
      "database",
      "--expect-no-changes",
    ]);

    expect(ends(refused)).to.deep.equal([1, "disk-full"]);
    expect(refused.said).to.match(/The disk is full: [12]\.\d MiB are left where the state of staging is/);
    expect(refused.said).to.contain("Nothing was changed. Make room, and run it again.");
    expect(looks).to.deep.equal([
      [0, undefined],
      [0, undefined],
      [0, undefined],
    ]);
    expect([after === before, left]).to.deep.equal([true, []]);
    expect([finished["outcome"], ends(preview)]).to.deep.equal(["deployed", [0, undefined]]);
  });
});
