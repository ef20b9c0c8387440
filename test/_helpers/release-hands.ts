import type { JournalFact } from "../../automation/model/release/journal";
import type { ServicePlan } from "../../automation/model/release/plan";
import type { Hands } from "../../automation/release/act";
import { FakeClock } from "../_fakes/fake-clock";
import { FakeContainers } from "../_fakes/fake-containers";
import { FakeEngine, type FakeEngineScript } from "../_fakes/fake-engine";
import { FakeHttp } from "../_fakes/fake-http";
import { FakeTraffic } from "../_fakes/fake-traffic";
import { aJournal } from "./a-journal";

/** What an act is done with: everything it does is in `log`, and what it writes down is behind `facts` in `written`. */
export function releaseHands(
  plan: ServicePlan,
  facts: readonly JournalFact[] = [{ kind: "started" }],
  script: FakeEngineScript = {},
) {
  const log: string[] = [];
  const written: JournalFact[] = [...facts];
  const containers = new FakeContainers(log);
  const clock = new FakeClock();
  const journal = () => aJournal({ plan, facts: written.map((fact) => [0, fact] as const) });
  const hands: Hands = {
    context: {
      engine: new FakeEngine(script, log),
      containers,
      traffic: new FakeTraffic(log),
      http: new FakeHttp(log),
      clock,
    },
    plan,
    journal: {
      read: async () => journal(),
      async append(fact) {
        log.push(`note ${fact.kind}`);
        written.push(fact);
        return journal();
      },
      close: async () => undefined,
    },
    assertHeld: async () => void log.push("held"),
    engineRun: (run) => run(undefined),
  };
  return { ...hands, log, containers, clock, written };
}
