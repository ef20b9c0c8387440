import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { s3Store } from "../../../automation/adapters/s3-store";
import { absent } from "../../../automation/ports/store";
import { storeContract } from "../../_helpers/store-contract";

describe("s3Store", function () {
  this.timeout(40_000);
  const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"] ?? "";
  const region = "eu-central-1";
  const bucket = `slipway-records-${process.pid}-${Date.now()}`;
  const saved = { ...process.env };
  let client: S3Client;

  before(async function () {
    if (endpoint === "") this.skip();
    // The store takes its credentials from the environment, as every adapter does.
    process.env["AWS_ACCESS_KEY_ID"] = "SANDBOX440000000044";
    process.env["AWS_SECRET_ACCESS_KEY"] = "x";
    client = new S3Client({ region, endpoint });
    await client.send(
      new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
    );
  });

  after(() => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) {
      if (saved[name] === undefined) delete process.env[name];
      else process.env[name] = saved[name];
    }
  });

  const open = (prefix: string) => s3Store({ bucket, prefix, region, endpoint });

  storeContract(() => open("team/shop"));

  it("keeps its objects below its prefix", async () => {
    await open("below").put("locks/a.json", "x", absent);
    const { Contents: objects = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: "below/" }),
    );
    expect(objects.map(({ Key: key }) => key)).to.deep.equal(["below/locks/a.json"]);
  });

  it("lists more than fits on a page", async () => {
    const store = open("many");
    const keys = Array.from({ length: 1_005 }, (_, index) => `k/${String(index).padStart(4, "0")}.json`);
    for (let start = 0; start < keys.length; start += 50)
      await Promise.all(keys.slice(start, start + 50).map((key) => store.put(key, "x", absent)));
    expect(await store.list("k/")).to.deep.equal(keys);
  });

  it("says which bucket is missing, and what to do", async () => {
    const error: unknown = await s3Store({ bucket: "slipway-no-such-bucket", prefix: "", region, endpoint })
      .put("a.json", "x", absent)
      .catch((thrown: unknown) => thrown);
    expect(error).to.include({
      code: "records-unreachable",
      exitCode: 1,
      remedy: "Make the bucket slipway-no-such-bucket, or correct `slipway:records`.",
    });
  });

  it("says so when nobody answers", async () => {
    const error: unknown = await s3Store({ bucket, prefix: "", region, endpoint: "http://127.0.0.1:9" })
      .get("a.json")
      .catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: "records-unreachable", exitCode: 1 });
  });
});
