import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { fileStore } from "../../../automation/adapters/file-store";
import { SlipwayError } from "../../../automation/model/errors";
import { absent } from "../../../automation/ports/store";
import { FakeStore } from "../../_fakes/fake-store";
import { storeContract } from "../../_helpers/store-contract";

describe("FakeStore", () => {
  const store = new FakeStore();
  storeContract(() => store);
});

describe("fileStore", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "slipway-store-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  storeContract(() => fileStore(folder));

  it("shows a value as a plain file, and keeps only the last generations of one that changes", async () => {
    const store = fileStore(join(folder, "plain"));
    let version = "absent";
    for (let turn = 1; turn <= 40; turn += 1) {
      const written = await store.put("locks/shop/staging.json", `${turn}`, version);
      if (written.kind === "ok") version = written.version;
      if (turn === 1)
        expect(readFileSync(join(folder, "plain", "locks", "shop", "staging.json"), "utf8")).to.equal("1");
    }
    const files = await readdir(join(folder, "plain", "locks", "shop"));
    expect([files.length, files.includes("staging.json.40"), files.includes("staging.json.24")]).to.deep.equal([
      16,
      true,
      false,
    ]);
  });

  it("tells a writer that slept through all that was swept since that it is late", async () => {
    const store = fileStore(join(folder, "slept"));
    let version = "absent";
    for (let turn = 1; turn <= 30; turn += 1) {
      const written = await store.put("a.json", `${turn}`, version);
      if (written.kind === "ok") version = written.version;
    }
    expect(existsSync(join(folder, "slept", "a.json.4"))).to.equal(false);
    expect(await store.put("a.json", "late", "3")).to.deep.equal({ kind: "conflict" });
    expect([existsSync(join(folder, "slept", "a.json.4")), (await store.get("a.json"))?.value]).to.deep.equal([
      false,
      "30",
    ]);
  });

  it("does not see what a killed process has left of a write, and removes it in time", async () => {
    const place = join(folder, "killed");
    await mkdir(place);
    await writeFile(join(place, ".writing-old"), "ha");
    await utimes(join(place, ".writing-old"), 0, 0);
    await writeFile(join(place, ".writing-new"), "ha");
    const store = fileStore(place);
    expect(await store.list("")).to.deep.equal([]);

    let version = "absent";
    for (let turn = 1; turn <= 16; turn += 1) {
      const written = await store.put("a.json", "x", version);
      if (written.kind === "ok") version = written.version;
    }

    expect((await readdir(place)).filter((name) => name.startsWith("."))).to.deep.equal([".writing-new"]);
  });

  it("lets one process at a time change a value, and counts right among several", async function () {
    this.timeout(30_000);
    const place = join(folder, "processes");
    const store = fileStore(place);
    await store.put("count.json", "0", absent);
    const script = `
      const { fileStore } = require(${JSON.stringify(join(process.cwd(), "automation/adapters/file-store"))});
      const store = fileStore(${JSON.stringify(place)});
      (async () => {
        for (let turn = 0; turn < 50; ) {
          const { value, version } = await store.get("count.json");
          if ((await store.put("count.json", String(Number(value) + 1), version)).kind === "ok") turn += 1;
        }
      })();`;
    const adder = () =>
      new Promise<number | null>((done) => {
        const child = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", script], {
          stdio: ["ignore", "ignore", "inherit"],
        });
        child.once("close", done);
      });

    expect(await Promise.all([adder(), adder(), adder()])).to.deep.equal([0, 0, 0]);
    expect((await store.get("count.json"))?.value).to.equal("150");
  });

  it("says what can be done when the folder cannot be used", async () => {
    const place = join(folder, "a-file");
    await writeFile(place, "not a folder");

    const error = await fileStore(place)
      .put("a.json", "x", absent)
      .catch((thrown: unknown) => thrown);

    expect(error).to.be.instanceOf(SlipwayError);
    expect(error).to.include({ code: "records-unreachable", exitCode: 1 });
    expect((error as Error).message).to.contain(place);
  });

  it("says so where this user may not write", async function () {
    if (process.getuid?.() === 0) this.skip();
    const place = join(folder, "read-only");
    await mkdir(place, { mode: 0o500 });
    const error = await fileStore(place)
      .put("a.json", "x", absent)
      .catch((thrown: unknown) => thrown);
    await chmod(place, 0o700);
    expect(error).to.include({ code: "records-unreachable" });
  });
});
