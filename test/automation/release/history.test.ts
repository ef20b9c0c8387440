import { expect } from "chai";
import { releaseSteps } from "../../../automation/model/release/release-steps";
import { releaseHistory } from "../../../automation/release/history";
import { fakeContext } from "../../_fakes/fake-context";
import { aJournal, aPlan, badFacts, goodFacts } from "../../_helpers/a-journal";

const table = (summary: string): readonly (readonly string[])[] =>
  summary.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));

/** A release that went well, one that went back, a rollback and one that is open. */
function world() {
  const context = fakeContext();
  const { request } = aJournal();
  context.journals.closed.push(
    aJournal({ facts: goodFacts, startedAt: "2026-01-01T10:00:00.000Z" }),
    aJournal({
      facts: badFacts,
      startedAt: "2026-01-02T10:00:00.000Z",
      request: { ...request, by: { ...request.by, ci: "https://ci/7" } },
    }),
    aJournal({
      facts: goodFacts,
      startedAt: "2026-01-03T10:00:00.000Z",
      plan: aPlan({ service: "api", from: aPlan().to, to: aPlan().from }),
      request: { ...request, command: "rollback", reason: "INC-7" },
    }),
  );
  return context;
}

describe("releaseHistory", () => {
  it("shows who released what, how long it took and how it ended, newest first", async () => {
    const context = world();
    await context.journals.create(aJournal({ facts: goodFacts.slice(0, 5), startedAt: "2026-01-04T10:00:00.000Z" }));

    const { summary, data } = await releaseHistory(context, {});

    expect(table(summary).filter((_, index) => index !== 1)).to.deep.equal([
      ["When", "Service", "What", "Strategy", "Who", "Took", "Outcome"],
      ["2026-01-04T10:00:00Z", "web", "v1 -> v2", "canary", "kim@desk", "30 s", "open"],
      ["2026-01-03T10:00:00Z", "api", "rollback v2 -> v1", "canary", "kim@desk", "3 min 30 s", "done"],
      [
        "2026-01-02T10:00:00Z",
        "web",
        "v1 -> v2",
        "canary",
        "kim@desk in https://ci/7",
        "1 min 1 s",
        "rolled-back: web-5xx fires",
      ],
      ["2026-01-01T10:00:00Z", "web", "v1 -> v2", "canary", "kim@desk", "3 min 30 s", "done"],
    ]);
    expect((data["releases"] as readonly unknown[])[1]).to.deep.include({
      service: "api",
      command: "rollback",
      reason: "INC-7",
      outcome: "done",
      durationMs: 210_000,
      from: aPlan().to,
      to: aPlan().from,
    });
  });

  it("shows one service, as many as are asked for, and says when there is none", async () => {
    const context = world();
    const idsOf = async (...words: Parameters<typeof releaseHistory>) =>
      ((await releaseHistory(...words)).data["releases"] as readonly { id: string }[]).map(({ id }) => id);
    expect(await idsOf(context, { service: "web" })).to.deep.equal(["r-20260102-web", "r-20260101-web"]);
    expect(await idsOf(context, { limit: 1 })).to.deep.equal(["r-20260103-api"]);
    expect((await releaseHistory(context, { service: "admin" })).summary).to.equal(
      "Nothing was released in staging yet, as far as admin goes.",
    );
    const error: unknown = await releaseHistory(context, { limit: 0 }).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: "usage", exitCode: 2 });
  });
});

describe("releaseSteps", () => {
  const stepsOf = (facts: typeof goodFacts) =>
    releaseSteps(aJournal({ facts })).map(({ phase, step, durationMs }) => [
      `${phase}${step === undefined ? "" : ` ${step.number} (${step.percent} %)`}`,
      durationMs / 1_000,
    ]);

  it("are what a release spent its time with", () => {
    expect(stepsOf(goodFacts)).to.deep.equal([
      ["provision", 5],
      ["scale", 1],
      ["await", 24],
      ["shift 1 (10 %)", 1],
      ["bake 1 (10 %)", 60],
      ["shift 2 (100 %)", 1],
      ["bake 2 (100 %)", 58],
      ["prove", 1],
      ["commit", 4],
      ["warm", 54],
      ["finish", 1],
    ]);
  });

  it("tell the way back apart", () => {
    expect(stepsOf(badFacts).slice(3)).to.deep.equal([
      ["shift 1 (10 %)", 1],
      ["bake 1 (10 %)", 20],
      ["weights-back", 2],
      ["retire-new", 7],
      ["end-back", 1],
    ]);
  });

  it("add up to the whole", () => {
    for (const facts of [goodFacts, badFacts]) {
      const sum = releaseSteps(aJournal({ facts })).reduce((total, { durationMs }) => total + durationMs, 0);
      expect(sum).to.equal((facts.at(-1)?.[0] ?? 0) * 1_000);
    }
  });
});
