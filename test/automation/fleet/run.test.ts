import { expect } from "chai";
import { CloudError } from "../../../automation/model/cloud-error";
import type { FleetJournal } from "../../../automation/model/fleet/journal";
import { standOfFleet } from "../../../automation/model/fleet/stand";
import { runFleet } from "../../../automation/fleet/run";
import { storedFleetJournals } from "../../../automation/records/stored-fleet-journals";
import { FakeClock } from "../../_fakes/fake-clock";
import { FakeHttp } from "../../_fakes/fake-http";
import { FakeInstances } from "../../_fakes/fake-instances";
import { FakeStore } from "../../_fakes/fake-store";
import { aFleet, aFleetJournal, aFleetPlan, limits } from "../../_helpers/a-fleet";

const failed = (text: string) => ({ kind: "failed", text }) as const;

async function run(
  instances: FakeInstances,
  journal = aFleetJournal(),
  fleet = aFleet(),
): Promise<{ readonly journal: FleetJournal; readonly clock: FakeClock }> {
  const clock = new FakeClock();
  const fleetJournals = storedFleetJournals({ project: "slipway", stack: "staging", store: new FakeStore() });
  const stored = await fleetJournals.write(journal, undefined);
  if (stored === undefined) throw new Error("the journal could not be written");
  const end = await runFleet({
    context: { clock, instances, fleetJournals, http: new FakeHttp() },
    fleet,
    stored,
    assertHeld: async () => undefined,
    show: () => undefined,
  });
  return { journal: end, clock };
}

const three = (): FakeInstances => new FakeInstances().with({ "i-1": "v1", "i-2": "v1", "i-3": "v1" });

describe("runFleet", () => {
  it("updates one instance at a time, and checks each after the interval before it goes on", async () => {
    const instances = three();

    const { journal, clock } = await run(instances);

    expect(instances.log).to.deep.equal([
      "update i-1 v2",
      "check i-1 v2",
      "update i-2 v2",
      "check i-2 v2",
      "update i-3 v2",
      "check i-3 v2",
    ]);
    expect(clock.now()).to.deep.equal(new Date(180_000));
    expect(standOfFleet(journal).outcome).to.equal("done");
  });

  it("tries a failed check again, and then brings back what it has updated, the newest first", async () => {
    const instances = three();
    instances.isHealthy = (instance, version) => !(instance === "i-2" && version === "v2");

    const { journal } = await run(instances);

    expect(instances.log.slice(2)).to.deep.equal([
      "update i-2 v2",
      "check i-2 v2",
      "check i-2 v2",
      "check i-2 v2",
      "update i-2 v1",
      "update i-1 v1",
      "check i-2 v1",
      "check i-1 v1",
    ]);
    const { outcome, turnedBack } = standOfFleet(journal);
    expect([outcome, turnedBack]).to.deep.equal(["rolled-back", "i-2: v2 is not healthy"]);
    expect([...instances.runs.values()]).to.deep.equal(["v1", "v1", "v1"]);
  });

  it("goes on when a check works at the second try", async () => {
    const instances = three();
    let tries = 0;
    instances.isHealthy = (instance) => instance !== "i-1" || ++tries > 1;

    const { journal, clock } = await run(instances);

    expect(standOfFleet(journal).outcome).to.equal("done");
    expect(clock.now()).to.deep.equal(new Date(240_000));
  });

  it("brings an instance back whose update failed, for nobody knows what it runs", async () => {
    const instances = three();
    instances.updates.set("i-1 v2", [failed("disk full")]);

    const { journal } = await run(instances);

    expect(instances.log).to.deep.equal(["update i-1 v2", "update i-1 v1", "check i-1 v1"]);
    expect(standOfFleet(journal).turnedBack).to.equal("i-1: disk full");
  });

  it("brings back the others first when one resists, and says which is stuck", async () => {
    const instances = three();
    instances.isHealthy = (instance, version) => !(instance === "i-2" && version === "v2");
    instances.updates.set("i-2 v1", [failed("gone"), failed("gone"), failed("gone")]);

    const { journal } = await run(instances);

    expect(instances.log.slice(6)).to.deep.equal([
      "update i-2 v1",
      "update i-1 v1",
      "update i-2 v1",
      "update i-2 v1",
      "check i-1 v1",
    ]);
    const { outcome, stuck } = standOfFleet(journal);
    expect([outcome, stuck]).to.deep.equal([null, "i-2: gone"]);
  });

  it("asks again what AWS did not take, and takes a refusal for a failure", async () => {
    const instances = three();
    let throttled = 4;
    instances.interrupt = (what) => {
      if (what === "check i-1 v2" && throttled-- > 0)
        throw new CloudError("transient", "ssm:SendCommand", "ThrottlingException", "slow down");
      if (what === "update i-2 v2") throw new CloudError("denied", "ssm:SendCommand", "AccessDenied", "not allowed");
    };

    const { journal } = await run(instances);

    expect(standOfFleet(journal).turnedBack).to.equal("i-2: not allowed");
    expect([...instances.runs.values()]).to.deep.equal(["v1", "v1", "v1"]);
  });

  it("keeps secrets in what a command says out of its record", async () => {
    const instances = three();
    instances.updates.set("i-1 v2", [failed("login failed: password=hunter2")]);

    const { journal } = await run(instances);

    expect(JSON.stringify(journal)).to.not.include("hunter2");
  });

  it("stops when somebody else has written", async () => {
    const instances = three();
    const store = new FakeStore();
    const fleetJournals = storedFleetJournals({ project: "slipway", stack: "staging", store });
    const stored = await fleetJournals.write(aFleetJournal(), undefined);
    await fleetJournals.write(aFleetJournal(), stored?.version);
    if (stored === undefined) throw new Error("the journal could not be written");

    const late = runFleet({
      context: { clock: new FakeClock(), instances, fleetJournals, http: new FakeHttp() },
      fleet: aFleet(),
      stored,
      assertHeld: async () => undefined,
      show: () => undefined,
    });

    expect(await late.catch((error: unknown) => (error as { readonly code: string }).code)).to.equal("lock-lost");
    expect(instances.log).to.deep.equal([]);
  });

  describe("of a canary that is watched", () => {
    const watched = aFleetPlan({
      type: "canary",
      moves: [{ instance: "i-1", from: "v1", to: "v2" }],
      watch: {
        seconds: 180,
        intervalSeconds: 60,
        others: ["i-2", "i-3"].map((instance) => ({ instance, version: "v1" })),
        limits,
      },
    });
    const fleet = aFleet({
      canaryWatch: { seconds: 180, intervalSeconds: 60, commands: ["no errors in the log"], compare: limits },
    });

    it("looks at it and at the others until the time is over", async () => {
      const instances = three();
      const { journal, clock } = await run(instances, aFleetJournal(watched), fleet);

      const looks = journal.entries.filter(({ kind }) => kind === "watched");
      expect(looks.map(({ at }) => at)).to.deep.equal(
        [120, 180, 240].map((second) => new Date(second * 1000).toISOString()),
      );
      expect(looks[0]).to.deep.include({
        probes: [
          { instance: "i-1", version: "v2", sick: "", odd: "", ms: null },
          { instance: "i-2", version: "v1", sick: "", odd: "", ms: null },
          { instance: "i-3", version: "v1", sick: "", odd: "", ms: null },
        ],
      });
      expect([standOfFleet(journal).outcome, clock.now()]).to.deep.equal(["done", new Date(240_000)]);
    });

    it("takes it back when it does not stay healthy", async () => {
      const instances = three();
      let checks = 0;
      instances.isHealthy = (_instance, version) => version !== "v2" || ++checks === 1;

      const { journal } = await run(instances, aFleetJournal(watched), fleet);

      expect([standOfFleet(journal).outcome, standOfFleet(journal).turnedBack]).to.deep.equal([
        "rolled-back",
        "i-1: v2 is not healthy",
      ]);
      expect([...instances.runs.values()]).to.deep.equal(["v1", "v1", "v1"]);
    });
  });
});
