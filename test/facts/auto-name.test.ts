import { expect } from "chai";
import { autoName } from "../../sandbox/facts/auto-name";
import { factsOf } from "../../sandbox/facts/facts";

const service = factsOf("aws:ecs/service:Service");
const request = { logicalName: "web", old: undefined, seed: new Uint8Array([1, 2, 3]) };

describe("autoName", () => {
  it("adds seven random hex digits to the resource's name", () => {
    const naming = autoName(service, {}, { ...request, seed: new Uint8Array() });

    expect(naming).to.include({ kind: "named", property: "name" });
    expect((naming as { name: string }).name).to.match(/^web-[0-9a-f]{7}$/);
  });

  it("gives the same name for the engine's same seed, so that an update gets the name its preview showed", () => {
    expect(autoName(service, {}, request)).to.deep.equal(autoName(service, {}, request));
    expect(autoName(service, {}, request)).not.to.deep.equal(
      autoName(service, {}, { ...request, seed: new Uint8Array([9]) }),
    );
  });

  it("keeps the automatic name that the resource has", () => {
    const old = { name: "web-abcdef0", __defaults: ["name"] };

    expect(autoName(service, {}, { ...request, old })).to.deep.equal({
      kind: "named",
      property: "name",
      name: "web-abcdef0",
    });
  });

  it("makes a new name when the program no longer gives one", () => {
    const naming = autoName(service, {}, { ...request, old: { name: "given" } });

    expect((naming as { name: string }).name).to.match(/^web-[0-9a-f]{7}$/);
  });

  it("leaves a given name and a given prefix alone", () => {
    expect(autoName(service, { name: "given" }, request)).to.deep.equal({ kind: "none" });
    expect(autoName(factsOf("aws:iam/role:Role"), { namePrefix: "given" }, request)).to.deep.equal({ kind: "none" });
  });

  it("has nothing to name in a type without names", () => {
    expect(autoName(factsOf("aws:ec2/vpc:Vpc"), {}, request)).to.deep.equal({ kind: "none" });
  });

  it("refuses a name that does not fit, instead of cutting it", () => {
    const naming = autoName(factsOf("aws:lb/targetGroup:TargetGroup"), {}, { ...request, logicalName: "a".repeat(25) });

    expect(naming).to.deep.equal({
      kind: "too long",
      property: "name",
      reason: `name '${"a".repeat(25)}-' plus 7 random chars is longer than maximum length 32`,
    });
  });

  it("lower-cases where AWS knows no capitals, and ends a queueing topic as it must end", () => {
    const bucket = autoName(factsOf("aws:s3/bucket:Bucket"), {}, { ...request, logicalName: "Logs" });
    const topic = autoName(factsOf("aws:sns/topic:Topic"), { fifoTopic: true }, request);

    expect((bucket as { name: string }).name).to.match(/^logs-[0-9a-f]{7}$/);
    expect((topic as { name: string }).name).to.match(/^web-[0-9a-f]{7}\.fifo$/);
  });

  it("obeys the project's own naming rule", () => {
    expect(autoName(service, {}, { ...request, rule: { kind: "enforced", name: "theirs" } })).to.deep.equal({
      kind: "named",
      property: "name",
      name: "theirs",
    });
    expect(autoName(service, {}, { ...request, rule: { kind: "disabled" } })).to.deep.equal({ kind: "none" });
  });
});
