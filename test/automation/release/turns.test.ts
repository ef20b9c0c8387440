import { expect } from "chai";
import { CloudError } from "../../../automation/model/cloud-error";
import type { JournalFact } from "../../../automation/model/release/journal";
import { journalWriter } from "../../../automation/release/journal-writer";
import { takeTurns, type Look, type Passive, type TurnOptions, type Turns } from "../../../automation/release/turns";
import type { Result } from "../../../automation/release/act";
import { fakeContext } from "../../_fakes/fake-context";
import { aJournal } from "../../_helpers/a-journal";
import { aReleaseProgress } from "../../_helpers/a-release-progress";
import { failure, kinds } from "../../_helpers/a-left-release";

interface Deed {
  readonly kind: "deed";
}
const deed: Deed = { kind: "deed" };
const note = (fact: JournalFact): Passive => ({ kind: "note", fact });
const done = note({ kind: "closed", outcome: "done" });
const cause = { kind: "alarm", text: "it fires" } as const;
const seen: Look = { kind: "seen" };

/** Turns whose decisions are a list; gives what each decision was shown. */
async function world({
  decisions,
  looks = [],
  results = [],
}: {
  readonly decisions: readonly (Deed | Passive)[];
  readonly looks?: readonly Look[];
  readonly results?: readonly Result[];
}) {
  const context = fakeContext();
  const stored = await context.journals.create(aJournal());
  const shown: Look[] = [];
  const left = { decisions: [...decisions], looks: [...looks], results: [...results] };
  const turns: Turns<Look, Deed> = {
    look: async () => {
      context.log.push("look");
      return left.looks.shift() ?? seen;
    },
    decide: (found) => {
      shown.push(found);
      return left.decisions.shift() ?? { kind: "stop" };
    },
    act: async () => {
      context.log.push("act");
      return left.results.shift() ?? {};
    },
    progress: () => aReleaseProgress(),
  };
  const { clock, log } = context;
  const options: TurnOptions = { service: "web", clock, writer: journalWriter(context, stored, 7) };
  const run = (more: Partial<TurnOptions> = {}) => takeTurns(turns, { ...options, ...more });
  return { context, shown, run, clock, log, open: () => context.journals.running.get("web")?.journal };
}

describe("taking turns", () => {
  it("looks before each act, and not between notes, which change nothing at AWS", async () => {
    const { run, log, context } = await world({
      decisions: [deed, note({ kind: "ready" }), note({ kind: "retired" }), done],
    });
    const journal = await run();
    expect(kinds(journal)).to.deep.equal(["started", "ready", "retired", "closed"]);
    expect(log.filter((line) => line === "look" || line === "act")).to.deep.equal(["look", "act", "look"]);
    expect([context.journals.running.size, context.journals.closed.length]).to.deep.equal([0, 1]);
  });

  it("shows what an act came to to the next decision, and to no other", async () => {
    const checks = { kind: "passed", names: ["/health"] } as const;
    const { run, shown } = await world({
      decisions: [deed, note({ kind: "ready" }), deed, done],
      results: [{ checks, failure: cause }],
    });
    await run();
    expect(shown).to.deep.equal([seen, { kind: "seen", failure: cause, checks }, seen, seen]);
  });

  it("asks again in a second what AWS did not take", async () => {
    const { run, clock } = await world({ decisions: [deed, deed, done], results: [{ again: true }] });
    await run();
    expect(clock.now().getTime()).to.equal(1_000);
  });

  it("waits as long as was decided, and stops without an end", async () => {
    const { run, clock, open } = await world({ decisions: [{ kind: "wait", ms: 5_000, why: "" }, { kind: "stop" }] });
    expect([kinds(await run()), clock.now().getTime(), kinds(open())]).to.deep.equal([["started"], 5_000, ["started"]]);
  });

  for (const [answer, fact] of [
    ["back", "turned-back"],
    ["leave", "left-as-is"],
  ] as const)
    it(`writes ${fact} when the answer to its question is "${answer}"`, async () => {
      const { run } = await world({ decisions: [{ kind: "ask", cause }] });
      expect((await run({ askBack: async () => answer })).entries.at(-1)).to.deep.include({ kind: fact, cause });
    });

  it("goes back where nobody can be asked", async () => {
    const { run } = await world({ decisions: [{ kind: "ask", cause }] });
    expect(kinds(await run())).to.deep.equal(["started", "turned-back"]);
  });

  it("keeps the records of the end before it closes, and asks AWS again for what they need", async () => {
    const { run, log, clock } = await world({ decisions: [done, done] });
    const slow = [new CloudError("transient", "ecs:DescribeServices", "Throttling", "slow")];
    await run({
      atEnd: async (_, outcome) => {
        log.push(`records of ${outcome}`);
        const error = slow.shift();
        if (error !== undefined) throw error;
      },
    });
    expect([log.filter((line) => /records|closed|close/.test(line)), clock.now().getTime()]).to.deep.equal([
      ["records of done", "records of done", "web: closed", "close web"],
      1_000,
    ]);
  });

  it("stays open when those records cannot be kept", async () => {
    const { run, open } = await world({ decisions: [done] });
    const denied = new CloudError("denied", "ecs:DescribeServices", "AccessDenied", "no");
    const error = await failure(run({ atEnd: async () => Promise.reject(denied) }));
    expect([error.code, error.exitCode, error.message, kinds(open())]).to.deep.equal([
      "aws",
      1,
      "The release of web is over, but its rollback point could not be kept: ecs:DescribeServices: no",
      ["started"],
    ]);
  });

  it("ends at an interrupt before it does anything, with the record as it was", async () => {
    const { run, log, open } = await world({ decisions: [deed] });
    const error = await failure(run({ stop: AbortSignal.abort() }));
    expect([error.code, error.exitCode, log.includes("look"), kinds(open())]).to.deep.equal([
      "interrupted",
      1,
      false,
      ["started"],
    ]);
  });

  it("does not take the others' stop for a failure when it is interrupted while it reads", async () => {
    const stop = new AbortController();
    const { run, context } = await world({ decisions: [deed] });
    const open = context.journals.open.bind(context.journals);
    context.journals.open = async (service) => {
      stop.abort();
      return open(service);
    };
    const asked: string[] = [];
    const peers = () => {
      asked.push("peers");
      return "failed" as const;
    };
    const error = await failure(run({ stop: stop.signal, peers }));
    expect([error.code, asked]).to.deep.equal(["interrupted", []]);
  });

  it("ends with the reason when a lock is lost", async () => {
    const { run, log } = await world({ decisions: [deed] });
    const reason = new Error("the lock is lost");
    expect([await failure(run({ signal: AbortSignal.abort(reason) })), log.includes("look")]).to.deep.equal([
      reason,
      false,
    ]);
  });

  it("gives up when AWS has not answered for a quarter of an hour, and no sooner", async () => {
    const blind: Look = { kind: "blind", since: "1970-01-01T00:00:00.000Z", error: "timeout" };
    const minutes = Array.from({ length: 20 }, (): Passive => ({ kind: "wait", ms: 60_000, why: "" }));
    const { run, clock } = await world({ decisions: minutes, looks: Array(20).fill(blind) as Look[] });
    const error = await failure(run());
    expect([error.code, error.exitCode, clock.now().getTime()]).to.deep.equal(["aws-unreachable", 1, 15 * 60_000]);
  });

  it("notices that it decides in a circle", async () => {
    const { run } = await world({ decisions: Array(30).fill(note({ kind: "retired" })) as Passive[] });
    expect((await failure(run())).message).to.equal("the release of web decides in a circle");
  });
});
