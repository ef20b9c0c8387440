import { expect } from "chai";
import { SlipwayError } from "../../../automation/model/errors";
import { parseTargets, wordsOfComponents } from "../../../automation/release/targets";
import { digest, shopConfig } from "../../_helpers/a-shop-release";

const { services } = shopConfig();
const tag = (word: string): object => ({ tag: word, digest: null });

describe("the words of a release", () => {
  it("name a service and its version", () => {
    expect(parseTargets(["api=v2"], services)).to.deep.equal([{ service: "api", wish: tag("v2"), containers: {} }]);
  });

  it("name every service by `all`, in the order of the configuration", () => {
    expect(parseTargets(["all=v2"], services)).to.deep.equal([
      { service: "web", wish: tag("v2"), containers: {} },
      { service: "api", wish: tag("v2"), containers: {} },
      { service: "worker", wish: tag("v2"), containers: {} },
    ]);
  });

  it("keep the order in which services are named", () => {
    expect(parseTargets(["worker=v2", "web=v3"], services).map(({ service }) => service)).to.deep.equal([
      "worker",
      "web",
    ]);
  });

  it("name single containers, beside their service and alone", () => {
    expect(parseTargets(["web=v2", "web/logs=4", "api/api=v7"], services)).to.deep.equal([
      { service: "web", wish: tag("v2"), containers: { logs: tag("4") } },
      { service: "api", wish: null, containers: { api: tag("v7") } },
    ]);
  });

  it("take a digest, and a tag that is known to be one", () => {
    expect(parseTargets([`api=${digest("a")}`, `worker=v2@${digest("b")}`], services)).to.deep.equal([
      { service: "api", wish: { tag: null, digest: digest("a") }, containers: {} },
      { service: "worker", wish: { tag: "v2", digest: digest("b") }, containers: {} },
    ]);
  });

  it("may come in the documented form of components", () => {
    expect(wordsOfComponents("agent, orchestrator", "v1.0.13")).to.deep.equal([
      "agent=v1.0.13",
      "orchestrator=v1.0.13",
    ]);
  });
});

describe("wrong words of a release", () => {
  const list = "<service>=<tag>; services: web, api, worker, or all";
  const wrong: readonly (readonly [what: string, words: readonly string[], faults: readonly object[]])[] = [
    [
      "none at all",
      [],
      [{ path: "<service>=<tag>", found: "nothing", allowed: list, remedy: "Write for example `web=v1.2.3`." }],
    ],
    [
      "a word without a version",
      ["web"],
      [{ path: "web", found: 'text "web", without `=`', allowed: list, remedy: "Write for example `web=v1.2.3`." }],
    ],
    [
      "an unknown service that is nearly one",
      ["wep=v2"],
      [{ path: "wep=v2", found: 'service text "wep"', allowed: list, remedy: "Did you mean `web`?" }],
    ],
    [
      "a name that every object has",
      ["constructor=v2"],
      [
        {
          path: "constructor=v2",
          found: 'service text "constructor"',
          allowed: list,
          remedy: "Write for example `web=v1.2.3`.",
        },
      ],
    ],
    [
      "an unknown container",
      ["web/log=4"],
      [
        {
          path: "web/log=4",
          found: 'container text "log"',
          allowed: "one of web, proxy, logs",
          remedy: "Did you mean `logs`?",
        },
      ],
    ],
    [
      "a container within a container",
      ["web/logs/x=4"],
      [
        {
          path: "web/logs/x=4",
          found: 'container text "logs/x"',
          allowed: "one of web, proxy, logs",
          remedy: "Did you mean `logs`?",
        },
      ],
    ],
    [
      "a container of all services",
      ["all/web=v2"],
      [
        {
          path: "all/web=v2",
          found: 'container text "web"',
          allowed: "`all` without a container",
          remedy: "Name one of the service's containers.",
        },
      ],
    ],
    [
      "the same service twice",
      ["web=v2", "web=v3"],
      [
        {
          path: "web=v3",
          found: "web a second time, after `web=v2`",
          allowed: "every service or container once",
          remedy: "Leave one of them out.",
        },
      ],
    ],
    [
      "a service beside `all`",
      ["all=v2", "web=v3"],
      [
        {
          path: "web=v3",
          found: "web beside `all`",
          allowed: "`all` alone, or services by name",
          remedy: "Name every service, or leave this one out.",
        },
      ],
    ],
    [
      "a digest for a service with several images",
      [`web=${digest("a")}`],
      [
        {
          path: `web=${digest("a")}`,
          found: "a digest for 2 containers",
          allowed: "a digest for one container",
          remedy: "Name the container that the digest of web belongs to: web/web, web/proxy.",
        },
      ],
    ],
    [
      "a digest for all services",
      [`all=${digest("a")}`],
      [
        {
          path: `all=${digest("a")}`,
          found: "a digest for 4 containers",
          allowed: "a digest for one container",
          remedy: "Name the container that it belongs to: web/web, web/proxy, api/api, worker/worker.",
        },
      ],
    ],
  ];
  for (const [what, words, faults] of wrong) {
    it(`are ${what}: exit 2, with what was found and what there is`, () => {
      expect(refusal(words).data).to.deep.equal({ faults });
      expect(refusal(words)).to.include({ code: "usage", exitCode: 2 });
    });
  }

  for (const version of [
    "",
    "v 2",
    "-v2",
    ".v2",
    "a/b:v2",
    "v2=3",
    "sha256:12",
    `v2@sha256:12`,
    "v2@",
    "x".repeat(129),
    "ü",
  ]) {
    it(`have no such version as ${JSON.stringify(version.slice(0, 20))}`, () => {
      expect(refusal([`web=${version}`]).data).to.deep.equal({
        faults: [
          {
            path: `web=${version}`,
            found: version === "" ? "no version" : `version text ${JSON.stringify(version.slice(0, 60))}`,
            allowed:
              "a tag (letters, digits, `_`, `.` and `-`, at most 128), a digest (sha256: and 64 digits), or <tag>@<digest>",
            remedy: "Write the tag alone, without the repository.",
          },
        ],
      });
    });
  }

  it("are all told at once", () => {
    expect(refusal(["wep=v2", "api=", "worker=v2", "worker=v2"]).message).to.equal(
      [
        "The command has 3 faults:",
        '  wep=v2\n    found    service text "wep"\n    allowed  <service>=<tag>; services: web, api, worker, or all\n    do       Did you mean `web`?',
        "  api=\n    found    no version\n    allowed  a tag (letters, digits, `_`, `.` and `-`, at most 128), a digest (sha256: and 64 digits), or <tag>@<digest>\n    do       Write the tag alone, without the repository.",
        "  worker=v2\n    found    worker a second time, after `worker=v2`\n    allowed  every service or container once\n    do       Leave one of them out.",
      ].join("\n\n"),
    );
  });

  it("name nothing where no service is configured", () => {
    expect(() => parseTargets(["all=v2"], {})).to.throw(SlipwayError, "nothing: no service is configured");
  });
});

function refusal(words: readonly string[]): SlipwayError {
  try {
    parseTargets(words, services);
  } catch (error) {
    if (error instanceof SlipwayError) return error;
    throw error;
  }
  throw new Error("not refused");
}
