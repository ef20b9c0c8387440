import { expect } from "chai";
import { absent, type Store } from "../../automation/ports/store";
import { storedJournals } from "../../automation/records/stored-journals";
import { storedPoints } from "../../automation/records/stored-points";
import { storedWatches } from "../../automation/records/stored-watches";
import type { WatchRecord } from "../../automation/model/release/watch";
import { aJournal, aPlan, aPoint, goodFacts } from "./a-journal";

const scope = { project: "shop", stack: "staging" };
const openKey = "releases/shop/staging/open/web.json";
const started = aJournal();
const over = aJournal({ facts: goodFacts });
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "nothing thrown",
    (error: { readonly code?: string }) => error.code ?? error,
  );

/** What the records of releases keep to on every store. */
export function recordsContract(open: () => Store): void {
  it("keeps one open release for a service, and changes it for whoever knows its last version", async () => {
    const journals = storedJournals({ ...scope, store: open() });
    expect([await journals.open("web"), await journals.openServices()]).to.deep.equal([undefined, []]);

    const first = await journals.create(started);
    expect(await journals.open("web")).to.deep.equal(first);
    expect(await codeOf(journals.create(aJournal({ release: "other" })))).to.equal("release-open");

    const next = aJournal({ facts: goodFacts.slice(0, 2) });
    const second = await journals.write(next, first.version);
    expect([second?.journal, await journals.write(started, first.version)]).to.deep.equal([next, undefined]);
    expect((await journals.open("web"))?.journal).to.deep.equal(next);
  });

  it("moves a release that is over to the closed ones, and lets the next begin", async () => {
    const store = open();
    const journals = storedJournals({ ...scope, store });
    const { version } = await journals.create(started);
    await journals.close(over, version);
    expect([await journals.open("web"), await journals.openServices(), await journals.latest(9)]).to.deep.equal([
      undefined,
      [],
      [over],
    ]);
    const again = aJournal({ startedAt: "2026-01-02T00:00:00.000Z" });
    await journals.create(again);
    expect(await journals.latest(9)).to.deep.equal([again, over]);
    expect(await store.list("releases/")).to.deep.equal([
      "releases/shop/staging/closed/20260101T000000000Z-r-20260101-web.json",
      openKey,
    ]);
  });

  it("keeps rollback points, newest first", async () => {
    const points = storedPoints({ ...scope, store: open() });
    for (const id of ["20260102-000000-web", "20260101-000000-web", "20260103-000000-api"])
      await points.add(aPoint(id));
    await points.add(aPoint("20260101-000000-web"));
    expect(await codeOf(points.add(aPoint("20260101-000000-web", { release: "other" })))).to.equal("point-exists");
    await points.remove("20260102-000000-web");
    await points.remove("20260102-000000-web");
    expect(await points.list()).to.deep.equal([aPoint("20260103-000000-api"), aPoint("20260101-000000-web")]);
  });

  it("keeps the last watch of each service", async () => {
    const watches = storedWatches({ ...scope, store: open() });
    const watch = (service: string, state: WatchRecord["state"]): WatchRecord => ({
      schema: 1,
      service,
      release: "r",
      start: "2026-01-01T00:00:00.000Z",
      end: "2026-01-02T00:00:00.000Z",
      alarms: ["web-5xx"],
      point: "p",
      state,
    });
    await watches.put(watch("web", "open"));
    await watches.put(watch("api", "open"));
    await watches.put({ ...watch("web", "breached"), breach: "web-5xx" });
    expect([await watches.get("web"), await watches.get("admin"), await watches.list()]).to.deep.equal([
      { ...watch("web", "breached"), breach: "web-5xx" },
      undefined,
      [watch("api", "open"), { ...watch("web", "breached"), breach: "web-5xx" }],
    ]);
  });

  it("finishes a close that was killed after the first of its two steps", async () => {
    const store = open();
    const journals = storedJournals({ ...scope, store });
    const { version } = await journals.create(started);
    const closing: Store = { ...bound(store), delete: () => Promise.reject(new Error("killed")) };
    await codeOf(storedJournals({ ...scope, store: closing }).close(over, version));
    expect((await store.get(openKey)) !== undefined).to.equal(true);
    expect(await journals.latest(9)).to.deep.equal([over]);
    expect([await store.get(openKey), await journals.openServices()]).to.deep.equal([undefined, []]);
  });

  it("touches no record of a newer Slipway, and names one that nobody can read", async () => {
    const store = open();
    const journals = storedJournals({ ...scope, store });
    await store.put(openKey, JSON.stringify({ ...started, schema: 2 }), absent);
    const read = [journals.open("web"), journals.create(started), journals.openServices(), journals.latest(1)];
    expect(await Promise.all(read.map(codeOf))).to.deep.equal(Array(4).fill("record-newer"));
    await store.put(openKey.replace("web", "api"), "{", absent);
    expect(await codeOf(journals.open("api"))).to.equal("record-unreadable");
    expect(await codeOf(journals.create(aJournal({ plan: aPlan({ service: "api" }) })))).to.equal("record-unreadable");
  });
}

const bound = (store: Store): Store => ({
  place: store.place,
  get: (key) => store.get(key),
  put: (key, value, expected) => store.put(key, value, expected),
  list: (prefix) => store.list(prefix),
  delete: (key, expected) => store.delete(key, expected),
});
