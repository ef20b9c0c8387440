import { z } from "zod";
import type { ControlEndpoint } from "../front/control";
import type { DnsAnswer, Resolver } from "./resolver";

/** More than enough to see the shares of two weights of 1 and 255. */
const mostQuestions = 10_000;

const question = z.object({
  account: z.string(),
  region: z.string(),
  name: z.string().min(1),
  type: z.string().default("A"),
  count: z.int().min(1).max(mostQuestions).default(1),
  isInVpc: z.boolean().default(false),
});

/** What came how often of a number of answers to the same question. */
export interface Share {
  /** The chosen record with its set identifier, and what it answers. */
  readonly record: string;
  readonly answers: readonly string[];
  readonly count: number;
}

/** `POST dig`: the first answer, and of several the shares, most frequent first. */
export const dnsEndpoints = (resolver: Resolver): Readonly<Record<string, ControlEndpoint>> => ({
  "POST dig": {
    kind: "answer",
    async answer(body) {
      const { account, region, count, ...asked } = question.parse(body);
      const answers = await resolver.resolveMany({ account, region }, asked, count);
      return { ...answers[0], shares: sharesOf(answers) };
    },
  },
});

function sharesOf(answers: readonly DnsAnswer[]): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const { kind, records, answers: texts } of answers) {
    const record = records[0] ?? kind;
    const key = JSON.stringify([record, [...texts].sort()]);
    shares.set(key, { record, answers: texts, count: (shares.get(key)?.count ?? 0) + 1 });
  }
  return [...shares.values()].sort((a, b) => b.count - a.count);
}
