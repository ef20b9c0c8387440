import { EventEmitter } from "node:events";
import { expect } from "chai";
import { signalFarewell } from "../../../automation/adapters/signal-farewell";

/** A process that remembers what it was killed with. */
class FakeProcess extends EventEmitter {
  readonly pid = 42;
  readonly killed: (string | number | undefined)[] = [];
  kill(_pid: number, signal?: string | number): true {
    this.killed.push(signal, this.listenerCount(String(signal)));
    return true;
  }
}
const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

describe("signalFarewell", () => {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    it(`does what is left to do on ${signal}, and ends as the signal would have`, async () => {
      const own = new FakeProcess();
      let isDone = false;
      signalFarewell(own as never).before(async () => void (isDone = true));

      own.emit(signal, signal);
      await settled();

      expect([isDone, own.killed]).to.deep.equal([true, [signal, 0]]);
    });
  }

  it("ends also when what is left to do fails", async () => {
    const own = new FakeProcess();
    signalFarewell(own as never).before(() => Promise.reject(new Error("no")));
    own.emit("SIGINT", "SIGINT");
    await settled();
    expect(own.killed).to.deep.equal(["SIGINT", 0]);
  });

  it("leaves the signal to the engine's own listener", async () => {
    const own = new FakeProcess();
    let isDone = false;
    signalFarewell(own as never).before(async () => void (isDone = true));
    own.on("SIGINT", () => undefined);
    own.emit("SIGINT", "SIGINT");
    await settled();
    expect([isDone, own.killed]).to.deep.equal([false, []]);
  });

  it("listens no more when it was taken back", () => {
    const own = new FakeProcess();
    signalFarewell(own as never).before(async () => undefined)();
    expect([own.listenerCount("SIGINT"), own.listenerCount("SIGTERM")]).to.deep.equal([0, 0]);
  });

  it("does all that is left to do once, the last that was registered first, also when one fails", async () => {
    const own = new FakeProcess();
    const farewell = signalFarewell(own as never);
    const done: string[] = [];
    const tell = (what: string) => async () => void done.push(what);
    farewell.before(tell("first"));
    const forget = farewell.before(tell("forgotten"));
    farewell.before(() => Promise.reject(new Error("no")));
    farewell.before(tell("last"));
    forget();

    own.emit("SIGTERM", "SIGTERM");
    await settled();

    expect([done, own.killed]).to.deep.equal([
      ["last", "first"],
      ["SIGTERM", 0],
    ]);
  });
});
