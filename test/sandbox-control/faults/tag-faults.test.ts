import { expect } from "chai";
import { tagFaults, tagOf } from "../../../sandbox/faults/tag-faults";

/** What ECR lets a tag be. */
const ecrTag = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

describe("tagFaults", () => {
  for (const [tag, expected] of [
    ["1.4.2", { behaviour: {}, unknown: [] }],
    ["fault.crash-at-start", { behaviour: {}, unknown: [] }],
    ["1.4.2-fault.crash-at-start", { behaviour: { crashAtStart: 1 }, unknown: [] }],
    ["1.4.2-fault.crash-at-start.137", { behaviour: { crashAtStart: 137 }, unknown: [] }],
    ["1.4.2-rc.1-fault.crash-after.30", { behaviour: { crashAfterSeconds: 30 }, unknown: [] }],
    ["v-fault.error-rate.25-fault.latency.500", { behaviour: { errorPercent: 25, latencyMs: 500 }, unknown: [] }],
    ["v-fault.wrong-version.2.0.0-rc1", { behaviour: { version: "2.0.0-rc1" }, unknown: [] }],
    ["v-fault.out-of-memory", { behaviour: { outOfMemoryAfterSeconds: 0 }, unknown: [] }],
    [
      "v-fault.never-healthy-fault.hang-on-shutdown",
      { behaviour: { isNeverHealthy: true, hangsOnShutdown: true }, unknown: [] },
    ],
    ["v-fault.slow-start.1.5", { behaviour: { slowStartSeconds: 1.5 }, unknown: [] }],
    ["v-fault.database-unreachable", { behaviour: { hasNoDatabase: true }, unknown: [] }],
    ["v-fault.no-capacity", { behaviour: {}, start: { kind: "no-capacity" }, unknown: [] }],
    ["v-fault.crash-at-stat", { behaviour: {}, unknown: ["crash-at-stat"] }],
    ["v-fault.crash-after", { behaviour: {}, unknown: ["crash-after"] }],
    ["v-fault.crash-after.soon", { behaviour: {}, unknown: ["crash-after.soon"] }],
    ["v-fault.error-rate.101", { behaviour: {}, unknown: ["error-rate.101"] }],
    ["v-fault.never-healthy.5", { behaviour: {}, unknown: ["never-healthy.5"] }],
    ["v-fault.throttle", { behaviour: {}, unknown: ["throttle"] }],
    ["v-fault.constructor", { behaviour: {}, unknown: ["constructor"] }],
    ["v-fault.", { behaviour: {}, unknown: [""] }],
  ] as const) {
    it(`reads ${tag}`, () => {
      expect(tag).to.match(ecrTag);
      expect(tagFaults(tag)).to.deep.equal(expected);
    });
  }
});

describe("tagOf", () => {
  for (const [image, expected] of [
    ["shop:1.4.2", "1.4.2"],
    ["123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web:1.4.2", "1.4.2"],
    ["registry:5000/shop", undefined],
    ["registry:5000/shop:7", "7"],
    ["shop", undefined],
    ["shop@sha256:0123456789abcdef", undefined],
    ["shop:1.4.2@sha256:0123456789abcdef", "1.4.2"],
  ] as const) {
    it(`finds ${expected ?? "no tag"} in ${image}`, () => {
      expect(tagOf({ image })).to.equal(expected);
    });
  }

  it("is what the registry knows where the image says none", () => {
    const known = { tag: "2.0.0" };
    expect([
      tagOf({ image: "shop@sha256:0123456789abcdef", ...known }),
      tagOf({ image: "shop:1.4.2", ...known }),
    ]).to.deep.equal(["2.0.0", "1.4.2"]);
  });
});
