import { expect } from "chai";
import * as fc from "fast-check";
import { compileConditions, type RequestView } from "../../../sandbox/balancer/routing/conditions";
import { locationOf, redirectOf, written } from "../../../sandbox/balancer/routing/redirect";
import { chooseByWeight } from "../../../sandbox/balancer/routing/weighted";
import { wildcard } from "../../../sandbox/balancer/routing/wildcard";

const request: RequestView = {
  host: "shop.example",
  path: "/img/cat.png",
  query: "version=v1&Lang=DE&flag",
  method: "GET",
  rawHeaders: ["Host", "shop.example", "X-Client", "first", "x-client", "Chrome 99"],
  address: "127.0.0.1",
};

describe("wildcard", () => {
  const asRegExp = (pattern: string): RegExp =>
    new RegExp(
      `^${pattern
        .replace(/[.+^$()|[\]{}\\]/g, "\\$&")
        .replace(/\*/g, "[^]*")
        .replace(/\?/g, "[^]")}$`,
    );

  it("agrees with a regular expression for every pattern and text", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "/", "."), maxLength: 8 });
    const patterns = fc.string({ unit: fc.constantFrom("a", "b", "/", ".", "*", "?"), maxLength: 8 });
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        expect(wildcard(pattern)(text)).to.equal(asRegExp(pattern).test(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("answers at once for a pattern that would keep a regular expression busy for ever", () => {
    expect(wildcard("*a*a*a*a*a*a*a*a*b")("a".repeat(20_000))).to.equal(false);
  });

  it("takes the meaning from a character behind a backslash where that is allowed", () => {
    const texts = ["a*c", "abc", "a\\*c"];
    expect(texts.map(wildcard("a\\*c", { canEscape: true }))).to.deep.equal([true, false, false]);
    expect(texts.map(wildcard("a\\*c"))).to.deep.equal([false, false, true]);
  });
});

describe("conditions of a rule", () => {
  const holds = (told: object, view: Partial<RequestView> = {}): boolean =>
    compileConditions([{ Field: "", ...told }])[0]?.({ ...request, ...view }) ?? false;
  const host = (...Values: string[]): object => ({
    Field: "host-header",
    HostHeaderConfig: { Values, RegexValues: [] },
  });
  const path = (...Values: string[]): object => ({
    Field: "path-pattern",
    PathPatternConfig: { Values, RegexValues: [] },
  });
  const header = (HttpHeaderName: string, ...Values: string[]): object => ({
    Field: "http-header",
    HttpHeaderConfig: { HttpHeaderName, Values, RegexValues: [] },
  });
  const query = (...Values: object[]): object => ({ Field: "query-string", QueryStringConfig: { Values } });
  const source = (...Values: string[]): object => ({ Field: "source-ip", SourceIpConfig: { Values, RegexValues: [] } });
  const method = (...Values: string[]): object => ({
    Field: "http-request-method",
    HttpRequestMethodConfig: { Values, RegexValues: [] },
  });

  const cases: readonly (readonly [string, boolean, object, Partial<RequestView>?])[] = [
    ["a host whatever its case", true, host("SHOP.example")],
    ["any of several hosts", true, host("other.example", "*.example")],
    ["no bare domain for *.domain", false, host("*.shop.example")],
    ["a path with wildcards", true, path("/img/*.png")],
    ["no path of another case", false, path("/IMG/*")],
    ["no pattern that is only in the query", false, path("*version*")],
    ["the short form of a condition", true, { Field: "path-pattern", Values: ["/img/???.png"] }],
    ["a header that comes twice, by its second value", true, header("X-CLIENT", "*chrome*")],
    ["no header that is not there", false, header("X-Other", "*")],
    ["a method as it is written", true, method("POST", "GET")],
    ["no method of another case", false, method("get")],
    ["a query by key and value whatever their case", true, query({ Key: "lang", Value: "de" })],
    ["a query by its value alone", true, query({ Value: "V?" })],
    ["no value of another key", false, query({ Key: "lang", Value: "v1" })],
    ["a peer within a range", true, source("10.0.0.0/8", "127.0.0.0/8")],
    ["no peer outside of it", false, source("10.0.0.0/8")],
    ["a peer of IPv6", true, source("2001:db8::/32"), { address: "2001:db8::1" }],
    ["nobody for a range that is none", false, source("nonsense/77")],
    [
      "a regular expression",
      true,
      { Field: "path-pattern", PathPatternConfig: { Values: [], RegexValues: ["^/img/\\w+"] } },
    ],
    [
      "nothing for a regular expression that is none",
      false,
      { Field: "path-pattern", PathPatternConfig: { Values: [], RegexValues: ["("] } },
    ],
    ["nothing for a field that nobody knows", false, { Field: "moon-phase" }],
  ];
  for (const [what, expected, told, view] of cases) {
    it(`match ${what}`, () => expect(holds(told, view)).to.equal(expected));
  }
});

describe("chooseByWeight", () => {
  it("gives each item its share of all draws", () => {
    const items = [
      { item: "blue", weight: 90 },
      { item: "none", weight: 0 },
      { item: "green", weight: 10 },
    ];
    const draws = Array.from({ length: 1000 }, (_, index) => chooseByWeight(items, index / 1000));
    expect({
      blue: draws.filter((one) => one === "blue").length,
      green: draws.filter((one) => one === "green").length,
    }).to.deep.equal({
      blue: 900,
      green: 100,
    });
  });

  it("never chooses a weight of 0, and nothing when all are 0", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(999), { maxLength: 5 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (weights, draw) => {
          const chosen = chooseByWeight(
            weights.map((weight, item) => ({ item, weight })),
            draw,
          );
          expect(chosen === undefined).to.equal(weights.every((weight) => weight === 0));
          if (chosen !== undefined) expect(weights[chosen]).to.be.greaterThan(0);
        },
      ),
    );
  });
});

describe("a redirect", () => {
  const view = { protocol: "http", host: "shop.example", port: "80", path: "/a/b", query: "x=1" };
  const location = (config: object): string =>
    written(locationOf(redirectOf({ StatusCode: "HTTP_301", ...config }), view));

  it("keeps what it does not name, and always writes the port", () => {
    expect(location({ Protocol: "HTTPS", Port: "443" })).to.equal("https://shop.example:443/a/b?x=1");
  });

  it("fills its keywords in everywhere", () => {
    expect(
      location({ Host: "www.#{host}", Path: "/#{port}/#{path}/#{host}", Query: "from=#{path}&#{query}" }),
    ).to.equal("http://www.shop.example:80/80/a/b/shop.example?from=a/b&x=1");
  });

  it("drops the question mark with the query", () => {
    expect(location({ Host: "other.example", Query: "" })).to.equal("http://other.example:80/a/b");
  });
});
