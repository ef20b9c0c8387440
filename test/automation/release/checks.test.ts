import { expect } from "chai";
import type { Check } from "../../../automation/model/release/plan";
import { faultsOf, runChecks } from "../../../automation/release/checks";
import { FakeClock } from "../../_fakes/fake-clock";
import { answered, FakeHttp } from "../../_fakes/fake-http";

const check = (different: Partial<Check> = {}): Check => ({
  name: "health",
  url: "http://web/health",
  headers: {},
  status: 200,
  json: { status: "healthy", version: "v2" },
  ...different,
});

describe("runChecks", () => {
  it("passes when every answer is as expected, and sends what the plan says", async () => {
    const http = new FakeHttp();
    http.answers.set("http://web/health", answered(200, { status: "healthy", version: "v2", uptime: 3 }));
    http.answers.set("https://lb/ready", answered(204));
    const ready = check({ name: "ready", url: "https://lb/ready", headers: { host: "shop" }, status: 204, json: {} });

    const result = await runChecks({ http, clock: new FakeClock() }, [
      check(),
      { ...ready, serverName: "shop", verifyCertificate: false },
    ]);

    expect(result).to.deep.equal({ kind: "passed", names: ["health", "ready"] });
    expect(http.requests).to.deep.equal([
      { url: "http://web/health", headers: {} },
      { url: "https://lb/ready", headers: { host: "shop" }, serverName: "shop", verifyCertificate: false },
    ]);
  });

  it("asks up to three times, two seconds apart", async () => {
    const http = new FakeHttp();
    const clock = new FakeClock();
    http.answers.set("http://web/health", [
      { kind: "failed", why: "connection refused" },
      answered(503),
      answered(200, { status: "healthy", version: "v2" }),
    ]);

    expect(await runChecks({ http, clock }, [check()])).to.deep.equal({ kind: "passed", names: ["health"] });
    expect(clock.now()).to.deep.equal(new Date(4_000));
  });

  it("tells every fault of every check after the third attempt", async () => {
    const http = new FakeHttp();
    const clock = new FakeClock();
    http.answers.set("http://web/health", answered(500, { status: "degraded", version: "v1" }));

    const result = await runChecks({ http, clock }, [
      check(),
      check({ name: "ready", url: "http://web/ready", json: {} }),
    ]);

    expect(result).to.deep.equal({
      kind: "failed",
      text:
        "health (GET http://web/health): expected status 200, found 500; " +
        'status: expected "healthy", found "degraded"; version: expected "v2", found "v1"; ' +
        'body: {"status":"degraded","version":"v1"}\n' +
        "ready (GET http://web/ready): no answer: connection refused",
    });
    expect(http.requests).to.have.length(6);
  });

  it("has nothing to fail without checks", async () => {
    expect(await runChecks({ http: new FakeHttp(), clock: new FakeClock() }, [])).to.deep.equal({
      kind: "passed",
      names: [],
    });
  });
});

describe("faultsOf", () => {
  const faults = (json: Check["json"], body: unknown): readonly string[] =>
    faultsOf({ status: 200, json }, answered(200, body)).filter((fault) => !fault.startsWith("body"));

  it("finds fields within fields, within lists, and fields with a dot in their name", () => {
    const body = { checks: { database: { ok: true } }, items: [{ id: 7 }], "a.b": "c" };

    expect(faults({ "checks.database.ok": true, "items.0.id": 7, "a.b": "c" }, body)).to.deep.equal([]);
  });

  it("compares exactly: no text is a number, and nothing is inherited", () => {
    expect(faults({ ready: true, count: 1, constructor: "x" }, { ready: "true", count: "1" })).to.deep.equal([
      'ready: expected true, found "true"',
      'count: expected 1, found "1"',
      'constructor: expected "x", found nothing',
    ]);
  });

  it("wants JSON only where fields are expected", () => {
    expect(faults({ status: "ok" }, "<html>")).to.deep.equal(["expected a JSON body, found something else"]);
    expect(faults({}, "<html>")).to.deep.equal([]);
  });

  it("cuts a body and takes secrets out of it", () => {
    const answer = answered(503, `{"databaseUrl":"postgres://app:hunter2@db/x","token":"abc"} ${"x".repeat(5_000)}`);

    const found = faultsOf({ status: 200, json: { token: "v2" } }, answer).join("\n");

    expect(found).to.not.match(/hunter2|abc/);
    expect(found.length).to.be.lessThan(400);
  });

  it("takes a secret out of a field that is named like one", () => {
    expect(faults({ token: "v2" }, { token: "abc" })).to.deep.equal(['token: expected "v2", found [secret]']);
  });
});
