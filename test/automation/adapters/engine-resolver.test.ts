import { readFileSync } from "node:fs";
import { expect } from "chai";
import { resolveEngine, type ResolvedEngine } from "../../../automation/adapters/engine-resolver";
import { pinnedVersion } from "../../../automation/adapters/engine-version";
import { SlipwayError } from "../../../automation/model/errors";
import { ended, FakeEngineHost } from "../../_fakes/fake-engine-host";

const folder = "/cache/slipway/engine/v3.259.0-linux-x64";
const binary = `${folder}/bin/pulumi`;
const goMod = "/slipway/tools/engine/go.mod";
const good = ended("v3.259.0\n");

/** Writes what a build or a download would, to where it was told to. */
const makes = (text: string) => (run: { readonly args: readonly string[] }, host: FakeEngineHost) => {
  const output = run.args.find((argument) => argument.includes(".staging-")) ?? "";
  const path = output.startsWith("/") ? output : `${/"([^"]*\.staging-[^"]*)"/.exec(output)?.[1]}/bin/pulumi`;
  host.write(path, text);
  return ended();
};
const offline = ended("", 1, "getaddrinfo ENOTFOUND get.pulumi.com");
/** `go version` answers, `go build` makes a binary with this text. */
const go = (text: string) => (run: { readonly args: readonly string[] }, host: FakeEngineHost) =>
  run.args[0] === "version" ? ended("go1.26") : makes(text)(run, host);

async function resolved(
  host: FakeEngineHost,
): Promise<{ readonly engine?: ResolvedEngine; readonly error?: SlipwayError; readonly said: readonly string[] }> {
  const said: string[] = [];
  const env = { PATH: "relative:/usr/bin:/opt/bin", XDG_CACHE_HOME: "/cache" };
  try {
    return { engine: await resolveEngine({ env, say: (line) => said.push(line), root: "/slipway" }, host), said };
  } catch (error) {
    if (error instanceof SlipwayError) return { error, said };
    throw error;
  }
}

/** A host whose cache holds what a build has made. */
async function cachedHost(answers: ConstructorParameters<typeof FakeEngineHost>[0]): Promise<FakeEngineHost> {
  const builder = new FakeEngineHost({ [process.execPath]: offline, go: go("#! built"), "#! built": good }).write(
    goMod,
    "module",
  );
  await resolved(builder);
  const host = new FakeEngineHost(answers);
  for (const [path, file] of builder.files) host.files.set(path, file);
  return host;
}

describe("resolveEngine", () => {
  it("takes what is on PATH, and says nothing about it", async () => {
    const host = new FakeEngineHost({ "#! own": ended("v3.260.1\n") }).write("/opt/bin/pulumi", "#! own");

    expect(await resolved(host)).to.deep.equal({
      engine: { path: "/opt/bin/pulumi", version: "3.260.1", source: "path" },
      said: [],
    });
  });

  it("passes over one on PATH that cannot destroy an inline program, and says why", async () => {
    const host = await cachedHost({ "#! old": ended("v3.180.0\n"), "#! built": good });
    host.write("/usr/bin/pulumi", "#! old");

    expect(await resolved(host)).to.deep.equal({
      engine: { path: binary, version: "3.259.0", source: "cache" },
      said: ["Engine: `pulumi` on PATH is not used: /usr/bin/pulumi: it is v3.180.0, and v3.181.0 or later is needed."],
    });
  });

  it("passes over one on PATH that does not run", async () => {
    const host = await cachedHost({ "#! odd": ended("", 126), "#! built": good });
    host.write("/usr/bin/pulumi", "#! odd");

    expect((await resolved(host)).said).to.deep.equal([
      "Engine: `pulumi` on PATH is not used: /usr/bin/pulumi does not run.",
    ]);
  });

  it("takes the cached one without a word, and without reading all of it", async () => {
    const host = await cachedHost({ "#! built": good });

    expect(await resolved(host)).to.deep.equal({
      engine: { path: binary, version: "3.259.0", source: "cache" },
      said: [],
    });
    expect([host.ran, host.hashed]).to.deep.equal([[`${binary} version`], []]);
  });

  it("downloads before it builds", async () => {
    const host = new FakeEngineHost({ [process.execPath]: makes("#! downloaded"), "#! downloaded": good });

    const { engine, said } = await resolved(host);

    expect(engine).to.deep.equal({ path: binary, version: "3.259.0", source: "download" });
    expect(said[0]).to.contain("trying the official download of v3.259.0");
    expect(said[1]).to.contain(`v3.259.0 is ready after 0 s, kept in ${folder}`);
    expect([...host.files.keys()].sort()).to.deep.equal([binary, `${folder}/manifest.json`]);
  });

  it("builds when there is no network for the download, and says how long that takes", async () => {
    const host = new FakeEngineHost({ [process.execPath]: offline, go: go("#! built"), "#! built": good }).write(
      goMod,
      "module",
    );

    const { engine, said } = await resolved(host);

    expect(engine?.source).to.equal("build");
    expect(said[1]).to.equal("Engine: the download did not work after 0 s: getaddrinfo ENOTFOUND get.pulumi.com");
    expect(said[2]).to.contain("about 190 s");
  });

  it("builds when the download is too slow", async () => {
    const host = new FakeEngineHost({
      [process.execPath]: { kind: "timed-out", seconds: 120 },
      go: go("#! built"),
      "#! built": good,
    }).write(goMod, "module");

    const { engine, said } = await resolved(host);

    expect([engine?.source, said[1]]).to.deep.equal([
      "build",
      "Engine: the download did not work after 0 s: not done after 120 s",
    ]);
  });

  it("does not keep a download of another version", async () => {
    const host = new FakeEngineHost({
      [process.execPath]: makes("#! other"),
      "#! other": ended("v3.300.0"),
      go: go("#! built"),
      "#! built": good,
    }).write(goMod, "module");

    const { engine, said } = await resolved(host);

    expect([engine?.source, said[1]]).to.deep.equal([
      "build",
      "Engine: the download did not work after 0 s: it is v3.300.0 instead of v3.259.0",
    ]);
  });

  for (const [what, spoil, reason] of [
    ["truncated", (host: FakeEngineHost) => host.write(binary, "#!"), "it has 2 bytes instead of 8"],
    ["changed", (host: FakeEngineHost) => host.write(binary, "#! bUilt"), "its content has changed"],
    [
      "without a manifest",
      (host: FakeEngineHost) => host.files.delete(`${folder}/manifest.json`),
      "it was never finished",
    ],
    [
      "with a spoiled manifest",
      (host: FakeEngineHost) => host.write(`${folder}/manifest.json`, "{"),
      "its manifest cannot be read",
    ],
    ["without a binary", (host: FakeEngineHost) => host.files.delete(binary), "its binary is missing"],
  ] as const) {
    it(`makes a cached one anew that is ${what}`, async () => {
      const host = await cachedHost({ [process.execPath]: offline, go: go("#! built"), "#! built": good });
      spoil(host);

      const { engine, said } = await resolved(host);

      expect([engine?.source, said[0]]).to.deep.equal([
        "build",
        `Engine: the one in ${folder} is broken (${reason}) and is made anew.`,
      ]);
    });
  }

  it("makes a cached one anew that does not run", async () => {
    const answers = [ended("", 132), ended("", 132), good];
    const host = await cachedHost({
      [process.execPath]: offline,
      go: go("#! built"),
      "#! built": () => answers.shift() ?? good,
    });

    expect((await resolved(host)).said[0]).to.equal(
      `Engine: the one in ${folder} is broken (\`pulumi version\` ended with code 132) and is made anew.`,
    );
  });

  it("waits for another process, and takes what that one has made", async () => {
    const finished = await cachedHost({});
    const host = new FakeEngineHost({ "#! built": good });
    host.meanwhile = () => finished.files.forEach((file, path) => host.files.set(path, file));

    expect(await resolved(host)).to.deep.equal({
      engine: { path: binary, version: "3.259.0", source: "cache" },
      said: ["Engine: another process is getting it; waiting for that one to finish."],
    });
  });

  it("clears away what a killed process has left unfinished", async () => {
    const host = new FakeEngineHost({ [process.execPath]: offline, go: go("#! built"), "#! built": good })
      .write(goMod, "module")
      .write("/cache/slipway/engine/.staging-build-7/bin/pulumi", "half");

    await resolved(host);

    expect([...host.files.keys()].sort()).to.deep.equal([binary, `${folder}/manifest.json`, goMod]);
  });

  it("tells all that was tried when nothing works, and how to help", async () => {
    const host = new FakeEngineHost({ [process.execPath]: offline }).write(goMod, "module");

    const { error } = await resolved(host);

    expect(error).to.include({ code: "engine-missing", exitCode: 1 });
    expect(error?.message.split("\n")).to.deep.equal([
      "No Pulumi engine could be found or made. Tried:",
      "  PATH: there is no `pulumi` on it",
      `  cache ${folder}: nothing there yet`,
      "  download: getaddrinfo ENOTFOUND get.pulumi.com",
      "  build: Go does not run (spawn go ENOENT)",
    ]);
    expect(error?.remedy).to.contain("https://www.pulumi.com/docs/install/");
  });

  it("leaves nothing behind of a build that failed", async () => {
    const failing = (run: { readonly args: readonly string[] }) =>
      run.args[0] === "version" ? ended("go1.26") : ended("", 1, "no space left on device");
    const host = new FakeEngineHost({ [process.execPath]: offline, go: failing }).write(goMod, "module");

    const { error } = await resolved(host);

    expect(error?.message).to.contain("build: no space left on device");
    expect([...host.files.keys()]).to.deep.equal([goMod]);
  });

  it("builds the version that the tools module pins", () => {
    expect(readFileSync("tools/engine/go.mod", "utf8")).to.contain(
      `github.com/pulumi/pulumi/pkg/v3 v${pinnedVersion}\n`,
    );
  });
});
