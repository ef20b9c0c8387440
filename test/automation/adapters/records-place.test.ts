import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { backendUrl, recordsPlace } from "../../../automation/adapters/records-place";

const where = { folder: "/project", region: "eu-central-1", profile: undefined };
const place = (configured: string | undefined, backend?: string, special: { profile?: string } = {}) =>
  recordsPlace({ ...where, configured, backend, ...special });
const s3 = { kind: "s3", region: "eu-central-1", pathStyle: false };

describe("recordsPlace", () => {
  for (const [what, configured, backend, expected] of [
    ["beside a state in the project's folder", undefined, "file://.", { kind: "file", folder: "/project/.slipway" }],
    [
      "beside a state in another folder",
      undefined,
      "file:///var/state",
      { kind: "file", folder: "/var/state/.slipway" },
    ],
    ["beside a state at home", undefined, "file://~/st", { kind: "file", folder: join(homedir(), "st", ".slipway") }],
    ["beside a state in a bucket", undefined, "s3://state", { ...s3, bucket: "state", prefix: ".slipway" }],
    [
      "beside a state below a prefix",
      undefined,
      "s3://state/team/",
      { ...s3, bucket: "state", prefix: "team/.slipway" },
    ],
    [
      "in the project's folder for Pulumi Cloud",
      undefined,
      "https://api.pulumi.com",
      { kind: "file", folder: "/project/.slipway" },
    ],
    ["in the project's folder when nobody knows", undefined, undefined, { kind: "file", folder: "/project/.slipway" }],
    ["where the configuration says", "s3://records/shop", "file://.", { ...s3, bucket: "records", prefix: "shop" }],
    ["in a folder of choice", "file://../shared", "s3://state", { kind: "file", folder: "/shared" }],
  ] as const) {
    it(`is ${what}`, () => {
      expect(place(configured, backend)).to.deep.equal(expected);
    });
  }

  it("understands what Pulumi's own URLs say", () => {
    const url = "s3://state/a?region=us-east-1&profile=ops&endpoint=minio:9000&s3ForcePathStyle=true&awssdk=v2";
    expect(place(undefined, url, { profile: "own" })).to.deep.equal({
      kind: "s3",
      bucket: "state",
      prefix: "a/.slipway",
      region: "us-east-1",
      profile: "ops",
      endpoint: "https://minio:9000",
      pathStyle: true,
    });
    expect(place("s3://state", undefined, { profile: "own" })).to.include({ profile: "own" });
  });

  it("refuses what is no place", () => {
    expect(() => place("gs://bucket")).to.throw("neither s3://<bucket>/<prefix> nor file://<folder>");
  });
});

describe("backendUrl", () => {
  let home = "";
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "slipway-home-"));
    await mkdir(join(home, ".pulumi"));
    await writeFile(join(home, ".pulumi", "credentials.json"), '{ "current": "s3://logged-in" }');
  });
  afterEach(() => rm(home, { recursive: true }));

  it("is what the environment says, then the project, then where the user has logged in to", async () => {
    const env = { HOME: home };
    expect([
      await backendUrl({ ...env, PULUMI_BACKEND_URL: "s3://env" }, "file://."),
      await backendUrl({ ...env, PULUMI_BACKEND_URL: "" }, "file://."),
      await backendUrl(env, undefined),
      await backendUrl({ PULUMI_HOME: join(home, "none") }, undefined),
    ]).to.deep.equal(["s3://env", "file://.", "s3://logged-in", undefined]);
  });

  it("does not mind credentials that are no JSON", async () => {
    await writeFile(join(home, ".pulumi", "credentials.json"), "{");
    expect(await backendUrl({ HOME: home }, undefined)).to.equal(undefined);
  });
});
