import { expect } from "chai";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import { LogStream, type LogLine } from "../../../sandbox/tasks/logs/log-stream";
import { logPlace } from "../../../sandbox/tasks/logs/log-options";
import { FakeMoto } from "../../_fakes/fake-moto";
import { FakeSandboxClock } from "../../_fakes/fake-sandbox-clock";
import { caller, region } from "./task-cloud";

const place = { group: "/ecs/web", stream: "ecs/web/1", region: "us-east-1", createsGroup: false };
const good = { "Logs_20140328.CreateLogStream": () => ({}), "Logs_20140328.PutLogEvents": () => ({}) };

async function opened(moto: FakeMoto, onLines?: (lines: readonly LogLine[]) => void): Promise<LogStream> {
  const parts = { clock: new FakeSandboxClock(), moto, log: () => undefined };
  const stream = await LogStream.open(
    { ...parts, onLines: (_scope, _group, _stream, lines) => onLines?.(lines) },
    caller,
    place,
  );
  if (typeof stream === "string") throw new Error(stream);
  return stream;
}

describe("the log of a container", () => {
  it("goes to the group, stream and region of the definition, dated by the sandbox's clock", async () => {
    const moto = new FakeMoto(good);
    const heard: LogLine[] = [];
    const stream = await opened(moto, (lines) => heard.push(...lines));
    stream.write("ERROR", "GET / answered with 500");
    await stream.send();

    const event = {
      timestamp: Date.parse("2026-01-01T00:00:00Z"),
      message: '{"time":"2026-01-01T00:00:00.000Z","level":"ERROR","message":"GET / answered with 500"}',
    };
    expect(moto.calls.at(-1)).to.deep.equal({
      name: "Logs_20140328.PutLogEvents",
      scope: { account: caller.account, region: "us-east-1" },
      input: { logGroupName: "/ecs/web", logStreamName: "ecs/web/1", logEvents: [event] },
    });
    expect(heard).to.deep.equal([event]);
  });

  it("stays small however much is written to it", async () => {
    const moto = new FakeMoto(good);
    const stream = await opened(moto);
    for (let round = 0; round < 200; round++) {
      for (let line = 0; line < 100; line++) stream.write("ERROR", "again");
      await stream.send();
    }
    const sent = moto.calls.flatMap(({ input }) => (input["logEvents"] ?? []) as readonly LogLine[]);

    expect(sent.filter(({ message }) => message.includes("again"))).to.have.length(2_000);
    expect(sent[20]?.message).to.equal('{"level":"INFO","message":"80 more line(s) were left out"}');
  });

  it("harms nobody when it cannot be written any more", async () => {
    const stream = await opened(
      new FakeMoto({
        ...good,
        "Logs_20140328.PutLogEvents": () => {
          throw new AwsFault("ResourceNotFoundException", "gone");
        },
      }),
    );
    stream.write("INFO", "hello");

    await stream.send();
  });

  const definition = (options: Record<string, string>, logDriver = "awslogs") => ({
    name: "web",
    logConfiguration: { logDriver, options },
  });
  const task = { id: "0123", region, runtimeId: "0123-1" };

  it("has its place from the driver's options", () => {
    expect(
      logPlace(
        definition({ "awslogs-group": "/g", "awslogs-stream-prefix": "p", "awslogs-create-group": "true" }),
        task,
      ),
    ).to.deep.equal({
      group: "/g",
      stream: "p/web/0123",
      region,
      createsGroup: true,
    });
    expect(logPlace(definition({ "awslogs-group": "/g", "awslogs-region": "us-east-1" }), task)).to.deep.equal({
      group: "/g",
      stream: "0123-1",
      region: "us-east-1",
      createsGroup: false,
    });
    expect(logPlace(definition({}, "splunk"), task)).to.equal(undefined);
  });

  it("makes its group when the definition says so, and takes one that is there", async () => {
    const moto = new FakeMoto({
      ...good,
      "Logs_20140328.CreateLogGroup": () => {
        throw new AwsFault("ResourceAlreadyExistsException", "there");
      },
    });
    const parts = { clock: new FakeSandboxClock(), moto, log: () => undefined };
    const stream = await LogStream.open(parts, caller, { ...place, createsGroup: true });

    expect(typeof stream).to.equal("object");
    expect(moto.calls.map(({ name }) => name)).to.deep.equal([
      "Logs_20140328.CreateLogGroup",
      "Logs_20140328.CreateLogStream",
    ]);
  });
});
