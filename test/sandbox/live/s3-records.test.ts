import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { s3Store } from "../../../automation/adapters/s3-store";
import { storedJournals } from "../../../automation/records/stored-journals";
import { aJournal } from "../../_helpers/a-journal";
import { recordsContract } from "../../_helpers/records-contract";

describe("records of releases in S3", function () {
  this.timeout(40_000);
  const endpoint = process.env["SLIPWAY_TEST_ENDPOINT"] ?? "";
  const region = "eu-central-1";
  const bucket = `slipway-releases-${process.pid}-${Date.now()}`;
  const saved = { ...process.env };
  let count = 0;

  before(async function () {
    if (endpoint === "") this.skip();
    // The store takes its credentials from the environment, as every adapter does.
    process.env["AWS_ACCESS_KEY_ID"] = "SANDBOX440000000044";
    process.env["AWS_SECRET_ACCESS_KEY"] = "x";
    await new S3Client({ region, endpoint }).send(
      new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
    );
  });

  after(() => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) {
      if (saved[name] === undefined) delete process.env[name];
      else process.env[name] = saved[name];
    }
  });

  const open = () => {
    count += 1;
    return s3Store({ bucket, prefix: `team-${count}`, region, endpoint });
  };

  recordsContract(open);

  it("lets one of many begin, and one of many write", async () => {
    const store = open();
    const drivers = Array.from({ length: 8 }, () => storedJournals({ project: "shop", stack: "staging", store }));
    const begun = await Promise.allSettled(drivers.map((one, index) => one.create(aJournal({ release: `r${index}` }))));
    const first = begun.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(first).to.have.lengthOf(1);

    const written = await Promise.all(
      drivers.map((one, index) =>
        one.write(aJournal({ facts: [[index, { kind: "started" }]] }), first[0]?.version ?? ""),
      ),
    );
    expect(written.filter((one) => one !== undefined)).to.have.lengthOf(1);
  });
});
