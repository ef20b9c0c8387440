import { expect } from "chai";
import { engineVersion } from "../../../automation/adapters/known-engines";
import { ended, FakeEngineHost } from "../../_fakes/fake-engine-host";

const cache = { root: "/cache/slipway/engine" };
const path = "/opt/bin/pulumi";
/** As big as an engine is at least. */
const big = (name: string): string => `#! ${name}`.padEnd(10_000_000);
const [first, second] = [big("first"), big("second")];
const answers = { [first]: ended("v3.260.1\n"), [second]: ended("v3.261.0\n"), "#! shim": ended("v3.260.1\n") };
const ask = async (host: FakeEngineHost, of = path): Promise<unknown> => engineVersion(host, cache, of, {});

describe("engineVersion", () => {
  it("asks an engine once, and then knows it", async () => {
    const host = new FakeEngineHost(answers).write(path, first);

    expect([await ask(host), await ask(host)]).to.deep.equal([ended("v3.260.1\n"), ended("v3.260.1\n")]);
    expect(host.ran).to.deep.equal([`${path} version`]);
  });

  it("asks again when the file is another one", async () => {
    const host = new FakeEngineHost(answers).write(path, first);
    await ask(host);
    host.write(path, second);

    expect(await ask(host)).to.deep.equal(ended("v3.261.0\n"));
  });

  it("knows several, each by its own file", async () => {
    const host = new FakeEngineHost(answers).write(path, first).write("/usr/bin/pulumi", second);
    await ask(host);
    await ask(host, "/usr/bin/pulumi");

    expect([await ask(host), await ask(host, "/usr/bin/pulumi")]).to.deep.equal([
      ended("v3.260.1\n"),
      ended("v3.261.0\n"),
    ]);
    expect(host.ran).to.have.lengthOf(2);
  });

  it("asks a script every time, which may start another engine tomorrow", async () => {
    const host = new FakeEngineHost(answers).write(path, "#! shim");
    await ask(host);
    await ask(host);

    expect(host.ran).to.have.lengthOf(2);
    expect(host.files.has("/cache/slipway/engine/known.json")).to.equal(false);
  });

  it("asks a file of another name every time: a manager of versions gives itself many", async () => {
    const host = new FakeEngineHost(answers).write("/opt/bin/mise", first);
    await ask(host, "/opt/bin/mise");
    await ask(host, "/opt/bin/mise");

    expect(host.ran).to.have.lengthOf(2);
  });

  it("does not keep a failure, and asks when what it kept cannot be read", async () => {
    const failing = new FakeEngineHost({ [first]: ended("", 126) }).write(path, first);
    await ask(failing);
    expect(failing.files.has("/cache/slipway/engine/known.json")).to.equal(false);

    for (const text of ["{", "null", '{"/opt/bin/pulumi":null}', '{"/opt/bin/pulumi":{"size":"10000000"}}']) {
      const host = new FakeEngineHost(answers).write(path, first).write("/cache/slipway/engine/known.json", text);
      expect(await ask(host), text).to.deep.equal(ended("v3.260.1\n"));
    }
  });

  it("goes on when nothing can be kept", async () => {
    const host = new FakeEngineHost(answers).write(path, first);
    host.writeText = async () => Promise.reject(new Error("EROFS"));

    expect(await ask(host)).to.deep.equal(ended("v3.260.1\n"));
  });
});
