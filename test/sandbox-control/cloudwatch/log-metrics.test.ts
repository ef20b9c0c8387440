import { expect } from "chai";
import fc from "fast-check";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { Answer, Input } from "../../../sandbox/model/service-api";
import { matchesStars } from "../../../sandbox/cloudwatch/logs/condition";
import { PatternFault } from "../../../sandbox/cloudwatch/logs/log-matcher";
import { parsePattern } from "../../../sandbox/cloudwatch/logs/pattern";
import { caller, WatchedWorld } from "./watched-world";

const json = '{"level":"error","status":503,"took":0.25,"user":{"ids":[7,8],"name":null},"ok":true,"list":[1]}';
const access = '127.0.0.1 - alice [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';

/** Pattern, line, and whether it matches. */
const table: readonly (readonly [pattern: string, line: string, isMatch: boolean])[] = [
  ["ERROR", "2026 ERROR no space", true],
  ["ERROR", "2026 error no space", false],
  ["ERROR space", "2026 ERROR no space", true],
  ["ERROR memory", "2026 ERROR no space", false],
  ["?ERROR ?WARN", "WARN low", true],
  ["?ERROR ?WARN", "INFO low", false],
  ["ERROR -expected", "ERROR expected", false],
  ["ERROR -expected", "ERROR", true],
  ['"no space"', "ERROR no space", true],
  ['"space no"', "ERROR no space", false],
  ['" "', "x", true],
  ["", "anything", true],
  ['{ $.level = "error" }', json, true],
  ["{ $.level = err* }", json, true],
  ['{ $.level != "error" }', json, false],
  ["{ $.status >= 500 && $.took < 3e-1 }", json, true],
  ["{ $.status = 404 || $.took > 0.2 && $.ok IS TRUE }", json, true],
  ["{ ($.status = 404 || $.took > 0.2) && $.ok IS FALSE }", json, false],
  ["{ $.user.ids[1] = 8 }", json, true],
  ["{ $.user.name IS NULL }", json, true],
  ["{ $.user.mail NOT EXISTS }", json, true],
  ["{ $.user.name NOT EXISTS }", json, false],
  ["{ $.list = 1 }", json, false],
  ["{ $.status = * }", json, true],
  ["{ $.nothing = * }", json, false],
  ["{ $.status = 503 }", "no json at all", false],
  ["[ip, id, user, ts, request, status, bytes]", access, true],
  ["[ip, id, user, ts, request = *.html*, status = 4*, bytes]", access, true],
  ["[ip, id, user, ts, request, status = 5*, bytes]", access, false],
  ["[..., status = 404, bytes > 1000]", access, true],
  ["[ip, ..., bytes > 2000]", access, false],
  ["[ip, user]", access, false],
  ["[..., status = 404 || status = 410, bytes]", access, true],
];

describe("filter patterns", () => {
  for (const [pattern, line, isMatch] of table) {
    it(`${pattern || "nothing"} ${isMatch ? "matches" : "does not match"} ${line.slice(0, 40)}`, () => {
      expect(parsePattern(pattern)(line) !== undefined).to.equal(isMatch);
    });
  }

  it("that cannot be read are PatternFaults", () => {
    for (const pattern of [
      "{ $.a",
      "{ $.a ~ 1 }",
      "{ $.a = }",
      "[a, ..., b, ...]",
      "{ $.a > x }",
      "[a, =3]",
      `{ ${"(".repeat(999)} }`,
    ]) {
      expect(() => parsePattern(pattern), pattern).to.throw(PatternFault);
    }
  });

  it("with stars are matched like regular expressions, and never run away", () => {
    const letters = fc.array(fc.constantFrom("a", "b"), { maxLength: 10 }).map((all) => all.join(""));
    const pattern = fc.array(fc.constantFrom("a", "b", "*"), { maxLength: 8 }).map((all) => all.join(""));
    fc.assert(
      fc.property(pattern, letters, (stars, text) => {
        const expected = new RegExp(`^${stars.replace(/\*+/g, "[ab]*")}$`).test(text);
        expect(matchesStars(stars, text)).to.equal(expected);
      }),
    );
    expect(matchesStars("*a".repeat(5000), "a".repeat(4999))).to.equal(false);
  });
});

describe("metric filters", () => {
  const group = "/ecs/shop/web";
  const filter = (changes: Input = {}, pattern = "ERROR"): Input => ({
    logGroupName: group,
    filterName: "errors",
    filterPattern: pattern,
    metricTransformations: [{ metricName: "Errors", metricNamespace: "Shop", metricValue: "1", ...changes }],
  });

  async function watched(world: WatchedWorld, name: string, input: Input): Promise<void> {
    const operation = world.cloudWatch.logsApi.operations[name];
    if (operation?.kind !== "watched") throw new Error(`${name} is not watched.`);
    await operation.before?.(input, caller);
    await operation.after?.(input, caller);
  }

  const lines = (world: WatchedWorld, ...messages: string[]): void =>
    world.cloudWatch.onLogEvents(
      { account: caller.account, region: caller.region },
      group,
      messages.map((message) => ({ message, timestamp: world.clock.now().getTime() })),
    );

  /** Sums and counts of the metric, minute by minute from noon on. */
  async function points(world: WatchedWorld, Dimensions: Input[] = []): Promise<unknown> {
    const answer = await world.call("GetMetricStatistics", {
      ...{ Namespace: "Shop", MetricName: "Errors", Dimensions, Period: 60, Statistics: ["Sum", "SampleCount"] },
      ...{ StartTime: new Date("2026-01-01T12:00:00Z"), EndTime: new Date("2026-01-01T13:00:00Z") },
    });
    return (answer["Datapoints"] as Answer[]).map((point) => [
      (point["Timestamp"] as Date).getUTCMinutes(),
      point["Sum"],
      point["SampleCount"],
    ]);
  }

  it("count lines, tell the default for minutes with lines and no match, and nothing for silent ones", async () => {
    const world = new WatchedWorld();
    await watched(world, "PutMetricFilter", filter({ defaultValue: 0 }));
    lines(world, "ERROR a", "INFO b", "ERROR c");
    await world.minutes(1);
    lines(world, "INFO d");
    lines(world, "INFO e");
    await world.minutes(2);
    lines(world, "INFO f", "ERROR g");
    await world.minutes(2);

    expect(await points(world)).to.deep.equal([
      [0, 2, 2],
      [1, 0, 1],
      [3, 1, 1],
    ]);
  });

  it("take values and dimensions from fields", async () => {
    const world = new WatchedWorld();
    const changes = { metricValue: "$.took", dimensions: { Path: "$.path" } };
    await watched(world, "PutMetricFilter", filter(changes, "{ $.took = * }"));
    lines(world, '{"took":2,"path":"/a"}', '{"took":"3","path":"/a"}', '{"took":"slow","path":"/a"}', '{"took":9}');
    await world.minutes(1);

    expect(await points(world, [{ Name: "Path", Value: "/a" }])).to.deep.equal([[0, 5, 2]]);
  });

  it("hear lines of outside callers, count them for when they come, and end with the filter", async () => {
    const world = new WatchedWorld();
    await watched(world, "PutMetricFilter", filter());
    const put = { logGroupName: group, logStreamName: "s", logEvents: [{ timestamp: 1, message: "ERROR" }] };
    await watched(world, "PutLogEvents", put);
    await watched(world, "DeleteMetricFilter", { logGroupName: group, filterName: "errors" });
    await watched(world, "PutLogEvents", put);

    expect(await points(world)).to.deep.equal([[0, 1, 1]]);
  });

  it("refuse a pattern that cannot be read", async () => {
    const world = new WatchedWorld();
    const fault = await watched(world, "PutMetricFilter", filter({}, "{ $.a")).catch((error: unknown) => error);

    expect(fault).to.be.instanceOf(AwsFault).with.property("code", "InvalidParameterException");
  });

  it("can be tried out", async () => {
    const test = new WatchedWorld().cloudWatch.logsApi.operations["TestMetricFilter"];
    if (test?.kind !== "own") throw new Error("TestMetricFilter is not answered here.");
    const answer = await test.answer({ filterPattern: "{ $.status = 5* }", logEventMessages: ["x", json] }, caller);

    expect(answer).to.deep.equal({
      matches: [{ eventNumber: 2, eventMessage: json, extractedValues: { "$.status": "503" } }],
    });
  });
});
