import { expect } from "chai";
import type { Journal } from "../../../automation/model/release/journal";
import type { RollbackPoint } from "../../../automation/model/release/rollback-point";
import {
  lastReleased,
  namedTarget,
  previousTarget,
  type TargetFacts,
} from "../../../automation/release/rollback-target";
import { sameImages } from "../../../automation/model/release/image-reference";
import { aJournal, aPlan, aPoint, badFacts, goodFacts } from "../../_helpers/a-journal";

const images = (version: string) => ({ web: `registry/web@sha256:${version}` });
const content = (version: string) => ({
  version,
  images: images(version),
  taskDefinition: `arn:${version}`,
  desired: 2,
  slot: "blue" as const,
});
/** A point of `web` that was kept on a day of January. */
const point = (day: number, version: string): RollbackPoint =>
  aPoint(`p${day}`, { at: `2026-01-0${day}T00:00:00.000Z`, services: { web: content(version) } });

/** A rollback of `web` from a version on a day of January. */
const back = (day: number, from: string, facts = goodFacts): Journal => {
  const plan = aPlan({ from: { slot: "blue", images: images(from), version: from } });
  const journal = aJournal({ plan, facts, startedAt: `2026-01-0${day}T12:00:00.000Z` });
  return { ...journal, request: { ...journal.request, command: "rollback" } };
};

const facts = (changes: Partial<TargetFacts>): TargetFacts => ({
  service: "web",
  current: images("v3"),
  points: [point(3, "v3"), point(2, "v2"), point(1, "v1")],
  journals: [],
  ...changes,
});
const target = (version: string, from: string) => ({
  kind: "found",
  target: { service: "web", images: images(version), version, from },
});

describe("previousTarget", () => {
  it("passes the newest point when that is the present state", () => {
    expect(previousTarget(facts({}))).to.deep.equal(target("v2", "p2"));
  });

  it("takes the newest point when something without a point runs now", () => {
    expect(previousTarget(facts({ current: images("v4") }))).to.deep.equal(target("v3", "p3"));
  });

  it("passes a version that somebody went back from, so that a second rollback does not return to it", () => {
    const points = [point(4, "v2"), ...facts({}).points];
    const journals = [back(4, "v3")];
    expect(previousTarget(facts({ current: images("v2"), points, journals }))).to.deep.equal(target("v1", "p1"));
  });

  it("takes it again when it was released once more afterwards", () => {
    const points = [point(6, "v2"), point(5, "v3"), point(4, "v2"), ...facts({}).points];
    const journals = [back(4, "v3")];
    expect(previousTarget(facts({ current: images("v2"), points, journals }))).to.deep.equal(target("v3", "p5"));
  });

  it("does not count a rollback that itself went back", () => {
    const journals = [back(4, "v2", badFacts)];
    expect(previousTarget(facts({ journals }))).to.deep.equal(target("v2", "p2"));
  });

  it("does not count the rollback of another service with the same images", () => {
    const journal = back(4, "v2");
    const journals = [{ ...journal, plan: { ...journal.plan, service: "api" } }];
    expect(previousTarget(facts({ journals }))).to.deep.equal(target("v2", "p2"));
  });

  it("finds none where every point is the present state, or knows the service not yet", () => {
    const points = [point(3, "v3"), aPoint("p0", { services: {} })];
    expect(previousTarget(facts({ points }))).to.deep.equal({ kind: "no-point", known: ["p3", "p0"] });
  });
});

describe("namedTarget", () => {
  it("finds a point by its id and by a beginning that only one has", () => {
    expect([namedTarget(facts({}), "p2"), namedTarget(facts({ points: [point(1, "v1")] }), "p")]).to.deep.equal([
      target("v2", "p2"),
      target("v1", "p1"),
    ]);
  });

  it("prefers the id itself to ids that begin with it", () => {
    const points = [{ ...point(2, "v2"), id: "p1-api" }, point(1, "v1")];
    expect(namedTarget(facts({ points }), "p1")).to.deep.equal(target("v1", "p1"));
  });

  for (const [what, id] of [
    ["that several begin with", "p"],
    ["that none has", "q"],
  ] as const)
    it(`finds nothing by a text ${what}, and tells which there are`, () => {
      expect(namedTarget(facts({}), id)).to.deep.equal({ kind: "no-point", known: ["p3", "p2", "p1"] });
    });

  it("says that the service runs exactly that", () => {
    expect(namedTarget(facts({}), "p3")).to.deep.equal({ kind: "same", version: "v3" });
  });

  it("says that the point is older than the service", () => {
    const points = [aPoint("p0", { services: {} })];
    expect(namedTarget(facts({ points }), "p0")).to.deep.equal({ kind: "not-in-point", point: "p0" });
  });
});

describe("lastReleased", () => {
  const one = (service: string, release: string, changes: Parameters<typeof aJournal>[0] = {}): Journal =>
    aJournal({ plan: aPlan({ service }), release, facts: goodFacts, ...changes });

  it("names the services that were released together, in their order", () => {
    expect(lastReleased([one("web", "r2"), one("api", "r2"), one("worker", "r1")])).to.deep.equal(["api", "web"]);
  });

  it("leaves out those of it that went back", () => {
    expect(lastReleased([one("web", "r2", { facts: badFacts }), one("api", "r2")])).to.deep.equal(["api"]);
  });

  it("passes rollbacks, restarts and releases that failed", () => {
    const { request } = aJournal();
    const journals = [
      one("web", "r4", { facts: badFacts }),
      one("web", "r3", { request: { ...request, command: "restart" } }),
      one("web", "r2", { request: { ...request, command: "rollback" } }),
      one("worker", "r1"),
    ];
    expect(lastReleased(journals)).to.deep.equal(["worker"]);
  });

  it("names none where nothing was released", () => {
    expect(lastReleased([])).to.deep.equal([]);
  });
});

describe("sameImages", () => {
  it("compares every container, whatever their order", () => {
    expect([
      sameImages({ a: "1", b: "2" }, { b: "2", a: "1" }),
      sameImages({ a: "1" }, { a: "2" }),
      sameImages({ a: "1" }, { a: "1", b: "2" }),
      sameImages({ a: "1", b: "2" }, { a: "1" }),
    ]).to.deep.equal([true, false, false, false]);
  });
});
