import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import { serviceLock, stackLock } from "../../../automation/records/stack-lock";
import { FakeClock } from "../../_fakes/fake-clock";
import { FakeMachine } from "../../_fakes/fake-machine";
import { FakePulse } from "../../_fakes/fake-pulse";
import { FakeStore } from "../../_fakes/fake-store";

const failureOf = async (work: Promise<unknown>): Promise<SlipwayError> => {
  const error = await work.catch((thrown: unknown) => thrown);
  if (error instanceof SlipwayError) return error;
  throw new Error(`No SlipwayError: ${String(error)}`);
};

describe("serviceLock", () => {
  const world = () => {
    const store = new FakeStore();
    const clock = new FakeClock();
    const options = (pid: number) => ({
      ...{ project: "shop", stack: "staging", store, clock },
      pulse: new FakePulse(),
      machine: new FakeMachine("desk", { pid }, new Set([1, 2])),
    });
    const request = { command: "release", say: () => undefined };
    return { store, options, request };
  };

  it("is one for each service, beside the stack's own", async () => {
    const { store, options, request } = world();
    const locks = [stackLock(options(1)), serviceLock(options(1), "web"), serviceLock(options(2), "api")];
    for (const lock of locks) await lock.acquire(request);
    expect([locks.map(({ name }) => name), [...store.values.keys()]]).to.deep.equal([
      ["staging", "the release of web in staging", "the release of api in staging"],
      ["locks/shop/staging.json", "locks/shop/staging/web.json", "locks/shop/staging/api.json"],
    ]);
  });

  it("speaks of the release, its holder and where to look", async () => {
    const { options, request, store } = world();
    const held = await serviceLock(options(1), "web").acquire(request);
    const other = serviceLock(options(2), "web");

    const refused = await failureOf(other.acquire(request));
    expect([refused.code, refused.exitCode, refused.message]).to.deep.equal([
      "release-locked",
      4,
      "The release of web in staging is locked by kim@desk (process 1) since 1970-01-01T00:00:00.000Z: `slipway release staging web`, last sign of life 0 ms ago.",
    ]);
    expect(refused.remedy).to.contain("`slipway unlock staging --service web`");

    const view = await other.look();
    await (view && other.free(view));
    const lost = await failureOf(held.assertHeld());
    expect([lost.message, lost.remedy]).to.deep.equal([
      "The lock of the release of web in staging was lost: it was opened by somebody. This run has stopped.",
      "Somebody else may have it now. Look at `slipway release status staging web`.",
    ]);

    store.values.set("locks/shop/staging/web.json", { value: "x", version: "x" });
    expect((await failureOf(other.acquire(request))).message).to.contain(
      "The lock of the release of web in staging in",
    );
  });
});
