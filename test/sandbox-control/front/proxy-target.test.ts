import { expect } from "chai";
import fc from "fast-check";
import { absoluteTarget, authorityTarget, isProxied, scopeOfProxy } from "../../../sandbox/front/proxy-target";

describe("where a request to a proxy goes", () => {
  const urls: readonly (readonly [string, ReturnType<typeof absoluteTarget>])[] = [
    ["http://shop.example/a?b=c", { name: "shop.example", port: 80, path: "/a?b=c" }],
    ["HTTP://Shop.Example.:8080", { name: "shop.example", port: 8080, path: "/" }],
    ["http://shop.example?b=c#d", { name: "shop.example", port: 80, path: "/?b=c" }],
    ["http://shop.example/%7e/../x", { name: "shop.example", port: 80, path: "/%7e/../x" }],
    ["http://user:word@shop.example/", { name: "shop.example", port: 80, path: "/" }],
    ["http://[::1]:4566/", { name: "::1", port: 4566, path: "/" }],
    ["https://shop.example/", undefined],
    ["ftp://shop.example/", undefined],
    ["http://", undefined],
    ["http://shop.example:99999/", undefined],
    ["/a", undefined],
  ];
  for (const [url, expected] of urls) {
    it(`${url} is ${expected === undefined ? "nowhere" : `${expected.name}:${expected.port}`}`, () => {
      expect(absoluteTarget(url)).to.deep.equal(expected);
    });
  }

  const authorities: readonly (readonly [string, ReturnType<typeof authorityTarget>])[] = [
    ["Shop.Example:443", { name: "shop.example", port: 443, path: "" }],
    ["[::1]:443", { name: "::1", port: 443, path: "" }],
    ["shop.example", undefined],
    ["shop.example:0", undefined],
    ["shop.example:65536", undefined],
    [":443", undefined],
    ["[shop]:443", undefined],
    ["http://shop.example:443", undefined],
    ["a@shop.example:443", undefined],
    ["", undefined],
  ];
  for (const [authority, expected] of authorities) {
    it(`CONNECT ${authority} is ${expected === undefined ? "nowhere" : `${expected.name}:${expected.port}`}`, () => {
      expect(authorityTarget(authority)).to.deep.equal(expected);
    });
  }

  it("is found or not, and never fails, whatever is asked", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        absoluteTarget(`http://${text}`);
        authorityTarget(text);
      }),
    );
  });

  it("is a URL, and no path that looks like one", () => {
    expect(["http://a/", "https://a/", "/http://a/", "//a/", "*", undefined].map(isProxied)).to.deep.equal([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe("in whose name a proxy is asked", () => {
  const basic = (text: string) => ({ "proxy-authorization": `Basic ${Buffer.from(text).toString("base64")}` });

  it("is said by access key and region, or not at all", () => {
    expect(
      [basic("SANDBOX111122223333:eu-west-1"), basic("SANDBOX111122223333"), basic("me:word"), {}].map(scopeOfProxy),
    ).to.deep.equal([{ account: "111122223333", region: "eu-west-1" }, undefined, undefined, undefined]);
  });
});
