import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import fc from "fast-check";
import { decodeCbor } from "../../../sandbox/front/wire/cbor-decode";
import { encodeCbor } from "../../../sandbox/front/wire/cbor-encode";
import { frontBefore, signed, type TestFront } from "./front-before";

const target = (operation: string): Record<string, string> => ({
  "x-amz-target": `Target.${operation}`,
  "content-type": "application/x-amz-json-1.1",
});
const form = { "content-type": "application/x-www-form-urlencoded" };
const cbor = { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" };
const cborOf = (operation: string): string => `/service/Granite/operation/${operation}`;

describe("the front, of what no client of AWS would send", () => {
  let front: TestFront;

  before(async () => {
    const echo = { kind: "own" as const, answer: (input: object) => ({ input }) };
    const broken = {
      kind: "own" as const,
      answer: () => {
        throw new TypeError("a bug");
      },
    };
    front = await frontBefore(
      (_, response) => void response.writeHead(404, { "content-type": "text/html" }).end("<h1>Not Found</h1>"),
      {
        apis: ["ecs", "elasticloadbalancing", "monitoring"].map((service) => ({
          service,
          reason: "",
          operations: { Echo: echo, Broken: broken },
        })),
      },
    );
  });

  after(async () => front.close());

  /** Status and what the caller's client takes for the error's code. */
  const post = async (
    service: string,
    headers: Record<string, string>,
    body: string | Buffer,
    path = "/",
  ): Promise<readonly [number, string | undefined]> => {
    const answer = await fetch(front.address + path, {
      method: "POST",
      headers: { ...signed(service), ...headers },
      body: typeof body === "string" ? body : new Uint8Array(body),
      signal: AbortSignal.timeout(5000),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (answer.headers.get("content-type") === "application/cbor")
      return [answer.status, (decodeCbor(bytes) as { __type?: string }).__type];
    const text = bytes.toString();
    return [answer.status, /"__type":"(\w+)"|<Code>(\w+)</.exec(text)?.slice(1).find(Boolean)];
  };

  const huge = "x".repeat(5 * 2 ** 20);
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;

  for (const [what, service, headers, body, path, expected] of [
    ["JSON that is none", "ecs", target("Echo"), "{no", "/", [400, "SerializationException"]],
    ["JSON that is a list", "ecs", target("Echo"), "[]", "/", [400, "SerializationException"]],
    ["JSON that is null", "ecs", target("Echo"), "null", "/", [400, "SerializationException"]],
    ["JSON without end", "ecs", target("Echo"), deep, "/", [400, "SerializationException"]],
    ["an operation that there is not", "ecs", target("Nope"), "{}", "/", [400, "UnknownOperationException"]],
    ["an operation of every object", "ecs", target("toString"), "{}", "/", [400, "UnknownOperationException"]],
    ["an empty target", "ecs", { ...target(""), "x-amz-target": "" }, "{}", "/", [400, "UnknownOperationException"]],
    ["no target", "ecs", {}, "{}", "/", [400, "UnknownOperationException"]],
    ["a query to a JSON service", "ecs", form, "Action=Nope", "/", [400, "InvalidAction"]],
    ["a query without an action", "elasticloadbalancing", form, "Version=2015-12-01", "/", [400, "MissingAction"]],
    ["a query that is JSON", "elasticloadbalancing", form, "{}", "/", [400, "MissingAction"]],
    ["an unknown action", "elasticloadbalancing", form, "Action=Nope", "/", [400, "InvalidAction"]],
    ["a member in a text", "elasticloadbalancing", form, "Action=Echo&A=1&A.B=2", "/", [400, "MalformedInput"]],
    ["a text in a member", "elasticloadbalancing", form, "Action=Echo&A.B=2&A=1", "/", [400, "MalformedInput"]],
    [
      "a name without end",
      "elasticloadbalancing",
      form,
      `Action=Echo&${"a.".repeat(9999)}a=1`,
      "/",
      [400, "MalformedInput"],
    ],
    ["empty names", "monitoring", form, "Action=Echo&a..b=1", "/", [400, "MalformedInput"]],
    [
      "CBOR that is cut off",
      "monitoring",
      cbor,
      Buffer.from("a16141", "hex"),
      cborOf("Echo"),
      [400, "SerializationException"],
    ],
    ["CBOR that is a list", "monitoring", cbor, encodeCbor([1]), cborOf("Echo"), [400, "SerializationException"]],
    [
      "CBOR that promises a lot",
      "monitoring",
      cbor,
      Buffer.from("9bffffffffffffffff", "hex"),
      cborOf("Echo"),
      [400, "SerializationException"],
    ],
    [
      "CBOR without end",
      "monitoring",
      cbor,
      Buffer.alloc(100_000, 0x81),
      cborOf("Echo"),
      [400, "SerializationException"],
    ],
    ["CBOR for no operation", "monitoring", cbor, encodeCbor({}), "/", [400, "UnknownOperationException"]],
    ["CBOR for an unknown one", "monitoring", cbor, encodeCbor({}), cborOf("Nope"), [400, "UnknownOperationException"]],
    [
      "gzip that is none",
      "ecs",
      { ...target("Echo"), "content-encoding": "gzip" },
      "{}",
      "/",
      [400, "SerializationException"],
    ],
    [
      "a gzip bomb",
      "monitoring",
      { ...form, "content-encoding": "gzip" },
      gzipSync(Buffer.alloc(2 ** 26)),
      "/",
      [413, "RequestEntityTooLargeException"],
    ],
    ["too much", "ecs", target("Echo"), huge, "/", [413, "RequestEntityTooLargeException"]],
    ["too much for a service of moto's", "iam", form, huge, "/", [413, "RequestEntityTooLargeException"]],
    ["a call that finds a bug", "ecs", target("Broken"), "{}", "/", [500, "InternalFailure"]],
    ["a path that is no service's", "lambda", {}, "{}", "/2015-03-31/nothing", [400, "UnknownOperationException"]],
  ] as const) {
    it(`answers ${what} (${service}) with ${expected[1]}`, async () => {
      expect(await post(service, headers, body, path)).to.deep.equal(expected);
    });
  }

  it("answers whatever bytes there are, in every protocol, and goes on", async function () {
    this.timeout(30_000);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        const body = Buffer.from(bytes);
        const answers = await Promise.all([
          post("ecs", target("Echo"), body),
          post("monitoring", cbor, body, cborOf("Echo")),
          post("elasticloadbalancing", form, Buffer.concat([Buffer.from("Action=Echo&"), body])),
        ]);
        for (const [status] of answers) expect(status).to.be.oneOf([200, 400]);
      }),
      { numRuns: 60 },
    );
  });

  it("goes on when a caller leaves in the middle of a request", async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(front.address).port), "127.0.0.1", () => {
        const { authorization } = signed("ecs");
        socket.write(
          `POST / HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\nx-amz-target: T.Echo\r\ncontent-length: 99\r\n\r\n{`,
        );
        setImmediate(() => socket.destroy());
      });
      socket.on("close", () => resolve());
    });

    expect(await post("ecs", target("Echo"), "{}")).to.deep.equal([200, undefined]);
  });
});
