import { expect } from "chai";
import { dnsEndpoints } from "../../../sandbox/dns/endpoints";
import type { DnsAnswer, Resolver } from "../../../sandbox/dns/resolver";

const answer = (record: string, ...answers: string[]): DnsAnswer => ({
  kind: answers.length > 0 ? "answer" : "nxdomain",
  answers,
  records: answers.length > 0 ? [record] : [],
  ttl: 60,
  listeners: [],
  notes: [],
});

/** Gives the answers in turns, and remembers what it was asked. */
function fakeResolver(answers: readonly DnsAnswer[]): Resolver & { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    resolve: async () => answer("unused"),
    resolveMany: async (scope, question, count) => {
      asked.push({ scope, question, count });
      return answers;
    },
  };
}

async function dig(resolver: Resolver, body: unknown): Promise<unknown> {
  const endpoint = dnsEndpoints(resolver)["POST dig"];
  return endpoint?.kind === "answer" ? endpoint.answer(body) : undefined;
}

const scope = { account: "123456789012", region: "eu-central-1" };

describe("POST dig", () => {
  it("gives the first answer, and how often each record was chosen, the most frequent first", async () => {
    const blue = answer("shop.example A blue", "1.1.1.1");
    const green = answer("shop.example A green", "2.2.2.2");
    const resolver = fakeResolver([blue, green, green, answer("shop.example A many", "2.2.2.2", "1.1.1.1")]);

    expect(await dig(resolver, { ...scope, name: "shop.example", count: 4 })).to.deep.equal({
      ...blue,
      shares: [
        { record: "shop.example A green", answers: ["2.2.2.2"], count: 2 },
        { record: "shop.example A blue", answers: ["1.1.1.1"], count: 1 },
        { record: "shop.example A many", answers: ["2.2.2.2", "1.1.1.1"], count: 1 },
      ],
    });
  });

  it("asks once for an address from outside unless told otherwise", async () => {
    const resolver = fakeResolver([answer("", ...[])]);

    expect(await dig(resolver, { ...scope, name: "gone.example" })).to.deep.include({
      kind: "nxdomain",
      shares: [{ record: "nxdomain", answers: [], count: 1 }],
    });
    expect(resolver.asked).to.deep.equal([
      { scope, question: { name: "gone.example", type: "A", isInVpc: false }, count: 1 },
    ]);
  });

  it("refuses what is no question", async () => {
    for (const body of [undefined, {}, { ...scope, name: "" }, { ...scope, name: "a.b", count: 0 }]) {
      const refused = await dig(fakeResolver([]), body).then(
        () => "answered",
        () => "refused",
      );
      expect(refused, JSON.stringify(body)).to.equal("refused");
    }
  });
});
