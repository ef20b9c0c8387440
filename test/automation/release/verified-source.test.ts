import { expect } from "chai";
import type { Journal } from "../../../automation/model/release/journal";
import { evidenceFor } from "../../../automation/release/verified-source";
import { aJournal, aPlan, badFacts, goodFacts } from "../../_helpers/a-journal";

const plan = aPlan();
const request = aJournal().request;
const good = (changes: Partial<Parameters<typeof aPlan>[0]> = {}, more: Partial<Journal> = {}): Journal =>
  aJournal({ plan: aPlan(changes), facts: goodFacts, stack: "dev", ...more });
const evidence = (there: readonly Journal[], here: readonly Journal[] = []): unknown =>
  evidenceFor(plan, "dev", { there, here });
const at = "2026-01-01T00:03:30.000Z";

describe("whether a version has worked elsewhere", () => {
  it("is so after a release with success", () => {
    expect(evidence([good()])).to.deep.equal({ kind: "verified", source: "dev", release: "r-20260101", at });
  });

  it("is not so after one that went back, or is not over", () => {
    expect([
      evidence([good({}, { entries: aJournal({ facts: badFacts }).entries })]),
      evidence([aJournal()]),
      evidence([]),
    ]).to.deep.equal([
      { kind: "none", source: "dev" },
      { kind: "none", source: "dev" },
      { kind: "none", source: "dev" },
    ]);
  });

  it("is told by the digest, whatever repository and tag it has", () => {
    const to = { slot: "blue", images: { web: "dev/web@sha256:2" }, version: "other" } as const;
    expect(evidence([good({ to })])).to.include({ kind: "verified" });
  });

  it("is told by the tag where an image could not be pinned", () => {
    const to = { slot: "blue", images: { web: "dev/web:v2" }, version: "v2" } as const;
    const older = { ...to, version: "v1" };
    expect([evidence([good({ to })]), evidence([good({ to: older })])]).to.deep.equal([
      { kind: "verified", source: "dev", release: "r-20260101", at },
      { kind: "none", source: "dev" },
    ]);
  });

  it("is not so when the tag names another image since", () => {
    const to = { slot: "blue", images: { web: "dev/web@sha256:9" }, version: "v2" } as const;
    expect(evidence([good({ to })])).to.deep.equal({
      kind: "moved",
      source: "dev",
      there: "dev/web@sha256:9",
      here: "registry/web@sha256:2",
    });
  });

  it("is not so any more when it was gone back from, until it is released again", () => {
    const back = good({ from: plan.to, to: plan.from }, { request: { ...request, command: "rollback" } });
    expect([evidence([back, good()]), evidence([good(), back, good()])]).to.deep.equal([
      { kind: "went-back", source: "dev", at },
      { kind: "verified", source: "dev", release: "r-20260101", at },
    ]);
  });

  it("does not matter for what has run here", () => {
    expect(evidence([], [good({}, { release: "r-here" })])).to.deep.equal({ kind: "ran-here", release: "r-here" });
  });
});
