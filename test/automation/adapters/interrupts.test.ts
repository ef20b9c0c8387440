import { EventEmitter } from "node:events";
import { expect } from "chai";
import { listenForInterrupts } from "../../../automation/adapters/interrupts";

function listening(ask?: (question: string) => Promise<string>) {
  const signals = new EventEmitter();
  const said: string[] = [];
  const interrupts = listenForInterrupts({ signals, say: (text) => said.push(text), ask });
  return { signals, said, interrupts, state: () => [interrupts.stop.aborted, interrupts.terminate.aborted] };
}
/** Until what an answer leads to is done. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("listenForInterrupts", () => {
  it("stops at the first interrupt, whichever it is", () => {
    for (const signal of ["SIGINT", "SIGTERM"]) {
      const { signals, said, state } = listening();

      signals.emit(signal);

      expect([state(), said]).to.deep.equal([
        [true, false],
        ["Interrupted: finishing what is in flight, nothing new is started."],
      ]);
    }
  });

  it("asks at the second one, and terminates on a yes only", async () => {
    for (const [answer, terminated] of [
      ["yes", true],
      ["y", false],
      ["", false],
    ] as const) {
      const { signals, state } = listening(async () => answer);

      signals.emit("SIGINT");
      signals.emit("SIGINT");
      await settled();

      expect(state()).to.deep.equal([true, terminated]);
    }
  });

  it("asks one question at a time", async () => {
    const questions: string[] = [];
    const { signals } = listening((question) => {
      questions.push(question);
      return new Promise(() => undefined);
    });

    for (let presses = 0; presses < 4; presses += 1) signals.emit("SIGINT");
    await settled();

    expect(questions).to.deep.equal(["Terminate now? What is being made could be lost track of. (yes/no):"]);
  });

  it("terminates nothing without a terminal, however often it is told", () => {
    const { signals, said, state } = listening();

    for (const signal of ["SIGTERM", "SIGINT", "SIGTERM"]) signals.emit(signal);

    expect(state()).to.deep.equal([true, false]);
    expect(said.slice(1)).to.deep.equal([
      "Already stopping: what is in flight is being finished.",
      "Already stopping: what is in flight is being finished.",
    ]);
  });

  it("gives the signals back", () => {
    const { signals, interrupts } = listening();

    interrupts.dispose();

    expect([signals.listenerCount("SIGINT"), signals.listenerCount("SIGTERM")]).to.deep.equal([0, 0]);
  });
});
