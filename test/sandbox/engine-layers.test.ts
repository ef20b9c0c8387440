import { expect } from "chai";
import { isChange } from "../../automation/model/change";
import { brief, deploy } from "./probe/deploy";
import { errorOf } from "./probe/error-of";
import { freshProbe } from "./probe/fresh-probe";
import type { Probe } from "./probe/probe";

describe("the real engine on layers, guards and drift", function () {
  this.timeout(60_000);
  let probe: Probe;

  freshProbe((made) => {
    probe = made;
  });

  it("builds and destroys by layer, in order only", async () => {
    const engine = probe.engine();

    const tooEarly = await errorOf(engine.preview({ layer: "database" }));
    const network = await deploy(engine, { layer: "network" });
    const database = await deploy(engine, { layer: "database" });
    const inUse = await errorOf(engine.destroy({ layer: "network" }));
    const gone = brief((await engine.destroy({ layer: "database" })).changes);

    expect(tooEarly).to.include({
      code: "layer-order",
      exitCode: 2,
      message: "Layer database needs layer network first: vpc is not there yet.",
    });
    expect([network, database]).to.deep.equal([
      ["create main", "create network", "create probe-dev", "create vpc"],
      ["create database", "create db"],
    ]);
    expect([inUse.code, gone]).to.deep.equal(["layer-in-use", ["delete database", "delete db"]]);
    expect([probe.things(), brief((await engine.destroy()).changes)]).to.deep.equal([
      ["vpc.thing"],
      ["delete main", "delete network", "delete probe-dev", "delete vpc"],
    ]);
  });

  it("takes guards off before a destroy, and only then destroys", async () => {
    const engine = probe.engine({ isGuarded: true });
    await deploy(engine);

    const refused = await errorOf(engine.destroy());
    const lifted = await engine.liftGuards();
    const again = await engine.liftGuards();
    await engine.destroy();

    expect(refused).to.include({ code: "protected-resource", exitCode: 3 });
    expect([brief(lifted.changes), again.changes, probe.things()]).to.deep.equal([["update db"], [], []]);
  });

  it("takes no guard off when that would replace what it guards", async () => {
    await deploy(probe.engine({ isGuarded: true }));

    const error = await errorOf(probe.engine({ isGuarded: true, db: { fixedEngine: "16" } }).liftGuards());

    expect([error.code, probe.calls()]).to.deep.equal(["guards-not-lifted", ["create vpc", "create db"]]);
  });

  it("finds what somebody changed behind our back, without touching the state", async () => {
    const engine = probe.engine();
    await deploy(engine);
    probe.thing("vpc", { cidr: "10.9.0.0/16" });

    const drift = await engine.refresh({ previewOnly: true });
    const again = await engine.refresh({ previewOnly: true });

    expect(drift.changes.filter(isChange).map(({ name, op, diffs }) => ({ name, op, diffs }))).to.deep.equal([
      { name: "vpc", op: "update", diffs: ["cidr"] },
    ]);
    expect(brief(again.changes)).to.deep.equal(["update vpc"]);
  });

  it("folds a replacement into one change and remembers that it was protected", async () => {
    await deploy(probe.engine({ isGuarded: true }));

    const { changes, planFile } = await probe.engine({ isGuarded: false, db: { fixedEngine: "16" } }).preview();

    await probe.engine().discardPlan(planFile);
    expect(
      changes.filter(isChange).map(({ name, op, replaceKeys, wasProtected, isProtected }) => ({
        name,
        op,
        replaceKeys,
        wasProtected,
        isProtected,
      })),
    ).to.deep.equal([
      { name: "db", op: "replace", replaceKeys: ["fixedEngine"], wasProtected: true, isProtected: false },
    ]);
  });
});
