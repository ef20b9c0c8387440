import { expect } from "chai";
import { openLab, type Lab } from "./lab";

interface Released {
  readonly outcome: string;
  readonly services: readonly { readonly service: string; readonly outcome: string }[];
}

describe("what a release leaves", function () {
  this.timeout(600_000);
  let lab: Lab;

  before(async () => {
    lab = await openLab();
    for (const service of ["web", "api", "agent", "worker"]) await lab.push(service, "v2", "v3");
  });
  after(() => lab.remove());

  const released = async (...words: readonly string[]): Promise<readonly unknown[]> => {
    const { code, stdout, stderr } = await lab.slipway(...words, "--sandbox", "--yes", "--json");
    const { data } = JSON.parse(stdout === "" ? "{}" : stdout) as { data?: Released };
    return [code, data?.services.map(({ service, outcome }) => `${service} ${outcome}`) ?? `${stdout}\n${stderr}`];
  };

  it("is an environment without changes after a release of every service at once", async () => {
    const end = await released("release", "staging", "all=v2");

    expect(end).to.deep.equal([0, ["web done", "api done", "agent done", "worker done"]]);
    expect(await lab.differences()).to.deep.equal([]);
  });

  it("is an environment without changes after a rollback", async () => {
    const end = await released("rollback", "staging", "web");

    expect(end).to.deep.equal([0, ["web done"]]);
    expect(await lab.differences()).to.deep.equal([]);
  });

  it("is an environment without changes after a version that went back by itself", async () => {
    await lab.push("web", "bad-fault.crash-at-start");
    await lab.push("agent", "bad-fault.crash-at-start");

    const end = await released("release", "staging", "web=bad-fault.crash-at-start", "agent=bad-fault.crash-at-start");

    expect(end).to.deep.equal([10, ["web rolled-back", "agent rolled-back"]]);
    expect(await lab.differences()).to.deep.equal([]);
  });
});
