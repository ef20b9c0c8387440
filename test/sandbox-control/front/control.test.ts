import { expect } from "chai";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import { frontBefore, type TestFront } from "./front-before";

describe("the control endpoints that others add", () => {
  let front: TestFront;

  before(async () => {
    front = await frontBefore(() => undefined, {
      endpoints: {
        "GET snapshot": { kind: "answer", answer: () => ({ at: new Date(0) }) },
        "POST fault": { kind: "answer", answer: (body) => ({ body: body ?? "nothing" }) },
        "POST refuse": {
          kind: "answer",
          answer: () => {
            throw new AwsFault("InvalidFault", "no such fault", 409);
          },
        },
        "POST fail": { kind: "answer", answer: async () => Promise.reject(new Error("a bug")) },
        "GET events": {
          kind: "stream",
          stream: (_, response) =>
            void response.writeHead(200, { "content-type": "text/event-stream" }).end("data: 1\n\n"),
        },
      },
      page: (_, response) => void response.end("<html>"),
    });
  });

  after(async () => front.close());

  const send = async (
    method: string,
    path: string,
    body?: string,
    epoch = "e1",
  ): Promise<readonly [number, string]> => {
    const init = { method, headers: { "x-slipway-epoch": epoch }, ...(body === undefined ? {} : { body }) };
    const answer = await fetch(front.address + path, init);
    return [answer.status, await answer.text()];
  };

  for (const [what, asked, expected] of [
    ["answers with JSON", ["GET", "/_slipway/snapshot?x=1"], [200, '{"at":"1970-01-01T00:00:00.000Z"}']],
    ["hands in the body", ["POST", "/_slipway/fault", '{"kind":"a"}'], [200, '{"body":{"kind":"a"}}']],
    ["goes without a body", ["POST", "/_slipway/fault"], [200, '{"body":"nothing"}']],
    [
      "refuses a body that is no JSON",
      ["POST", "/_slipway/fault", "{"],
      [400, '{"error":"The body is no JSON.","code":"InvalidJson"}'],
    ],
    [
      "refuses another epoch",
      ["POST", "/_slipway/fault", "{}", "e0"],
      [403, '{"error":"This is another sandbox than the one that was meant."}'],
    ],
    ["tells a fault", ["POST", "/_slipway/refuse", "{}"], [409, '{"error":"no such fault","code":"InvalidFault"}']],
    ["tells a bug", ["POST", "/_slipway/fail", "{}"], [500, '{"error":"a bug"}']],
    ["streams", ["GET", "/_slipway/events"], [200, "data: 1\n\n"]],
    ["shows the page to a browser", ["GET", "/?x"], [200, "<html>"]],
  ] as const) {
    it(what, async () => {
      expect(await send(...(asked as readonly [string, string, string?, string?]))).to.deep.equal(expected);
    });
  }

  it("shows the page to nobody who posts", async () => {
    expect((await send("POST", "/"))[0]).to.equal(403);
  });
});
