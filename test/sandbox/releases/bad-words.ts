/** A command that is refused. */
export interface Refusal {
  readonly what: string;
  /** Everything after `slipway`; `--sandbox --yes --json` is added. */
  readonly words: readonly string[];
  readonly exitCode: number;
  readonly code: string;
  /** What the message and the remedy have to say. */
  readonly says: readonly string[];
}

/** The words of a release in the lab. */
export const releasing = (...words: readonly string[]): readonly string[] => ["release", "staging", ...words];

/** Words that no state of the environment makes right. */
export const wrongWords: readonly Refusal[] = [
  {
    what: "an unknown service",
    words: releasing("webb=v2"),
    exitCode: 2,
    code: "usage",
    says: [`found    service text "webb"`, "services: web, api, agent, worker, or all", "Did you mean `web`?"],
  },
  {
    what: "nothing to release",
    words: releasing(),
    exitCode: 2,
    code: "usage",
    says: ["found    nothing", "Write for example `web=v1.2.3`."],
  },
  {
    what: "everything beside one of it",
    words: releasing("all=v2", "web=v2"),
    exitCode: 2,
    code: "usage",
    says: ["web beside `all`", "`all` alone, or services by name"],
  },
  {
    what: "a service without a version",
    words: releasing("web="),
    exitCode: 2,
    code: "usage",
    says: ["found    no version", "a tag (letters, digits"],
  },
  {
    what: "a component without a version",
    words: releasing("--component", "web"),
    exitCode: 2,
    code: "usage",
    says: ["--component without --version.", "`--component web --version v2`"],
  },
  {
    what: "blue-green of a service without a load balancer",
    words: releasing("worker=v2", "--strategy", "blue-green"),
    exitCode: 2,
    code: "usage",
    says: ["worker, which is not behind the load balancer", "allowed  rolling", "`--strategy rolling`"],
  },
  {
    what: "steps that do not grow",
    words: releasing("web=v2", "--steps", "50,20,100"),
    exitCode: 2,
    code: "usage",
    says: ["--steps[1]", "found    number 20", "more than 50"],
  },
  {
    what: "steps that do not end with everything",
    words: releasing("web=v2", "--steps", "50,80"),
    exitCode: 2,
    code: "usage",
    says: ["--steps[1]", "100 in the last step", "Add a step of 100 percent."],
  },
  {
    what: "a canary of no percent",
    words: releasing("api=v2", "--canary-percent", "0"),
    exitCode: 2,
    code: "usage",
    says: ["--canary-percent", "found    0", "a whole number from 1 to 99"],
  },
  {
    what: "a step of more than there is",
    words: releasing("api=v2", "--steps", "10,101"),
    exitCode: 2,
    code: "usage",
    says: ["found    101 percent", "whole percents from 1 to 100", "Write for example `10,50,100`."],
  },
  {
    what: "a canary of a service that rolls",
    words: releasing("agent=v2", "--canary-percent", "10"),
    exitCode: 2,
    code: "usage",
    says: ["agent, which has one slot in what is deployed", "Set `release.strategy: canary`"],
  },
  {
    what: "a tag that is not in the registry",
    words: releasing("web=v99"),
    exitCode: 3,
    code: "preflight",
    says: ["shop-web:v99 is not in its registry", "the newest: v2, v1."],
  },
  ...["restart", "rollback", "release resume", "release abort"].map((command): Refusal => ({
    what: `an unknown service for ${command}`,
    words: [...command.split(" "), "staging", "webb"],
    exitCode: 2,
    code: "usage",
    says: [`"webb"`, "web, api, agent, worker", "Nothing was changed.", "Did you mean `web`?"],
  })),
  {
    what: "a rollback point that is not there",
    words: ["rollback", "staging", "web", "--to", "last-week"],
    exitCode: 3,
    code: "no-rollback-point",
    says: ["is called last-week", "slipway rollback-points list staging"],
  },
  {
    what: "a task definition that is not there",
    words: ["rollback", "staging", "web", "--task-definition", "shop-staging-web:77"],
    exitCode: 3,
    code: "task-definition-unknown",
    says: ["There is no task definition shop-staging-web:77.", "aws ecs list-task-definitions"],
  },
  {
    what: "a stack that was never deployed",
    words: ["release", "production", "web=v2"],
    exitCode: 3,
    code: "not-deployed",
    says: ["production has not been deployed yet", "Run `slipway up production` first."],
  },
];
