import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import type { JournalFact } from "../../../automation/model/release/journal";
import { concluded } from "../../../automation/release/conclude";
import type { ServiceEnd } from "../../../automation/release/together";
import { aJournal, aPlan, badFacts, goodFacts, type TimedFact } from "../../_helpers/a-journal";

const stack = { stack: "staging" };
const request = { command: "release" } as const;
const cause = { kind: "alarm", text: "web-5xx fires" } as const;
const ended = (service: string, facts: readonly TimedFact[], changes = {}): ServiceEnd => ({
  kind: "ended",
  service,
  journal: aJournal({ plan: aPlan({ service, ...changes }), release: "r1", facts }),
});
const facts = (...kinds: readonly JournalFact[]): readonly TimedFact[] => kinds.map((fact, index) => [index, fact]);
const left = facts({ kind: "started" }, { kind: "left-as-is", cause });
const stuck = facts({ kind: "started" }, { kind: "turned-back", cause }, { kind: "closed", outcome: "stuck" });
const notBegun: ServiceEnd = { kind: "not-begun", service: "api" };

describe("what a run came to", () => {
  for (const [what, ends, code, outcome, lines] of [
    ["went well", [ended("web", goodFacts)], 0, "done", ["web: v2 serves, v1 before (3 min 30 s). It runs arn:td:2."]],
    [
      "went back",
      [ended("web", badFacts)],
      10,
      "rolled-back",
      ["web: went back, v1 serves (1 min 1 s).", "web-5xx fires", "", "See `slipway release history staging`."],
    ],
    [
      "was left as it is",
      [ended("web", left)],
      1,
      "open",
      [
        "web: stopped and left as it is, between v1 and v2.",
        "web-5xx fires",
        "",
        "`slipway release resume staging` goes on, `slipway release abort staging` goes back; what can do neither is closed by `slipway release abort staging --forget --reason <why>`.",
      ],
    ],
    [
      "is stuck",
      [ended("web", stuck)],
      1,
      "stuck",
      [
        "web: could not go back; somebody has to look.",
        "web-5xx fires",
        "",
        "See `slipway release status staging` and `slipway drift staging`.",
      ],
    ],
    [
      "went well after all",
      [ended("web", [...left, ...goodFacts])],
      0,
      "done",
      ["web: v2 serves, v1 before (3 min 30 s). It runs arn:td:2."],
    ],
    [
      "was a restart",
      [ended("web", goodFacts, { restart: true })],
      0,
      "done",
      ["web: v2 serves with new tasks (3 min 30 s). It runs arn:td:2."],
    ],
    [
      "went back before the next began",
      [ended("web", badFacts), notBegun],
      10,
      "rolled-back",
      [
        "web: went back, v1 serves (1 min 1 s).",
        "web-5xx fires",
        "api: not begun, because the one before did not succeed.",
        "",
        "See `slipway release history staging`.",
      ],
    ],
  ] as const)
    it(`is told for one that ${what}`, () => {
      const { summary, exitCode, data } = concluded(stack, request, ends);
      expect([exitCode, data["outcome"], summary.split("\n")]).to.deep.equal([code, outcome, lines]);
    });

  it("is as grave as the gravest of several", () => {
    const outcomes = [
      [ended("web", goodFacts), ended("api", badFacts)],
      [ended("web", badFacts), ended("api", left)],
      [ended("web", left), ended("api", stuck)],
    ].map((ends) => {
      const { exitCode, data } = concluded(stack, request, ends);
      return [exitCode, data["outcome"]];
    });
    expect(outcomes).to.deep.equal([
      [10, "rolled-back"],
      [1, "open"],
      [1, "stuck"],
    ]);
  });

  it("has for machines what ran, what runs, how long it took and every cause", () => {
    const { data } = concluded(stack, request, [ended("web", badFacts), notBegun]);
    expect(data).to.deep.equal({
      outcome: "rolled-back",
      state: "UPDATE_ROLLBACK_COMPLETE",
      command: "release",
      services: [
        {
          service: "web",
          outcome: "rolled-back",
          release: "r1",
          journal: "r1-web",
          from: { version: "v1", slot: "blue", images: { web: "registry/web@sha256:1" } },
          to: { version: "v2", slot: "green", images: { web: "registry/web@sha256:2" } },
          durationMs: 61_000,
          causes: [cause],
        },
        { service: "api", outcome: "not-begun" },
      ],
    });
  });

  const lost = new SlipwayError({
    code: "lock-lost",
    exitCode: 4,
    message: "Lost.",
    remedy: "See the status.",
    data: { lock: "web" },
  });
  const thrownBy = (ends: readonly ServiceEnd[]): unknown => {
    try {
      return concluded(stack, request, ends);
    } catch (error) {
      return error;
    }
  };

  it("is the error of a service that broke off, with what became of the others", () => {
    const error = thrownBy([{ kind: "broke-off", service: "web", error: lost }, ended("api", goodFacts)]);
    expect(error).to.deep.include({
      code: "lock-lost",
      exitCode: 4,
      message: "Lost.\n\nweb: broken off.\napi: v2 serves, v1 before (3 min 30 s). It runs arn:td:2.",
      remedy: "See the status.",
      data: { lock: "web" },
    });
  });

  it("is that very error when it was alone, and whatever is no foreseen end", () => {
    const bug = new TypeError("a bug");
    expect([
      thrownBy([{ kind: "broke-off", service: "web", error: lost }]),
      thrownBy([{ kind: "broke-off", service: "web", error: bug }, notBegun]),
    ]).to.deep.equal([lost, bug]);
  });
});
